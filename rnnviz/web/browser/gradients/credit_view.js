/** Who gets the credit: each step's share of the gradient, gate by gate, and a cut through time. */

import { assign, element, mark, touches, write } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { termOf } from "../drawing/term.js";
import { _, N_ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { earlyWords, sharesWords } from "./credit_words.js";
import { cutLane, cutLoss } from "./cut_view.js";
import { stepsShown } from "./looking.js";
import { size } from "./words.js";

const DECADES = 6;
const HOW = N_(
  "How to read this: one row a gate, one column a step. The colour is logarithmic: full is the largest share of that network's gradient, half is 1/1000 of it, blank 1/1,000,000 or less.",
);

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./measure.js").Detailed} Detailed
 */

/** @param {Context} context @returns {import("./context.js").View} */
export function creditView(context) {
  const rows = creditRows(context);
  const lane = cutLane(context, showShares);
  const loss = cutLoss(context);
  const host = element("div", { class: "cut-host" }, rows.element, lane.element);
  const early = element("p", { class: "quiet", "data-name": "early" });
  const title = element("h2", {}, termOf(_("Who gets the credit?"), "credit"));

  /** @param {number|null} t  the step under the pointer @param {PointerEvent} event */
  function showShares(t, event) {
    if (t === null) return context.tip.hide();
    context.tip.show(event, sharesWords(context.detail().found, t));
  }
  function drawCut() {
    const { found } = context.detail();
    const { state } = context.store;
    const cut = Math.min(state.cut ?? Math.floor(found.T / 2), found.T - 1);
    assign(host, "data-cut", cut);
    lane.point(cut, found.T, stepsShown(state, found.T));
    loss.point(cut);
  }
  return {
    element: element(
      "section",
      { class: "credit", "aria-label": _("Who gets the credit?") },
      element("div", { class: "section-head" }, title, context.cellChoice()),
      early,
      host,
      element("p", { class: "caption" }, _(HOW)),
      ...loss.elements,
    ),
    update(changed) {
      if (touches(changed, "knobs", "mount", "cell", "zoom", "theme")) {
        const { found } = context.detail();
        rows.draw(found);
        write(early, earlyWords(found));
      }
      if (touches(changed, "settled", "knobs", "mount", "cell", "zoom")) loss.draw();
      if (touches(changed, "knobs", "mount", "cell", "theme", "cut", "zoom")) drawCut();
    },
    destroy() {
      lane.destroy();
      loss.destroy();
      rows.destroy();
    },
  };
}

/** A map of one line for each gate. @param {Context} context */
function creditRows(context) {
  const node = element("div", { class: "credit-rows" });
  /** @type {ReturnType<typeof stripe>[]} */
  let stripes = [];
  /** @param {string[]} gates @param {Detailed["layer"]} layer */
  function build(gates, { parts }) {
    destroy();
    stripes = gates.map((gate) => stripe(context, gate, parts.get(gate)));
    node.replaceChildren(...stripes.map((one) => one.element));
  }
  function destroy() {
    for (const { map } of stripes) map.destroy();
  }
  return {
    element: node,
    /** @param {Detailed} found */
    draw({ T, credit, layer }) {
      const gates = [...credit.keys()];
      if (gates.join() !== stripes.map(({ gate }) => gate).join()) build(gates, layer);
      const largest = [...credit.values()].map(({ norms }) => Math.max(...norms));
      const high = Math.max(...largest.map(Math.log10));
      const theme = context.theme();
      const [first, last] = stepsShown(context.store.state, T) ?? [0, T - 1];
      for (const { gate, map, value, role } of stripes) {
        const { norms, gradient } = lookup(credit, gate);
        mark(value, `credit ${gate}`, null, gradient);
        write(value, size(gradient));
        const look = { ...theme, ramp: lookup(theme.gates, role), low: high - DECADES, high };
        const numbers = norms.map(Math.log10).subarray(first, last + 1);
        map.draw({ numbers, columns: numbers.length, rows: 1 }, look, 26);
      }
    },
    destroy,
  };
}

/**
 * @param {Context} context @param {string} gate
 * @param {import("../maths/header.js").Part} [part]  what is known of it
 */
function stripe(context, gate, part) {
  const role = part?.role ?? "other";
  const value = element("b", { class: "value" });
  const map = heatMap({ label: _("Share of each step in the gradient of {gate}", { gate }) });
  const label = element("span", { class: "gate-name", "data-role": role }, gate);
  const what = part ? termOf(part.title, part.term, part.purpose) : gate;
  const note = element("span", { class: "quiet gate-note" }, what, ": |dL/dW| = ", value);
  const plot = element("div", { class: "gutter-plot" }, map.canvas);
  const row = element("div", { class: "credit-row" }, label, plot, note);
  return { gate, map, value, role, element: row };
}

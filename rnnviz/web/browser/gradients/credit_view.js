/** Who gets the credit: each step's share of the gradient, gate by gate, and a cut through time. */

import { assign, element, mark, touches, write } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { percent } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { lookup } from "../maths/lookup.js";
import { cutLane, cutLoss } from "./cut_view.js";
import { size } from "./words.js";

const DECADES = 6;
const HOW =
  "How to read this: one row a gate, one column a step. Full colour is the largest " +
  "share of that network's gradient, blank is a millionth of it or less: steps without " +
  "colour teach the weights nothing.";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./measure.js").Detailed} Detailed
 */

/** @param {Context} context @returns {import("./context.js").View} */
export function creditView(context) {
  const rows = creditRows(context);
  const lane = cutLane(context);
  const loss = cutLoss(context);
  const host = element("div", { class: "cut-host" }, rows.element, lane.element);
  const early = element("p", { class: "quiet", "data-name": "early" });
  const title = element("h2", {}, "Who gets the credit?");

  function drawCut() {
    const { found } = context.detail();
    const cut = Math.min(context.store.state.cut ?? Math.floor(found.T / 2), found.T - 1);
    assign(host, "data-cut", cut);
    lane.point(cut, found.T);
    loss.point(cut);
  }
  return {
    element: element(
      "section",
      { class: "credit", "aria-label": "Who gets the credit" },
      element("div", { class: "section-head" }, title, context.cellChoice()),
      early,
      host,
      caption(HOW),
      ...loss.elements,
    ),
    update(changed) {
      if (touches(changed, "knobs", "mount", "cell", "theme")) {
        const { found } = context.detail();
        rows.draw(found);
        write(early, earlyWords(found));
      }
      if (touches(changed, "settled", "knobs", "mount", "cell")) loss.draw();
      if (touches(changed, "knobs", "mount", "cell", "theme", "cut")) drawCut();
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
      for (const { gate, map, value, role } of stripes) {
        const { norms, gradient } = lookup(credit, gate);
        mark(value, `credit ${gate}`, null, gradient);
        write(value, size(gradient));
        const look = { ...theme, ramp: lookup(theme.gates, role), low: high - DECADES, high };
        map.draw({ numbers: norms.map(Math.log10), columns: T, rows: 1 }, look, 26);
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
  const map = heatMap({ label: `Share of each step in the gradient of ${gate}`, hover: tell });
  const label = element("span", { class: "gate-name", "data-role": role }, gate);
  const what = `${part?.title ?? gate}: |dL/dW| = `;
  const note = element("span", { class: "quiet gate-note" }, what, value);
  const plot = element("div", { class: "gutter-plot" }, map.canvas);
  /** @type {import("./context.js").Hover} */
  function tell(cell, event) {
    if (cell === null) return context.tip.hide();
    const { norms, gradient } = lookup(context.detail().found.credit, gate);
    const share = `share ${size(norms[cell.column])} of a gradient of ${size(gradient)}`;
    context.tip.show(event, `${gate}, step ${cell.column + 1}: ${share}`);
  }
  const row = element("div", { class: "credit-row" }, label, plot, note);
  return { gate, map, value, role, element: row };
}

/** How much the first half of the steps teaches, in words. @param {Detailed} found */
function earlyWords({ credit, T }) {
  if (T < 2) return "There is one step: it gets all the credit.";
  const half = Math.floor(T / 2);
  const sum = (/** @type {number} */ end) =>
    [...credit.values()].reduce((all, { norms }) => {
      return all + norms.subarray(0, end).reduce((a, b) => a + b, 0);
    }, 0);
  const [first, all] = [sum(half), sum(T)];
  if (!(all > 0) || !Number.isFinite(all))
    return "There are no shares to compare: the gradient is 0 or left the range of float64.";
  const part = first / all;
  return (
    `The first ${half} of ${T} steps hold ${part > 0.001 ? percent(part) : size(part)} ` +
    "of all shares (their sizes added up). Clipping cannot help where a share is too " +
    "small: it only shortens what is too long."
  );
}

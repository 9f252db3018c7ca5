/** Who gets the credit: each step's share of the gradient, gate by gate, and a cut through time. */

import { element, touches, write } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { percent } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { cutLane, cutLoss } from "./cut_view.js";
import { size } from "./words.js";

const DECADES = 6;
const HOW =
  "How to read this: one row a gate, one column a step. Full colour is the largest " +
  "share of that network's gradient, blank is a millionth of it or less: steps without " +
  "colour teach the weights nothing.";

export function creditView(stage) {
  const rows = creditRows(stage);
  const lane = cutLane(stage);
  const loss = cutLoss(stage);
  const host = element("div", { class: "cut-host" }, rows.element, lane.element);
  const early = element("p", { class: "quiet", "data-name": "early" });
  const title = element("h2", {}, "Who gets the credit?");

  function drawCut() {
    const { found } = stage.detail();
    const cut = Math.min(stage.store.state.cut ?? Math.floor(found.T / 2), found.T - 1);
    host.setAttribute("data-cut", cut);
    lane.point(cut, found.T);
    loss.point(cut);
  }
  return {
    element: element(
      "section",
      { class: "credit", "aria-label": "Who gets the credit" },
      element("div", { class: "section-head" }, title, stage.cellChoice()),
      early,
      host,
      caption(HOW),
      ...loss.elements,
    ),
    update(changed) {
      if (touches(changed, "knobs", "mount", "cell", "theme")) {
        const { found } = stage.detail();
        rows.draw(found);
        write(early, earlyWords([...found.credit], found.T));
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

/** A map of one line for each gate. */
function creditRows(stage) {
  const node = element("div", { class: "credit-rows" });
  let stripes = new Map();
  function build(gates, { parts }) {
    for (const { map } of stripes.values()) map.destroy();
    stripes = new Map(gates.map(([gate]) => [gate, stripe(stage, gate, parts.get(gate))]));
    node.replaceChildren(...[...stripes.values()].map((one) => one.element));
  }
  return {
    element: node,
    draw({ T, credit, layer }) {
      const gates = [...credit];
      if (gates.map(([gate]) => gate).join() !== [...stripes.keys()].join()) build(gates, layer);
      const high = Math.max(...gates.map(([, { norms }]) => Math.log10(Math.max(...norms))));
      const theme = stage.theme();
      for (const [gate, { norms, gradient }] of gates) {
        const { map, value, role } = stripes.get(gate);
        value.setAttribute("data-name", `credit ${gate}`);
        value.setAttribute("data-value", gradient);
        write(value, size(gradient));
        if (theme === null) continue;
        const look = { ...theme, ramp: theme.gates.get(role), low: high - DECADES, high };
        map.draw({ numbers: norms.map(Math.log10), columns: T, rows: 1 }, look, 26);
      }
    },
    destroy() {
      for (const { map } of stripes.values()) map.destroy();
    },
  };
}

function stripe(stage, gate, part) {
  const role = part?.role ?? "other";
  const value = element("b", { class: "value" });
  const map = heatMap({ label: `Share of each step in the gradient of ${gate}`, hover: tell });
  const label = element("span", { class: "gate-name", "data-role": role }, gate);
  const what = `${part?.title ?? gate}: |dL/dW| = `;
  const note = element("span", { class: "quiet gate-note" }, what, value);
  const plot = element("div", { class: "gutter-plot" }, map.canvas);
  function tell(cell, event) {
    if (cell === null) return stage.tip.hide();
    const { norms, gradient } = stage.detail().found.credit.get(gate);
    const share = `share ${size(norms[cell.column])} of a gradient of ${size(gradient)}`;
    stage.tip.show(event, `${gate}, step ${cell.column + 1}: ${share}`);
  }
  return { map, value, role, element: element("div", { class: "credit-row" }, label, plot, note) };
}

/** How much the first half of the steps teaches, in words. */
function earlyWords(gates, T) {
  if (T < 2) return "There is one step: it gets all the credit.";
  const half = Math.floor(T / 2);
  const sum = (from, to) =>
    gates.reduce((all, [, { norms }]) => all + norms.slice(from, to).reduce((a, b) => a + b, 0), 0);
  const [first, all] = [sum(0, half), sum(0, T)];
  if (!(all > 0) || !Number.isFinite(all))
    return "There are no shares to compare: the gradient is 0 or left the range of float64.";
  const part = first / all;
  return (
    `The first ${half} of ${T} steps hold ${part > 0.001 ? percent(part) : size(part)} ` +
    "of all shares (their sizes added up). Clipping cannot help where a share is too " +
    "small: it only shortens what is too long."
  );
}

/** Who gets the credit: each step's share of the gradient, gate by gate, and a cut through time. */

import { chart } from "../drawing/chart.js";
import { element, write } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { lookOf } from "../drawing/marks.js";
import { percent } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { exponentsOf, logPicture, sizeOf } from "./log_picture.js";
import { heatMap } from "../drawing/heat_map.js";
import { cutAt } from "./measure.js";
import { size } from "./words.js";

const DECADES = 6;
const HOW =
  "How to read this: one row a gate, one column a step. Full colour is the largest " +
  "share of that network's gradient, blank is a millionth of it or less: steps without " +
  "colour teach the weights nothing.";
const HOW_CUT =
  "How to read this: the height at step k is the part of the gradient that truncated " +
  "backpropagation loses when the graph is cut before step k (1 is all of it).";

export function creditView(stage) {
  const { store } = stage;
  const rows = element("div", { class: "credit-rows" });
  const handle = element(
    "div",
    {
      class: "cut",
      role: "slider",
      tabindex: 0,
      "aria-label": "Cut before step",
      on: { keydown: key },
    },
    element("span", {}),
  );
  const host = element(
    "div",
    { class: "cut-host" },
    rows,
    element("div", { class: "cut-lane" }, handle),
  );
  const said = element("p", { class: "answer", "data-name": "cut", "aria-live": "polite" });
  const early = element("p", { class: "quiet", "data-name": "early" });
  const status = element("p", { class: "quiet", role: "status" });
  const drawing = chart({
    label: "Part of the gradient lost by each cut, logarithmic",
    size: sizeOf(120),
    press: (t) => store.set({ cut: t }),
  });
  const body = element(
    "div",
    { class: "settling" },
    element("div", { class: "gutter-plot" }, drawing.element),
  );
  let stripes = new Map(),
    T = 1;

  const stop = draggable(host.lastChild, {
    begin: () => host.lastChild.getBoundingClientRect(),
    move: (box, _dx, _dy, event) => moveTo(((event.clientX - box.left) / box.width) * T),
    click: (event) => {
      const box = host.lastChild.getBoundingClientRect();
      moveTo(((event.clientX - box.left) / box.width) * T);
    },
  });
  function moveTo(place) {
    store.set({ cut: Math.min(Math.max(Math.round(place), 0), T - 1) });
  }
  function key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -T, End: T }[
      event.key
    ];
    if (by === undefined) return;
    moveTo(cutOf() + by);
    event.preventDefault();
    event.stopPropagation();
  }
  const cutOf = () => Math.min(store.state.cut ?? Math.floor(T / 2), T - 1);

  function draw() {
    const { found } = stage.detail();
    T = found.T;
    const gates = [...found.credit];
    if (gates.map(([gate]) => gate).join() !== [...stripes.keys()].join())
      build(gates, found.layer);
    const top = Math.max(...gates.map(([, { norms }]) => Math.log10(Math.max(...norms))));
    const theme = stage.theme();
    for (const [gate, { norms, gradient }] of gates) {
      const { map, value, role } = stripes.get(gate);
      value.setAttribute("data-name", `credit ${gate}`);
      value.setAttribute("data-value", gradient);
      write(value, size(gradient));
      if (theme === null) continue;
      const look = { ...theme, ramp: theme.gates.get(role), low: top - DECADES, high: top };
      map.draw({ numbers: norms.map(Math.log10), columns: T, rows: 1 }, look, 26);
    }
    write(early, earlyWords(gates, T));
    drawCut();
  }
  function build(gates, { parts }) {
    for (const { map } of stripes.values()) map.destroy();
    stripes = new Map(gates.map(([gate]) => [gate, stripe(gate, parts.get(gate))]));
    rows.replaceChildren(...[...stripes.values()].map(({ node }) => node));
  }
  function stripe(gate, part) {
    const role = part?.role ?? "other";
    const value = element("b", { class: "value" });
    const map = heatMap({
      label: `Share of each step in the gradient of ${gate}`,
      hover: (cell, event) => tell(gate, cell, event),
    });
    const label = element("span", { class: "gate-name", "data-role": role }, gate);
    const note = element(
      "span",
      { class: "quiet gate-note" },
      `${part?.title ?? gate}: |dL/dW| = `,
      value,
    );
    return {
      map,
      value,
      role,
      node: element(
        "div",
        { class: "credit-row" },
        label,
        element("div", { class: "gutter-plot" }, map.canvas),
        note,
      ),
    };
  }
  function tell(gate, cell, event) {
    if (cell === null) return stage.tip.hide();
    const { norms, gradient } = stage.detail().found.credit.get(gate);
    stage.tip.show(
      event,
      `${gate}, step ${cell.column + 1}: share ${size(norms[cell.column])} of a gradient of ` +
        `${size(gradient)}`,
    );
  }
  function drawCut() {
    const cut = cutOf();
    handle.style.left = `${(100 * cut) / T}%`;
    for (const [name, value] of [
      ["now", cut + 1],
      ["min", 1],
      ["max", T],
    ])
      handle.setAttribute(`aria-value${name}`, value);
    const { ran, found } = stage.detail();
    const { full, lost, angle } = cutAt(ran, found, cut);
    host.setAttribute("data-cut", cut);
    for (const [name, value] of Object.entries({ lost, angle, full }))
      said.setAttribute(`data-${name}`, value);
    write(said, cutWords(cut, { full, lost, angle }));
    drawing.point(cut);
  }
  function drawCuts() {
    const { cuts, isCurrent, at } = stage.settled();
    body.classList.toggle("stale", !isCurrent);
    const before = cuts === null ? "" : `The line is for ${at}; `;
    write(status, isCurrent ? "" : `${before}computing for the knobs as they are now.`);
    if (cuts === null) return;
    const values = exponentsOf(cuts.map(({ lost, full }) => lost / full));
    const line = { ...lookOf(0, "var(--forget)"), name: "lost", title: "part lost", values };
    drawing.draw(logPicture(cuts.length, [line]), cutOf());
  }
  return {
    element: element(
      "section",
      { class: "credit", "aria-label": "Who gets the credit" },
      element(
        "div",
        { class: "section-head" },
        element("h2", {}, "Who gets the credit?"),
        stage.cellChoice(),
      ),
      early,
      host,
      caption(HOW),
      element("h3", {}, "Truncated backpropagation: drag the cut"),
      said,
      status,
      body,
      element("p", { class: "axis-word" }, "cut before step →"),
      caption(HOW_CUT),
    ),
    update(changed) {
      if (["knobs", "mount", "cell", "theme"].some((k) => changed.has(k))) draw();
      else if (changed.has("cut")) drawCut();
      if (["settled", "knobs", "mount", "cell"].some((k) => changed.has(k))) drawCuts();
    },
    destroy() {
      stop();
      drawing.destroy();
      for (const { map } of stripes.values()) map.destroy();
    },
  };
}

function cutWords(cut, { full, lost, angle }) {
  if (cut === 0) return "Cut before step 1: nothing is lost, this is the full gradient.";
  if (!Number.isFinite(full))
    return "The gradient left the range of float64: there is nothing to compare.";
  if (full === 0) return "The full gradient is exactly 0: a cut can lose nothing.";
  const part = lost / full;
  const much = part > 0.001 ? percent(part) : size(part);
  const turned = Number.isNaN(angle)
    ? "nothing is left of it, so it has no direction"
    : `what is left points ${angle < 0.01 ? size(angle) : angle.toFixed(2)}° away from it`;
  return (
    `Cut before step ${cut + 1}: the steps to its left held ${much} of the gradient's ` +
    `size; ${turned}.`
  );
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

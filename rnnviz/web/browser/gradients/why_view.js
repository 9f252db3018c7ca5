/** Why: the gradient of a state as a running product, along the direct path and around it. */

import { chart } from "../drawing/chart.js";
import { assign, element, mark, touches, write } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { legendEntry } from "../drawing/legend.js";
import { lookOf } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { lookup } from "../maths/lookup.js";
import { exponentsOf, logPicture, sizeOf } from "./log_picture.js";
import { slopesOf } from "./measure.js";
import { unitWords, whyWords } from "./why_words.js";
import { size } from "./words.js";

/** @type {Array<"total"|"direct"|"rest">} */
const PARTS = ["total", "direct", "rest"];
const LOOKS = {
  total: { ...lookOf(0, "var(--ink)"), title: "all of it" },
  direct: { ...lookOf(1, "var(--forget)"), title: "direct path" },
  rest: { ...lookOf(2, "var(--hidden)"), title: "through the matrices" },
};
const HOW_CHART =
  "How to read this: from right to left. Each step back multiplies the gradient; the " +
  "lines are the running product, split by the way it took.";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./measure.js").Detailed} Detailed
 * @typedef {import("../drawing/heat_map.js").Grid} Grid
 */

/** @param {Context} context @returns {import("./context.js").View} */
export function whyView(context) {
  const { store } = context;
  const drawing = chart({
    label: "Running product of the gradient's factors, logarithmic",
    size: sizeOf(220),
  });
  const legend = whyLegend();
  const factors = factorMap(context);
  const answer = element("p", { class: "answer", "data-name": "why" });
  const title = element("h2", {}, "Why: a product of factors");

  function draw() {
    const { ran, found } = context.detail();
    const { unit } = store.state;
    const followed = unit !== null && unit < found.hidden ? unit : null;
    drawing.draw(whyPicture(found, followed));
    legend.show(found, followed);
    factors.draw(ran.run, found);
    write(answer, whyWords(found, store.state.knobs, ran.run));
  }
  return {
    element: element(
      "section",
      { class: "why", "aria-label": "Why: a product of factors" },
      element("div", { class: "section-head" }, title, context.cellChoice()),
      answer,
      legend.element,
      element("div", { class: "gutter-plot" }, drawing.element),
      element(
        "p",
        { class: "axis-word" },
        "state after step → (0 is before the first)",
        drawing.saving,
      ),
      caption(HOW_CHART),
      element("div", { class: "gutter-plot" }, factors.canvas),
      factors.how,
    ),
    update(changed) {
      if (touches(changed, "knobs", "mount", "cell", "unit", "theme")) draw();
    },
    destroy() {
      drawing.destroy();
      factors.destroy();
    },
  };
}

/** @param {Detailed} found */
const partsOf = ({ waterfall }) =>
  PARTS.filter((name) => waterfall.hasDirectPath || name === "total");

/**
 * The running product, its parts, and along the direct path that of one unit.
 * @param {Detailed} found @param {number|null} unit
 */
function whyPicture(found, unit) {
  const { T, hidden: H } = found;
  const { norms, direct, hasDirectPath } = found.waterfall;
  /** @type {import("../drawing/chart_plan.js").Line[]} */
  const lines = partsOf(found).map((name) => ({
    name: `waterfall ${name}`,
    ...LOOKS[name],
    values: exponentsOf(norms[name]),
  }));
  if (unit !== null && hasDirectPath) {
    const own = Array.from({ length: T + 1 }, (_, t) => Math.abs(direct[t * H + unit]));
    const look = lookOf(3, "var(--candidate)");
    lines.push({ ...look, name: "unit", title: `unit ${unit + 1}`, values: exponentsOf(own) });
  }
  return logPicture(T + 1, lines, { first: 0 });
}

/** The lines' numbers before the first step, where all of the way lies behind them. */
function whyLegend() {
  const unitWord = element("b", {});
  const entries = PARTS.map((name) => {
    return { name, ...legendEntry(LOOKS[name], `${LOOKS[name].title}: `) };
  });
  const nodes = entries.map((entry) => entry.element);
  return {
    element: element("div", { class: "entries" }, ...nodes, unitWord),
    /** @param {Detailed} found @param {number|null} unit */
    show(found, unit) {
      const { norms } = found.waterfall;
      const names = partsOf(found);
      for (const { name, element: entry, show, value } of entries) {
        entry.hidden = !names.includes(name);
        show(size(norms[name][0]));
        mark(value, `waterfall ${name}`, null, norms[name][0]);
        assign(value, "data-step", 0);
      }
      write(unitWord, unit === null ? "" : unitWords(found, unit));
    },
  };
}

/** Each unit's factor at each step, as a map; a press follows a unit. @param {Context} context */
function factorMap(context) {
  const { store } = context;
  const map = heatMap({
    label: "Factor of each unit at each step",
    hover: showFactor,
    press: ({ row }) => store.set({ unit: store.state.unit === row ? null : row }),
  });
  const badge = element("span", { class: "badge" }, "computed now");
  const how = element("span", {});
  /** @type {Grid|null} */
  let grid = null;

  /** @type {import("./context.js").Hover} */
  function showFactor(cell, event) {
    if (cell === null || grid === null) return context.tip.hide();
    const { column: t, row: unit } = cell;
    const value = short(grid.numbers[t * grid.rows + unit]);
    context.tip.show(event, `unit ${unit + 1}, step ${t + 1}: ${value}`);
  }
  return {
    canvas: map.canvas,
    how: element("p", { class: "caption" }, badge, how),
    /** @param {import("./measure.js").Run} run @param {Detailed} found */
    draw(run, { T, hidden: H, layer, waterfall }) {
      const theme = context.theme();
      const { state, factors, hasDirectPath } = waterfall;
      const slopes = hasDirectPath || !layer.plain ? null : slopesOf(run, layer.plain.function);
      grid = { numbers: slopes ?? factors, columns: T, rows: H };
      const isKept = state !== "h" || ("memory" in layer && layer.memory !== null);
      const ramp = lookup(theme.gates, isKept ? "forget" : "hidden");
      const height = Math.min(Math.max(H * 9, 40), 150);
      map.draw(grid, { ...theme, ramp, low: 0, high: 1 }, height);
      const path = `∂${state}ₜ/∂${state}ₜ₋₁ along the direct path`;
      write(
        how,
        " How to read this: one column a step, one row a unit; dark is 1 (kept), blank is 0 " +
          `(lost). Shown: ${slopes ? "the slope of the function" : path}. ` +
          "Click a row to follow that unit.",
      );
    },
    destroy: map.destroy,
  };
}

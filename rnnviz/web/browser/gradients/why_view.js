/** Why: the gradient of a state as a running product, along the direct path and around it. */

import { assign, element, mark, touches, write } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { legendEntry } from "../drawing/legend.js";
import { mapKeys } from "../drawing/map_keys.js";
import { lookOf } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { _, N_ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { exponentsOf, logPicture, timeChart, withBefore } from "./log_picture.js";
import { stepsShown } from "./looking.js";
import { slopesOf } from "./measure.js";
import { unitWords, whyWords } from "./why_words.js";
import { size } from "./words.js";

/** @type {Array<"total"|"direct"|"rest">} */
const PARTS = ["total", "direct", "rest"];
const LOOKS = {
  total: { ...lookOf(0, "var(--ink)"), title: N_("all of it") },
  direct: { ...lookOf(1, "var(--forget)"), title: N_("direct path") },
  rest: { ...lookOf(2, "var(--hidden)"), title: N_("through the matrices") },
};
const HOW_CHART = N_(
  "How to read this: from right to left. Each step back multiplies the gradient; the lines are the running product, split by the way it took.",
);

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./context.js").State} State
 * @typedef {import("../drawing/map_keys.js").Point} Point
 * @typedef {import("./measure.js").Detailed} Detailed
 * @typedef {import("../drawing/heat_map_plan.js").Grid} Grid
 * @typedef {import("./log_picture.js").Range} Range
 */

/** @param {Context} context @returns {import("./context.js").View} */
export function whyView(context) {
  const { store } = context;
  const drawing = timeChart(context, {
    label: _("Running product of the gradient's factors, logarithmic"),
    height: 220,
    shift: () => 1 + shiftOf(store.state, context.detail().found),
    press: context.point,
    hover: (step) => point(context.detail().found, step),
  });
  const legend = whyLegend();
  const factors = factorMap(context);
  const answer = element("p", { class: "answer", "data-name": "why" });
  const title = element("h2", {}, _("Why: a product of factors"));

  function draw() {
    const { ran, found } = context.detail();
    const { unit } = store.state;
    const followed = unit !== null && unit < found.hidden ? unit : null;
    drawing.draw(whyPicture(found, followed, stepsShown(store.state, found.T)));
    point(found);
    legend.show(found, followed);
    factors.draw(ran.run, found);
    write(answer, whyWords(found, store.state.knobs, ran.run).join(" "));
  }
  /** The cursor's step, or the pointer's. @param {Detailed} found @param {number|null} [hovered] */
  function point(found, hovered = null) {
    drawing.point((hovered ?? store.state.step) + 1 + shiftOf(store.state, found));
  }
  return {
    element: element(
      "section",
      { class: "why", "aria-label": _("Why: a product of factors") },
      element("div", { class: "section-head" }, title, context.cellChoice()),
      answer,
      legend.element,
      element("div", { class: "gutter-plot" }, drawing.element),
      element(
        "p",
        { class: "axis-word" },
        _("state after step → (0 is before the first)"),
        drawing.saving,
      ),
      element("p", { class: "caption" }, _(HOW_CHART)),
      element("div", { class: "gutter-plot" }, factors.element),
      factors.how,
    ),
    update(changed) {
      if (touches(changed, "knobs", "mount", "cell", "unit", "zoom", "theme")) draw();
      else if (changed.has("step")) point(context.detail().found);
    },
    destroy() {
      drawing.destroy();
      factors.destroy();
    },
  };
}

/** Where a run's first step stands. @param {State} state @param {Detailed} found */
const shiftOf = ({ knobs }, { T }) => T - knobs.length;

/** @param {string} state @param {boolean} isSlopes */
function mapWords(state, isSlopes) {
  return isSlopes
    ? _(
        "How to read this: one column a step, one row a unit; the slope of the function: dark is 1 (kept), blank is 0 (lost). Click a row to follow that unit.",
      )
    : _(
        "How to read this: one column a step, one row a unit; the factor from {before} to {now} along the direct path: dark is 1 or more (kept), blank is 0 or less (lost). Click a row to follow that unit.",
        { before: `${state}ₜ₋₁`, now: `${state}ₜ` },
      );
}

/** @param {Detailed} found */
const partsOf = ({ waterfall }) =>
  PARTS.filter((name) => waterfall.hasDirectPath || name === "total");

/**
 * The running product, its parts, and along the direct path that of one unit.
 * @param {Detailed} found @param {number|null} unit @param {Range|null} zoom
 */
function whyPicture(found, unit, zoom) {
  const { T, hidden: H } = found;
  const { norms, direct, hasDirectPath } = found.waterfall;
  /** @type {import("../drawing/chart_plan.js").Line[]} */
  const lines = partsOf(found).map((name) => ({
    name: `waterfall ${name}`,
    ...LOOKS[name],
    title: _(LOOKS[name].title),
    values: exponentsOf(norms[name]),
  }));
  if (unit !== null && hasDirectPath) {
    const own = Array.from({ length: T + 1 }, (_, t) => Math.abs(direct[t * H + unit]));
    const look = lookOf(3, "var(--candidate)");
    const title = _("unit {unit}", { unit: unit + 1 });
    lines.push({ ...look, name: "unit", title, values: exponentsOf(own) });
  }
  return logPicture(T + 1, lines, { first: 0, zoom: withBefore(zoom) });
}

/** The lines' numbers before the first step, where all of the way lies behind them. */
function whyLegend() {
  const unitWord = element("b", {});
  const entries = PARTS.map((name) => {
    return { name, ...legendEntry(LOOKS[name], `${_(LOOKS[name].title)}: `) };
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
    label: _("Factor of each unit at each step"),
    hover: showFactor,
    press,
  });
  const keys = mapKeys(map.canvas, { hover: showFactor, press });
  let first = 0; // the step of the first column
  const how = element("p", { class: "caption" });
  /** @type {Grid|null} */
  let grid = null;

  /** @param {import("../drawing/heat_map_plan.js").Cell} cell */
  function press({ row, column }) {
    const { unit } = store.state;
    const { found } = context.detail();
    store.set({ unit: unit === row ? null : row });
    context.point(first + column - shiftOf(store.state, found));
  }
  /** @type {(cell: import("../drawing/heat_map_plan.js").Cell|null, at: Point) => void} */
  function showFactor(cell, at) {
    if (cell === null || grid === null) return context.tip.hide();
    const { column, row: unit } = cell;
    const t = first + column;
    const value = short(grid.numbers[t * grid.rows + unit]);
    const text = _("unit {unit}, step {step}: {value}", { unit: unit + 1, step: t + 1, value });
    context.tip.show(at, text);
  }
  return {
    element: keys.element,
    how,
    /** @param {import("./measure.js").Run} run @param {Detailed} found */
    draw(run, found) {
      const { T, hidden: H, layer, waterfall } = found;
      const theme = context.theme();
      const { state, factors, hasDirectPath } = waterfall;
      const slopes = hasDirectPath || !layer.plain ? null : slopesOf(run, layer.plain.function);
      const [from, last] = stepsShown(store.state, T) ?? [0, T - 1];
      first = from;
      grid = { numbers: slopes ?? factors, first: first * H, columns: last - first + 1, rows: H };
      keys.use(grid);
      const isKept = state !== "h" || ("memory" in layer && layer.memory !== null);
      const ramp = lookup(theme.gates, isKept ? "forget" : "hidden");
      const height = Math.min(Math.max(H * 9, 40), 150);
      map.draw(grid, { ...theme, ramp, low: 0, high: 1 }, height);
      write(how, mapWords(state, slopes !== null));
    },
    destroy() {
      map.destroy();
      keys.destroy();
    },
  };
}

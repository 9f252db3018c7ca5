/**
 * What the charts of a forecast show: the column with what networks and baselines forecast of it,
 * the errors by step ahead, one window, and what its forecast leans on. No DOM.
 *
 * @typedef {import("./header.js").ForecastHeader} ForecastHeader
 * @typedef {import("./header.js").Forecaster} Forecaster
 * @typedef {import("../drawing/picture.js").Picture} Picture
 * @typedef {import("../drawing/picture.js").Look} Look
 * @typedef {[number, number]} Range  the first and the last row in view
 *
 * @typedef {Object} View
 * @property {ForecastHeader} header
 * @property {(name: string) => number[]} numbers  of an array; none where it was not sent
 * @property {Range} range
 * @property {readonly string[]} hidden  keys of those that are not drawn
 * @property {import("./rows.js").Called} called
 * @property {boolean} dark
 */

import { css, niceCeiling } from "../drawing/colours.js";
import { linearAxis, stepAxis } from "../drawing/scales.js";
import { _ } from "../drawing/texts.js";
import { colourOf, dashOf } from "../training/runs.js";
import { rowAxis } from "./rows.js";

const MARGIN = 0.06; // of the height, above and below what is drawn

/** The column itself: a broad band, so that a line on it is seen. @type {Look} */
export const TRUTH = { colour: "var(--ink)", kind: "pale" };
/** @type {Record<string, Look>} */
const BASELINES = {
  "last value": { colour: "var(--soft)", dash: [2, 3], marker: "cross" },
  season: { colour: "var(--cell)", dash: [7, 3], marker: "square" },
  "linear regression": { colour: "var(--input)", dash: [9, 3, 2, 3], marker: "diamond" },
};

/** How a run's line looks: as in the charts of its training. @param {string} letter @param {boolean} dark @returns {Look} */
const runLook = (letter, dark) => ({
  colour: css(colourOf(letter, dark)),
  dash: dashOf(letter),
  width: 1.7,
});

/**
 * All that forecasts, each with its look: baselines first, so that runs are drawn over them.
 * @param {View} view
 * @returns {Array<Forecaster & {look: Look, title: string}>}
 */
export function everyone({ header, dark }) {
  const runs = header.runs.map((one) => ({
    ...one,
    title: `${one.key} ${one.says}`,
    look: runLook(one.key, dark),
  }));
  const baselines = header.baselines.map((one) => ({
    ...one,
    title: one.says,
    look: BASELINES[one.key],
  }));
  return [...baselines, ...runs];
}

/** Those that are drawn. @param {View} view */
const forecasters = (view) => everyone(view).filter(({ key }) => !view.hidden.includes(key));

/** The column over its rows, and the forecasts of it. @param {View} view @returns {Picture} */
export function overRows(view) {
  const { header, numbers, range } = view;
  const [rows, at] = [numbers("rows"), numbers("at")];
  const truth = { name: "truth", title: header.target, at: rows, values: numbers("goal") };
  const lines = forecasters(view).map(({ key, title, look }) => ({
    ...look,
    name: key,
    title,
    at,
    values: numbers(`line.${key}`),
  }));
  const own = lines.filter(({ name }) => header.runs.some(({ key }) => key === name));
  const up = covering([truth, ...(own.length ? lines : [])], range);
  const { chosen, window, horizon, split } = header;
  const [from, to] = [chosen - window + 1, chosen];
  return {
    across: rowAxis(range, view.called),
    up,
    lines: [{ ...truth, ...TRUTH }, ...lines],
    areas: [
      band("read", _("the chosen window"), "var(--hidden)", [from, to], up),
      band("forecast", _("what is forecast of it"), "var(--forget)", [to, to + horizon], up),
    ],
    signs: [
      { at: split - 0.5, text: _("held out from here"), colour: "var(--soft)", kind: "change" },
    ],
  };
}

/**
 * A stretch of rows, from top to bottom.
 * @param {string} name @param {string} title @param {string} colour @param {Range} at
 * @param {import("../drawing/scales.js").Axis} up
 */
const band = (name, title, colour, at, { low, high }) => ({
  name,
  title,
  colour,
  at,
  upper: [high, high],
  lower: [low, low],
});

/** The errors at each step ahead, from 0. @param {View} view @returns {Picture} */
export function byStep(view) {
  const { header, numbers } = view;
  const all = forecasters(view).flatMap(({ key, title, look }) => {
    const own = { ...look, name: key, title, values: numbers(`error.${key}`), isDotted: true };
    const fed = numbers(`fed.${key}`);
    if (fed.length === 0) return [own];
    const called = _("{run}, fed back", { run: title });
    return [own, { ...look, kind: "faint", name: `${key} fed`, title: called, values: fed }];
  });
  const lines = /** @type {import("../drawing/picture.js").Line[]} */ (all);
  const most = Math.max(...lines.flatMap(({ values }) => Array.from(values).filter(isFinite)), 0);
  return {
    across: stepAxis(header.horizon, { unit: _("step ahead") }),
    up: linearAxis(0, most > 0 ? most * (1 + MARGIN) : 1, brief),
    lines,
  };
}

/** The chosen window, and the forecasts after it. @param {View} view @returns {Picture} */
export function ofWindow(view) {
  const { header, numbers } = view;
  const { chosen, horizon } = header;
  const rows = numbers("rows");
  const range = windowRange(header);
  const truth = { name: "truth", title: header.target, at: rows, values: numbers("goal") };
  const ahead = Array.from({ length: horizon }, (_none, k) => chosen + 1 + k);
  const lines = forecasters(view)
    .map(({ key, title, look }) => ({ ...look, name: key, title, at: ahead, key }))
    .map(({ key, ...line }) => ({ ...line, values: numbers(`ahead.${key}`), isDotted: true }))
    .filter(({ values }) => values.length > 0);
  return {
    across: rowAxis(range, view.called),
    up: covering([truth, ...lines], range),
    lines: [{ ...truth, ...TRUTH }, ...lines],
    signs: [
      { at: chosen + 0.5, text: _("forecast from here"), colour: "var(--soft)", kind: "change" },
    ],
  };
}

/** The rows of the chosen window and of what is forecast. @param {ForecastHeader} header @returns {Range} */
export const windowRange = ({ chosen, window, horizon }) => [
  chosen - window + 0.5,
  chosen + horizon + 0.5,
];

/**
 * What the forecast leans on, a line of a map for each column.
 * @param {View} view @param {import("../drawing/picture.js").Backdrop["lay"]} lay
 * @returns {Picture}
 */
export function leaningOn({ header, called }, lay) {
  const { chosen, window, leaning } = header;
  const many = leaning.inputs.length;
  const middle = (/** @type {number} */ k) => many - k - 0.5;
  return {
    across: rowAxis(windowRange(header), called),
    up: { ...linearAxis(0, many), ticks: () => [] },
    lines: [],
    backdrop: { from: chosen - window + 0.5, to: chosen + 0.5, lay },
    ends: leaning.inputs.map((name, k) => ({
      value: middle(k),
      text: name,
      short: name.slice(0, 2),
      colour: "var(--ink)",
      weight: 400,
    })),
  };
}

/** The largest that stands in the map. @param {View} view */
export const leaningMost = ({ numbers }) =>
  niceCeiling(Math.max(0, ...numbers("leaning").map(Math.abs).filter(isFinite)));

/**
 * An axis that holds what lines show in a range of rows, with some room.
 * @param {Array<{at: number[], values: number[]}>} lines @param {Range} range
 */
function covering(lines, [first, last]) {
  let [low, high] = [Infinity, -Infinity];
  for (const { at, values } of lines)
    values.forEach((value, k) => {
      if (!Number.isFinite(value) || at[k] < first || at[k] > last) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
  if (low > high) return linearAxis(0, 1);
  const room = MARGIN * (high - low || Math.abs(high) || 1);
  return linearAxis(low - room, high + room, brief);
}

/** A number on an axis. @param {number} value */
export const brief = (value) =>
  Math.abs(value) >= 1e5 ? value.toExponential(0) : String(value).replace("-", "−");

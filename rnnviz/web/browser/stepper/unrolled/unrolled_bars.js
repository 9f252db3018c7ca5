/**
 * A bar at each step of the unrolled network for how large the gradient is there. No DOM.
 *
 * @typedef {import("../../drawing/scales.js").Axis} Axis
 * @typedef {import("../../drawing/marks.js").Mark} Mark
 * @typedef {import("./unrolled_columns.js").Columns} Columns
 */

import { niceCeiling } from "../../drawing/colours.js";
import { dotMark, ruleMark, textMark } from "../../drawing/marks.js";
import { power } from "../../drawing/number_format.js";
import { linearAxis, logAxis } from "../../drawing/scales.js";
import { gridOf } from "./unrolled_columns.js";

const FAR = 30; // times the smallest: beyond, bars stand in powers of ten

/**
 * From 0, bars of true size; where they would not be seen beside each other, in powers of ten.
 * @param {Iterable<number>} sizes
 * @returns {Axis}
 */
export function barAxis(sizes) {
  const seen = [...sizes].filter((size) => size > 0 && Number.isFinite(size));
  const least = seen.reduce((a, b) => Math.min(a, b), Infinity);
  const most = seen.reduce((a, b) => Math.max(a, b), 0);
  if (most > FAR * least) return logAxis([...seen, least / 1.5]);
  return linearAxis(0, most > 0 ? niceCeiling(most) : 1, tickText);
}

/** @param {number} tick */
function tickText(tick) {
  const isFar = tick !== 0 && (Math.abs(tick) < 0.001 || Math.abs(tick) >= 10000);
  return isFar ? power(tick, 0) : String(Number(tick.toPrecision(3)));
}

/**
 * A bar for each step in view, from the axis' lower end.
 * @param {{numbers: ArrayLike<number>, ghost: ArrayLike<number>|null, colour: string, axis: Axis,
 *   name: string}} what  T numbers; ghost: before what was changed
 * @param {Columns} columns @param {number} height
 * @returns {{back: Mark[], bars: Mark[]}}
 */
export function barsPlan({ numbers, ghost, colour, axis, name }, columns, height) {
  const { steps, middle, column } = gridOf(columns);
  const [top, bottom] = [5, height - 3];
  const half = Math.min(Math.max(column * 0.36, 0.5), 16);
  const y = (/** @type {number} */ size) =>
    bottom - Math.min(Math.max(axis.place(size), 0), 1) * (bottom - top);
  /** @param {ArrayLike<number>} of */
  const barsOf = (of) =>
    steps
      .filter((t) => of[t] > 0)
      .map((t) => [
        middle(t) - half,
        bottom,
        middle(t) - half,
        y(of[t]),
        middle(t) + half,
        y(of[t]),
      ]);
  const bars = barsOf(numbers).map((bar) => [...bar, bar[4], bottom]);
  const zeros = steps.filter((t) => numbers[t] === 0).flatMap((t) => [middle(t), bottom - 3]);
  const open = { fill: "var(--ground)", colour: "var(--soft)", width: 1, name: `zeros of ${name}` };
  const before = ghost === null ? [] : barsOf(ghost).map((bar) => [...bar, bar[4], bottom]);
  return {
    back: axis.ticks(3).flatMap((tick) => gridLine(tick, axis, columns.width, y)),
    bars: [
      { kind: "area", runs: bars, fill: colour, alpha: 1, name: `bars of ${name}` },
      ...(before.length ? [ghostMark(before)] : []),
      dotMark("circle", zeros, 2, open),
    ],
  };
}

/** @param {number} tick @param {Axis} axis @param {number} width @param {(size: number) => number} y @returns {Mark[]} */
function gridLine(tick, axis, width, y) {
  const height = Math.floor(y(axis.at(tick))) + 0.5;
  return [
    ruleMark([0, height, width, height], "var(--line)", 1),
    textMark(-6, height + 3.5, axis.text(tick), "end"),
  ];
}

/** @param {number[][]} runs @returns {Mark} */
function ghostMark(runs) {
  const colour = "color-mix(in oklab, var(--ink) 45%, var(--ground))";
  return { kind: "line", runs, colour, width: 1, dash: [], alpha: 1, name: "untouched" };
}

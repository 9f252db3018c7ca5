/** What the page's charts share: sizes as powers of ten over time steps. No DOM. */

import { decadeAxis, stepAxis } from "../drawing/scales.js";

/** @typedef {import("../drawing/chart_plan.js").Line} Line */
/** @typedef {import("../drawing/chart_plan.js").Picture} Picture */

const WIDEST = 400; // decades
const ABOVE = 2; // decades that a guide may stand out above the lines
/** Around the lines, in pixels; what is left of a chart stands in the page's margin. */
const EDGES = { left: 0, right: 0, top: 8, bottom: 28 };

/** @param {number} height  of the lines and what is free above and below */
export const sizeOf = (height) => ({ height: height + 20, ...EDGES });

/** Decimal logarithms; zero has none. @param {ArrayLike<number>} values */
export function exponentsOf(values) {
  return Float64Array.from(values, (value) => (value === 0 ? NaN : Math.log10(value)));
}

/**
 * @param {number} count  of points
 * @param {Line[]} lines  their values are exponents
 * @param {{first?: number, lowest?: number} & Partial<Picture>} [options]
 *   first: what the first point is called; lowest: the axis goes at least so far down
 * @returns {Picture}
 */
export function logPicture(count, lines, { first = 1, lowest, ...more } = {}) {
  return { across: stepAxis(count, { first }), up: axisAround(lines, lowest), lines, ...more };
}

/**
 * Whole powers of ten around every line; guides may stand out by a few.
 * @param {Pick<Line, "kind"|"values">[]} lines @param {number} [lowest]
 */
export function axisAround(lines, lowest = Infinity) {
  const [least, most] = bounds(lines.filter(({ kind }) => kind !== "guide"));
  const [, guide] = bounds(lines.filter(({ kind }) => kind === "guide"));
  const isEmpty = least > most;
  let high = isEmpty ? 0 : most;
  if (guide > high) high = Math.min(guide, high + ABOVE);
  high = Math.ceil(high + 0.05);
  const low = Math.floor(Math.min(isEmpty ? -1 : least, lowest) - 0.05);
  return decadeAxis(Math.max(Math.min(low, high - 2), high - WIDEST), high);
}

/** @param {Pick<Line, "values">[]} lines */
function bounds(lines) {
  let low = Infinity,
    high = -Infinity;
  for (const { values } of lines)
    for (let k = 0; k < values.length; k++) {
      if (!Number.isFinite(values[k])) continue;
      low = Math.min(low, values[k]);
      high = Math.max(high, values[k]);
    }
  return [low, high];
}

/** What the page's charts share: sizes as powers of ten over time steps. */

import { chart } from "../drawing/chart.js";
import { decadeAxis, stepAxis } from "../drawing/scales.js";

/** @typedef {import("../drawing/chart_plan.js").Line} Line */
/** @typedef {import("../drawing/chart_plan.js").Picture} Picture */
/** @typedef {import("../drawing/scales.js").Axis} Axis */
/** @typedef {[first: number, last: number]} Range  of places in the sequence, from 0 */

const WIDEST = 400; // decades
const ABOVE = 2; // decades that a guide may stand out above the lines
/** Around the lines, in pixels; what is left of a chart stands in the page's margin. */
const EDGES = { left: 0, right: 0, top: 8, bottom: 28 };

/**
 * A chart over the time steps, zoomed together with all others of the page.
 * @param {import("./context.js").Context} context
 * @param {Object} options
 * @param {string} options.label
 * @param {number} options.height  of the lines and what is free above and below
 * @param {() => number} [options.shift]  the place of the page's first step
 * @param {(step: number) => void} options.press
 * @param {(step: number|null) => void} [options.hover]
 */
export function timeChart(context, { label, height, shift = () => 0, press, hover }) {
  return chart({
    label,
    size: { height: height + 20, ...EDGES },
    press: (at) => press(at - shift()),
    hover: (at) => hover?.(at === null ? null : at - shift()),
    zoom: ([from, to]) => context.zoom([from - shift(), to - shift()]),
    all: () => context.zoom(null),
  });
}

/** Decimal logarithms; zero has none. @param {ArrayLike<number>} values */
export function exponentsOf(values) {
  return Float64Array.from(values, (value) => (value === 0 ? NaN : Math.log10(value)));
}

/**
 * @param {number} count  of points
 * @param {Line[]} lines  their values are exponents
 * @param {{first?: number, lowest?: number, zoom?: Range|null} & Partial<Picture>} [options]
 *   first: what the first point is called; lowest: the axis goes at least so far down; zoom: the
 *   points that are shown
 * @returns {Picture}
 */
export function logPicture(count, lines, { first = 1, lowest, zoom = null, ...more } = {}) {
  const all = stepAxis(count, { first });
  const shown = zoom === null ? all : zoomed(all, zoom);
  return { across: shown, up: axisAround(lines, lowest, zoom), lines, ...more };
}

/** The same of one point more: the state before the first step. @param {Range|null} zoom */
export const withBefore = (zoom) => /** @type {Range|null} */ (zoom && [zoom[0], zoom[1] + 1]);

/** A part of an axis whose places are evenly apart. @param {Axis} axis @param {Range} range */
function zoomed(axis, [first, last]) {
  const [from, to] = [axis.place(first - 0.5), axis.place(last + 0.5)];
  const { value } = axis;
  return {
    ...axis,
    low: first,
    high: last,
    ticks: (/** @type {number} */ most) =>
      axis.ticks(most / (to - from)).filter((tick) => tick >= first && tick <= last),
    place: (/** @type {number} */ at) => (axis.place(at) - from) / (to - from),
    value: value && ((/** @type {number} */ place) => value(from + place * (to - from))),
  };
}

/**
 * Whole powers of ten around every line; guides may stand out by a few.
 * @param {Pick<Line, "kind"|"values">[]} lines @param {number} [lowest] @param {Range|null} [zoom]
 */
export function axisAround(lines, lowest = Infinity, zoom = null) {
  const isGuide = (/** @type {Pick<Line, "kind">} */ { kind }) => kind === "guide";
  const [least, most] = bounds(
    lines.filter((line) => !isGuide(line)),
    zoom,
  );
  const [, guide] = bounds(lines.filter(isGuide), zoom);
  const isEmpty = least > most;
  let high = isEmpty ? 0 : most;
  if (guide > high) high = Math.min(guide, high + ABOVE);
  high = Math.ceil(high + 0.05);
  const low = Math.floor(Math.min(isEmpty ? -1 : least, lowest) - 0.05);
  return decadeAxis(Math.max(Math.min(low, high - 2), high - WIDEST), high);
}

/** @param {Pick<Line, "values">[]} lines @param {Range|null} zoom */
function bounds(lines, zoom) {
  let low = Infinity,
    high = -Infinity;
  for (const { values } of lines) {
    const [first, last] = zoom ?? [0, values.length - 1];
    for (let k = first; k <= Math.min(last, values.length - 1); k++) {
      if (!Number.isFinite(values[k])) continue;
      low = Math.min(low, values[k]);
      high = Math.max(high, values[k]);
    }
  }
  return [low, high];
}

/** What lies between two lines of a chart, shaded. No DOM. */

import { cropped } from "./marks.js";

/**
 * @typedef {import("./picture.js").Area} Area
 * @typedef {{left: number, right: number, x: (value: number) => number, y: (value: number) =>
 *   number}} Frame
 * @typedef {{x: number, top: number, low: number}} Slice  from the upper line to the lower one
 */

/** How much of what is behind it an area covers. */
export const ALPHA = 0.18;

/**
 * One closed outline for each stretch along which the one line is above the other.
 * @param {Area} area @param {Frame} frame
 * @returns {import("./marks.js").Mark<"area">}
 */
export function areaMark({ name, colour, at, upper, lower }, frame) {
  const { left, right } = frame;
  const slices = at.map((place, k) => ({
    x: frame.x(place),
    top: frame.y(upper[k]),
    low: frame.y(lower[k]),
  }));
  const outlines = stretches(narrowed(slices)).map((stretch) => {
    const upperEdge = stretch.flatMap(({ x, top }) => [x, top]);
    const lowerEdge = stretch.flatMap(({ x, low }) => [x, low]);
    return outline(cropped(upperEdge, left, right), cropped(lowerEdge, left, right));
  });
  const runs = outlines.filter((run) => run.length > 4);
  return { kind: "area", runs, fill: colour, alpha: ALPHA, name };
}

/**
 * Of each half of a pixel that has several, one: from the highest to the lowest of what is cut there.
 * @param {Slice[]} slices  from left to right
 */
function narrowed(slices) {
  /** @type {Slice[]} */
  const found = [];
  for (const slice of slices) {
    const last = found.at(-1);
    if (last === undefined || half(last.x) !== half(slice.x)) found.push(slice);
    else if (!isThick(last)) found[found.length - 1] = { ...slice, x: last.x };
    else if (isThick(slice)) {
      last.top = Math.min(last.top, slice.top);
      last.low = Math.max(last.low, slice.low);
    }
  }
  return found;
}

/** @param {number} x */
const half = (x) => Math.round(2 * x);
/** @param {Slice} slice */
const isThick = ({ top, low }) => low > top;

/**
 * Runs of slices, each with the one before and after where the two lines meet.
 * @param {Slice[]} slices
 */
function stretches(slices) {
  /** @type {Slice[][]} */
  const found = [];
  slices.forEach((slice, k) => {
    if (Number.isNaN(slice.top + slice.low)) return;
    const before = slices[k - 1];
    const goesOn = before && !Number.isNaN(before.top + before.low);
    if (!goesOn || (!isThick(before) && !isThick(slice))) found.push([slice]);
    else found.at(-1)?.push(slice);
  });
  return found.filter((stretch) => stretch.some(isThick));
}

/**
 * There along the one edge and back along the other.
 * @param {number[]} upper @param {number[]} lower  x, y, x, y, …
 */
function outline(upper, lower) {
  const back = [];
  for (let k = lower.length - 2; k >= 0; k -= 2) back.push(lower[k], lower[k + 1]);
  return [...upper, ...back];
}

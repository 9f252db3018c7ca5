/** Axes that only ever grow while an experiment lasts, so that nothing jumps. No DOM. */

import { linearAxis, logAxis } from "../drawing/scales.js";

/** Exponents beyond which a log axis is not stretched: what is further out is drawn at the edge. */
const LOWEST = -12;
const HIGHEST = 38;

/** A log axis over powers of ten. */
export function growingLog({ lowest = LOWEST, most = 5 } = {}) {
  let low = Infinity,
    high = -Infinity;
  return {
    forget() {
      low = Infinity;
      high = -Infinity;
    },
    /** @param {Iterable<number>} numbers  that must be in it */
    hold(numbers) {
      for (const n of numbers) {
        if (!(n > 0) || !Number.isFinite(n)) continue;
        const exponent = Math.min(Math.max(Math.log10(n), lowest), HIGHEST);
        if (exponent < low) low = exponent;
        if (exponent > high) high = exponent;
      }
    },
    axis: () => (low > high ? logAxis([0.1, 1]) : logAxis([10 ** low, 10 ** high], { most })),
  };
}

/** An axis that is what it is. */
export function fixed(low, high) {
  const axis = linearAxis(low, high);
  return { forget() {}, hold() {}, axis: () => axis };
}

/**
 * Points for a line no wider than the screen: of each column of pixels its first, least, greatest
 * and last. A number that cannot be drawn breaks the line.
 * @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys already in pixels @returns {number[][]} runs of x, y, x, y, …
 */
export function thinned(xs, ys) {
  const pieces = [];
  let piece = null,
    column = null;
  const flush = () => {
    if (column === null) return;
    const { x, first, low, high, last } = column;
    piece.push(x, first);
    if (low !== first) piece.push(x, low);
    if (high !== low) piece.push(x, high);
    if (last !== high) piece.push(x, last);
    column = null;
  };
  for (let k = 0; k < xs.length; k++) {
    const x = Math.round(2 * xs[k]) / 2,
      y = ys[k];
    if (!Number.isFinite(y)) {
      flush();
      piece = null;
      continue;
    }
    if (piece === null) pieces.push((piece = []));
    if (column !== null && column.x === x) {
      column.low = Math.min(column.low, y);
      column.high = Math.max(column.high, y);
      column.last = y;
    } else {
      flush();
      column = { x, first: y, low: y, high: y, last: y };
    }
  }
  flush();
  return pieces;
}

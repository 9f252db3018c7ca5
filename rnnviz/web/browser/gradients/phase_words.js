/** What the phase diagram says, in words. No DOM. */

import { tenTo } from "../drawing/number_format.js";
import { _, ngettext } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { titleOf } from "./series.js";
import { ratio } from "./words.js";

/** @typedef {import("./phase_view.js").Phase} Phase */

export const LIMIT = 12; // decades to either side of 1

/** @param {import("./header.js").PhaseMap} header */
export function phaseWords({ seeds, about }) {
  const what = ngettext(
    "The size of dL/dh at step 1 ÷ at the last step, for {count} seed, from {low} to {high}.",
    "The size of dL/dh at step 1 ÷ at the last step, the geometric mean over {count} seeds, from {low} to {high}.",
    seeds,
    { low: tenTo(-LIMIT), high: tenTo(LIMIT) },
  );
  return `${what} ${about}`;
}

/**
 * What a square says.
 * @param {Phase} phase @param {number} index  of its numbers
 * @param {{scale: number, length: number}} place
 */
export function squareWords({ arrays }, index, place) {
  const [log10, zeros, beyond, done] = ["log10", "vanished", "overflowed", "computed"].map(
    (name) => lookup(arrays, name)[index],
  );
  if (!done) return _("scale {scale}, length {length}: not computed yet", place);
  const left = Number.isNaN(log10) ? _("no finite number") : ratio(log10);
  const words = [_("scale {scale}, length {length}: {left}", { ...place, left })];
  if (zeros) words.push(_("{count} of {done} seeds gave exactly 0", { count: zeros, done }));
  if (beyond) words.push(_("{count} of {done} seeds left float64", { count: beyond, done }));
  return words.join("; ");
}

/**
 * By how many decades the scale moves a cell's gradient at the longest length; "" where that cannot
 * be said.
 * @param {Phase} phase @param {number} k  of the cell
 */
export function spanWords({ header, arrays }, k) {
  const { cells, scales, lengths } = header;
  const [columns, rows] = [scales.length, lengths.length];
  const numbers = Array.from({ length: columns }, (_column, column) => {
    return lookup(arrays, "log10")[(k * columns + column) * rows + rows - 1];
  });
  if (!numbers.every(Number.isFinite)) return "";
  const decades = Math.max(...numbers) - Math.min(...numbers);
  return _("{cell}: at length {length} the scale moves it by {decades} decades.", {
    cell: titleOf(cells[k], {}),
    length: lengths[rows - 1],
    decades: decades.toFixed(1),
  });
}

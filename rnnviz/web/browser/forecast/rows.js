/** Rows of a table as an axis: what stands below it are their dates, or their numbers. No DOM. */

import { roundTicks } from "../drawing/scales.js";
import { _ } from "../drawing/texts.js";

/** @typedef {(row: number) => string} Called  what a row is called */

const DAY = 86_400; // seconds

/**
 * What rows are called: by their dates where these are known, as files have them.
 * @param {ArrayLike<number>} rows  one after the other
 * @param {ArrayLike<number>} [dates]  of each, in seconds since 1970
 * @returns {Called}
 */
export function calledBy(rows, dates) {
  if (!dates) return (row) => row.toLocaleString("en");
  const isDaily = Array.from(dates).every((second) => second % DAY === 0);
  return (row) => {
    const second = dates[Math.round(row) - rows[0]];
    if (!Number.isFinite(second)) return "";
    const text = new Date(1000 * second).toISOString();
    return isDaily ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
  };
}

/**
 * @param {[number, number]} range  the first and the last row
 * @param {Called} called
 * @returns {import("../drawing/scales.js").Axis & {value: (place: number) => number}}
 */
export function rowAxis([low, high], called) {
  const span = Math.max(high - low, 1e-9);
  return {
    low,
    high,
    ticks: (most) => roundTicks(low, high, most, { isWhole: true }),
    at: (row) => row,
    text: called,
    place: (row) => (row - low) / span,
    value: (place) => low + place * span,
    unit: called(high) === high.toLocaleString("en") ? _("row") : undefined,
  };
}

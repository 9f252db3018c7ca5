/** The vertical axes of the charts: each holds what is in view, and no more. No DOM. */

import { coveringLog } from "../drawing/scales.js";
import { lastOf, placeOf } from "./records.js";

/**
 * @typedef {import("./records.js").RunRecord} RunRecord
 * @typedef {[first: number, last: number]} Range  of updates
 */

const LOWEST_LENGTH = -18; // exponent: what is less is nothing to a float64 sum

/**
 * Of numbers at some updates those within a range.
 * @param {number[]} updates @param {ArrayLike<number>} values @param {Range} range
 */
export function within(updates, values, [first, last]) {
  const list = Array.isArray(values) ? /** @type {number[]} */ (values) : Array.from(values);
  return list.slice(Math.max(placeOf(updates, first), 0), placeOf(updates, last) + 1);
}

/** How long gradients are in the maps; what was looked through once is remembered. */
export function mapReach() {
  /** @type {WeakMap<RunRecord, Map<string, {next: number, least: number, most: number}>>} */
  const known = new WeakMap();
  /** @param {RunRecord} record @param {Range} range @param {boolean} isShare */
  function reach(record, range, isShare) {
    const key = `${range} ${isShare} ${(record.rows[1] ?? 1) - record.rows[0]}`;
    const ofRecord = known.get(record) ?? new Map();
    known.set(record, ofRecord);
    if (!ofRecord.has(key)) ofRecord.clear(); // only the range in view is kept
    const found = ofRecord.get(key) ?? {
      next: Math.max(placeOf(record.rows, range[0]), 0),
      least: Infinity,
      most: 0,
    };
    ofRecord.set(key, found);
    const end = placeOf(record.rows, range[1]) + 1;
    for (const row of [...record.maps.values()].flatMap((rows) => rows.slice(found.next, end))) {
      const whole = isShare ? lastOf(row) : 1;
      for (const length of row) {
        const share = length / whole;
        if (share > 0 && share < found.least) found.least = share;
        if (share > found.most && share < Infinity) found.most = share;
      }
    }
    found.next = Math.max(found.next, end);
    return found.most > 0 ? [found.least, found.most] : [];
  }
  return {
    /**
     * The axis that holds all of them.
     * @param {Iterable<RunRecord>} records @param {Range} range @param {boolean} isShare
     */
    axis(records, range, isShare) {
      const axis = coveringLog({ lowest: LOWEST_LENGTH });
      if (isShare) axis.hold([1]);
      for (const record of records) axis.hold(reach(record, range, isShare));
      return axis.axis();
    },
  };
}

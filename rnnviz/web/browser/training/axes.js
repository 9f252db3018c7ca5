/** The vertical axes of all runs' charts, which hold all that was ever drawn on them. No DOM. */

import { growingLog } from "../drawing/scales.js";
import { lastOf, placeOf } from "./records.js";

/** @typedef {ReturnType<typeof growingLog>} Growing */

export function growingAxes() {
  const axes = {
    loss: growingLog(),
    norm: growingLog(),
    metric: growingLog(),
    lengths: growingLog({ lowest: -18 }),
    shares: growingLog({ lowest: -18 }),
  };
  /** @type {WeakMap<import("./records.js").RunRecord, number>} */
  let held = new WeakMap(); // record -> the last update whose lengths the axes hold
  return {
    ...axes,
    /** @param {boolean} isShare */
    mapScale: (isShare) => (isShare ? axes.shares : axes.lengths).axis(),
    forget() {
      for (const axis of Object.values(axes)) axis.forget();
      held = new WeakMap();
    },
    /** @param {import("./records.js").Records} records */
    hold(records) {
      axes.shares.hold([1]);
      for (const record of records.values()) {
        const first = placeOf(record.rows, held.get(record) ?? 0) + 1;
        for (const row of [...record.maps.values()].flatMap((rows) => rows.slice(first))) {
          const last = lastOf(row);
          axes.lengths.hold(row);
          axes.shares.hold(row.map((one) => one / last));
        }
        held.set(record, record.rows.at(-1) ?? 0);
      }
    },
  };
}

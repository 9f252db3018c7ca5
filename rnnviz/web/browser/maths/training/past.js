/** Snapshots of a run, few enough to be kept, spread evenly over its updates. No DOM. */

import { learn, restore, snapshot, turn } from "./run.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("./run.js").Snapshot} Snapshot */
/** @typedef {{update: number, knob: string, before: number|null, after: number|null}} Change */
/** @typedef {ReturnType<typeof createPast>} Past */

const MOST = 32;

/** @param {Snapshot} first */
export function createPast(first) {
  let stride = 16;
  let kept = [first];
  return {
    first,
    /** Keep a snapshot of a run, where one is due. @param {Run} run */
    keep(run) {
      if (run.update % stride !== 0 || run.update <= kept[kept.length - 1].update) return;
      kept.push(snapshot(run));
      if (kept.length <= MOST) return;
      stride *= 2;
      kept = kept.filter(({ update }) => update === first.update || update % stride === 0);
    },
    /** The last snapshot at or before an update. @param {number} update */
    before: (update) => kept.filter((one) => one.update <= update).pop() ?? first,
  };
}

/**
 * A run as it was after so many updates, computed again from the snapshot before it, each knob turned
 * where it was then. The run itself stays where it is.
 * @param {Run} run @param {Past} past @param {Change[]} changes @param {number} update
 * @param {(update: number) => import("./header.js").Batch} batchFor
 */
export function lookBack(run, past, changes, update, batchFor) {
  const now = snapshot(run),
    { stopped } = run;
  restore(run, past.before(update));
  while (run.update < update) {
    turnAt(run, changes);
    learn(run, batchFor(run.update));
  }
  turnAt(run, changes);
  const found = snapshot(run);
  restore(run, now);
  run.stopped = stopped;
  return found;
}

/** Turn what was turned after this update. @param {Run} run @param {Change[]} changes */
function turnAt(run, changes) {
  for (const { update, knob, after } of changes)
    if (update === run.update) turn(run, { [knob]: after });
}

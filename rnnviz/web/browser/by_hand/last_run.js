/** The run before the last change: what the dotted lines show. No DOM. */

import { lookup } from "../maths/lookup.js";
import { changedRun } from "../stepper/changes/changed_run.js";

/** @typedef {import("../maths/network.js").NetworkRun} NetworkRun */
/** @typedef {ReturnType<typeof createLastRun>} LastRun */

/** @param {import("../stepper/context.js").Basis} basis */
export function createLastRun({ model, store }) {
  /** @type {{changes: import("../stepper/changes/changes.js").Changes|null, run: NetworkRun|null}} */
  let known = { changes: null, run: null };

  /** While something is dragged this stays the run from before; null where nothing was changed. */
  function run() {
    const changes = store.state.history.past.at(-1) ?? null;
    if (changes !== known.changes)
      known = { changes, run: changes && changedRun(model, model.item, changes) };
    return known.run;
  }
  return {
    run,
    /**
     * A value at one unit, T numbers; null where nothing was changed.
     * @param {string} name @param {number} unit
     */
    along(name, unit) {
      const before = run();
      return before && alongOf(before, name, unit);
    },
  };
}

/**
 * A value at one unit over time: of the cell, an input, or an output of the readout.
 * @param {NetworkRun} network @param {string} name @param {number} unit
 * @returns {Float64Array}
 */
export function alongOf(network, name, unit) {
  const { T, layers, prediction, outputs } = network;
  if (name === "prediction" && prediction)
    return Float64Array.from({ length: T }, (_, t) => prediction[t * outputs + unit]);
  const { data, stride } = lookup(layers[0].run.slots, name);
  return Float64Array.from({ length: T }, (_, t) => data[t * stride + unit]);
}

/** The run on the screen: as the visitor changed it (`live`) and as it was (`ghost`). No DOM. */

import { changedArrays, changedInputs, holdsByLayer } from "./changes.js";
import { niceCeiling } from "../drawing/colours.js";
import { runNetwork } from "../maths/network.js";
import { largestSize } from "../drawing/scales.js";

/** @typedef {{low: number, high: number, isGate: boolean}} Range */

/** @param {import("../maths/payload.js").Payload} payload @param {number} item */
export function createModel({ header, arrays }, item) {
  const ranges = new Map();
  let scratch = null;
  const model = {
    header,
    arrays,
    item,
    ghost: runNetwork(header, arrays, { item }),
    live: null,
    liveArrays: arrays,

    get T() {
      return model.ghost.T;
    },
    get inputs() {
      return header.layers[0].inputs;
    },
    get isChanged() {
      return model.live !== model.ghost;
    },

    /** Another sequence of the batch: the ghost is that one's run. */
    take(item) {
      if (item === model.item) return;
      model.item = item;
      model.ghost = runNetwork(header, arrays, { item });
      ranges.clear();
    },

    /** Run with the changes. @param {import("./changes.js").Changes} changes */
    run(changes) {
      const isUntouched = !changes.some(
        (change) => change.item === undefined || change.item === model.item,
      );
      model.liveArrays = isUntouched ? arrays : changedArrays(arrays, changes);
      if (isUntouched) model.live = model.ghost;
      else {
        const x = changedInputs(model.ghost.x, changes, model.item, model.inputs);
        scratch = runNetwork(header, model.liveArrays, {
          item: model.item,
          x,
          holds: holdsByLayer(changes),
          into: scratch,
        });
        model.live = scratch;
      }
    },

    /** A value's numbers, T x its size. @param {number} layer @param {string} name */
    values: (layer, name) => model.live.layers[layer].run.values.get(name),
    ghosts: (layer, name) => model.ghost.layers[layer].run.values.get(name),

    /** The number of a value, part, leaf or vector parameter at one unit. */
    number(layer, name, unit, step, network = model.live) {
      const slot = network.layers[layer].run.slots.get(name);
      return slot.data[step * slot.stride + unit];
    },

    /** How many units a value has. */
    size: (layer, name) => model.live.layers[layer].run.slots.get(name).size,

    /**
     * What a value's colours span: from the untouched run, so that they stay while something is
     * dragged.
     */
    range(layer, name) {
      const { cell } = header.layers[layer];
      const known = stateOf(cell, name) ?? name;
      const key = JSON.stringify([layer, known]);
      if (!ranges.has(key)) ranges.set(key, rangeOf(cell, known, model.ghosts(layer, known)));
      return ranges.get(key);
    },
  };
  model.live = model.ghost;
  return model;
}

/** `h_prev` → `h`, where that is a state of the cell. */
export function stateOf(cell, name) {
  return cell.states.find((state) => name === `${state}_prev`);
}

/** @returns {Range} */
function rangeOf(cell, name, values) {
  if (cell.gates.includes(name)) return { low: 0, high: 1, isGate: true };
  const { low, high } = boundsOf(cell, name);
  const size = low === null || high === null ? niceCeiling(largestSize(values)) : Math.max(-low, high);
  return { low: -size, high: size, isGate: false };
}

/**
 * Between which a value lies, whatever the run: what is known of the operation that gives it.
 * @param {import("../maths/engine.js").Cell} cell @param {string} name
 * @returns {{low: number|null, high: number|null}}
 */
export function boundsOf(cell, name) {
  const step = cell.steps.find(([known]) => known === name);
  const { low, high } = step ? cell.operations[step[1]] : { low: null, high: null };
  return { low, high };
}

/**
 * The run on the screen: as the visitor changed it (`live`) and as it was (`ghost`). No DOM.
 *
 * @typedef {import("../maths/engine.js").Cell} Cell
 * @typedef {import("../maths/network.js").NetworkRun} NetworkRun
 * @typedef {import("./changes/changes.js").Changes} Changes
 * @typedef {{low: number, high: number, isGate: boolean}} Range
 * @typedef {{live: NetworkRun, ghost: NetworkRun,
 *   ownRange: (layer: number, name: string) => Range|null}} Peer  a model beside this one
 *
 * @typedef {ReturnType<typeof createModel>} Model
 */

import { niceCeiling } from "../drawing/colours.js";
import { largestSize } from "../drawing/scales.js";
import { lookup } from "../maths/lookup.js";
import { runNetwork } from "../maths/network.js";
import { changedArrays, concerns, holdsByLayer, isOfWeights } from "./changes/changes.js";
import { readInputs } from "./sequence/read_inputs.js";

/**
 * @param {import("../maths/payload.js").Payload<import("./header.js").StepHeader>} payload
 * @param {number} first  the sequence of the batch to begin with
 */
export function createModel(payload, first) {
  const { header, arrays } = payload;
  const runs = runsOf(payload, first);
  /** A value's numbers before the changes, T x its size. @param {number} layer @param {string} name */
  const ghosts = (layer, name) => lookup(runs.ghost().layers[layer].run.values, name);
  const ranges = rangesOf(header.layers, ghosts);
  return {
    header,
    arrays,
    inputs: header.layers[0].inputs,
    T: runs.ghost().T,
    get item() {
      return runs.item();
    },
    get ghost() {
      return runs.ghost();
    },
    get live() {
      return runs.live();
    },
    /** The weights before the changes. */
    get ghostArrays() {
      return runs.ghostArrays();
    },
    get liveArrays() {
      return runs.arrays();
    },
    get isChanged() {
      return runs.live() !== runs.ghost();
    },

    /** Another sequence of the batch: the ghost is that one's run. @param {number} next */
    take(next) {
      if (runs.take(next)) ranges.clearRanges();
    },
    /** Run with the changes. @param {import("./changes/changes.js").Changes} changes */
    run(changes) {
      if (runs.run(changes)) ranges.clearRanges();
    },

    /** A value's numbers, T x its size. @param {number} layer @param {string} name */
    values: (layer, name) => lookup(runs.live().layers[layer].run.values, name),
    ghosts,

    /**
     * The number of a value, part, leaf or vector parameter at one unit.
     * @param {number} layer @param {string} name @param {number} unit @param {number} step
     * @param {NetworkRun} [network]
     */
    number(layer, name, unit, step, network = runs.live()) {
      const slot = lookup(network.layers[layer].run.slots, name);
      return slot.data[step * slot.stride + unit];
    },

    /** How many units a value has. @param {number} layer @param {string} name */
    size: (layer, name) => lookup(runs.live().layers[layer].run.slots, name).size,

    ...ranges,
  };
}

/**
 * The two runs. Weights that are typed are the network's own, before any change.
 * @param {import("../maths/payload.js").Payload<import("./header.js").StepHeader>} payload
 * @param {number} first
 */
function runsOf({ header, arrays }, first) {
  let item = first;
  let ghost = runNetwork(header, arrays, { item });
  let live = ghost;
  let ghostArrays = arrays;
  let liveArrays = arrays;
  /** @type {Changes} */
  let typed = []; // the weights in `ghostArrays`
  /** @type {NetworkRun|null} */
  let scratch = null;

  /** Whether the run before the changes is another now. @param {Changes} weights */
  function type(weights) {
    if (weights.length === typed.length && weights.every((one, k) => one === typed[k]))
      return false;
    typed = weights;
    ghostArrays = changedArrays(arrays, weights);
    ghost = runNetwork(header, ghostArrays, { item, into: ghost });
    return true;
  }
  /** @param {Changes} changes */
  function change(changes) {
    liveArrays = changedArrays(ghostArrays, changes);
    const x = readInputs(header, ghost.x, changes, item);
    const holds = holdsByLayer(changes);
    scratch = runNetwork(header, liveArrays, { item, x, holds, into: scratch });
    live = scratch;
  }
  return {
    item: () => item,
    ghost: () => ghost,
    live: () => live,
    arrays: () => liveArrays,
    ghostArrays: () => ghostArrays,
    /** Whether it is another sequence. @param {number} next */
    take(next) {
      if (next === item) return false;
      item = next;
      ghost = runNetwork(header, ghostArrays, { item });
      return true;
    },
    /** Whether the run before the changes is another now. @param {Changes} changes */
    run(changes) {
      const { typed: isTyped } = header.weights;
      const isAnother = isTyped && type(changes.filter(isOfWeights));
      const others = isTyped ? changes.filter((one) => !isOfWeights(one)) : changes;
      if (others.some((one) => concerns(one, item))) change(others);
      else [live, liveArrays] = [ghost, ghostArrays];
      return isAnother;
    },
  };
}

/**
 * @param {Array<{cell: Cell}>} layers @param {(layer: number, name: string) => Float64Array} ghosts
 */
function rangesOf(layers, ghosts) {
  /** @type {Map<string, Range>} */
  const known = new Map();
  /** @type {Peer|null} */
  let peer = null;

  /** @param {number} layer @param {string} name @returns {Range|null}  null: it has no such value */
  function ownRange(layer, name) {
    if (!layers[layer]?.cell.sizes.has(name)) return null;
    const { cell } = layers[layer];
    const value = stateOf(cell, name) ?? name;
    const key = JSON.stringify([layer, value]);
    const range = known.get(key) ?? rangeOf(cell, value, ghosts(layer, value));
    known.set(key, range);
    return range;
  }
  return {
    /**
     * What a value's colours span: from the untouched run, so that they stay while something is
     * dragged; of what is compared one span for both.
     * @param {number} layer @param {string} name
     * @returns {Range}
     */
    range(layer, name) {
      const own = ownRange(layer, name) ?? { low: -1, high: 1, isGate: false };
      const other = peer?.ownRange(layer, name);
      if (!other || other.isGate !== own.isGate) return own;
      return { ...own, low: Math.min(own.low, other.low), high: Math.max(own.high, other.high) };
    },
    ownRange,
    clearRanges: () => known.clear(),

    /** @param {Peer} other  what stands beside this one */
    compareWith(other) {
      peer = other;
    },
    /** The sizes of every gradient of what stands beside this. @param {number} layer */
    peerNorms: (layer) =>
      [peer?.live, peer?.ghost].flatMap((run) =>
        [...(run?.layers[layer]?.norms.values() ?? [])].flatMap((norms) => [...norms]),
      ),
  };
}

/** `h_prev` → `h`, where that is a state of the cell. @param {Cell} cell @param {string} name */
export function stateOf(cell, name) {
  return cell.states.find((state) => name === `${state}_prev`);
}

/** @param {Cell} cell @param {string} name @param {Float64Array} values @returns {Range} */
function rangeOf(cell, name, values) {
  if (cell.gates.includes(name)) return { low: 0, high: 1, isGate: true };
  const { low, high } = boundsOf(cell, name);
  const isBounded = low !== null && high !== null;
  const size = isBounded ? Math.max(-low, high) : niceCeiling(largestSize(values));
  return { low: -size, high: size, isGate: false };
}

/**
 * Between which a value lies, whatever the run: what is known of the operation that gives it.
 * @param {Cell} cell @param {string} name
 * @returns {{low: number|null, high: number|null}}
 */
export function boundsOf(cell, name) {
  const step = cell.steps.find(([known]) => known === name);
  const { low, high } = step ? cell.operations[step[1]] : { low: null, high: null };
  return { low, high };
}

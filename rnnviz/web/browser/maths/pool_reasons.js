/**
 * Why the numbers that a readout reads are what they are, where those are not just the states of the
 * last layer: a pool of all states so far, or a state and what its layer read. No DOM.
 *
 * @typedef {Object} PoolReason  terms: the shares, added in this order, are `value` but for rounding
 * @property {"pool"} kind @property {PoolKind} pool
 * @property {string} name @property {number} unit @property {number} t @property {number} value
 * @property {import("./arithmetic.js").Term[]} terms
 *
 * @typedef {import("./header.js").PoolStageSpec["kind"]} PoolKind
 */

import { lookup } from "./lookup.js";

/** @typedef {import("./network.js").NetworkRun} NetworkRun */

/** What a pooled number is called, where a number is asked for by name; no value of a cell can be. */
export const POOL = "readout.pool";
/** The same of a sum of h and what the layer read. */
export const SUM = "readout.sum";

/**
 * What pools the states below the readout; null where it reads each step's own.
 * @param {NetworkRun} network
 */
export function poolOf({ header, body }) {
  const last = body.length - 1;
  const spec = header.stages[last];
  const { weightsAt } = body[last];
  if (spec.kind === "layer" || spec.kind === "readout" || !weightsAt) return null;
  return { kind: spec.kind, weightsAt, below: body[last - 1] };
}

/**
 * The layer below the readout and its pool, and whether it hands up what it reads.
 * @param {NetworkRun} network
 */
export function lastLayerOf({ header, body }) {
  const index = header.stages.findLastIndex(({ kind }) => kind === "layer");
  const spec = header.stages[index];
  const directions = spec.kind === "layer" ? spec.directions : [];
  return { stage: body[index], directions, skips: spec.kind === "layer" && spec.skip };
}

/**
 * Where a number of what the last layer hands up is found: its h, or its h and what it read.
 * @param {NetworkRun} network @param {number} unit @param {number} t
 */
export function placeOfState(network, unit, t) {
  const { directions, skips } = lastLayerOf(network);
  const hidden = lookup(network.layers[directions[0]].run.slots, "h").size;
  const layer = directions[Math.floor(unit / hidden)];
  return skips ? { name: SUM, unit, t, layer } : { name: "h", unit: unit % hidden, t, layer };
}

/**
 * Where a number that the readout reads is found.
 * @param {NetworkRun} network @param {number} unit @param {number} t
 */
export function placeOfRead(network, unit, t) {
  if (poolOf(network) === null) return placeOfState(network, unit, t);
  return { name: POOL, unit, t };
}

/**
 * @param {NetworkRun} network @param {number} unit @param {number} t
 * @returns {PoolReason}
 */
export function explainPool(network, unit, t) {
  const pool = poolOf(network);
  if (pool === null) throw new Error("nothing pools the states of this network");
  const { output, outputs } = pool.below;
  const weights = pool.weightsAt(t, unit).subarray(0, t + 1);
  const terms = Array.from(weights, (weight, s) => {
    const value = output[s * outputs + unit];
    const from = placeOfState(network, unit, s);
    return { label: String(s + 1), from, weight, value, product: weight * value };
  });
  const value = network.output[t * outputs + unit];
  return { kind: "pool", pool: pool.kind, name: POOL, unit, t, value, terms };
}

/**
 * The sum h + x of a layer that hands up what it reads.
 * @param {NetworkRun} network @param {number} unit @param {number} t
 * @returns {import("./arithmetic.js").OperationReason}
 */
export function explainSum(network, unit, t) {
  const { stage, directions } = lastLayerOf(network);
  const hidden = lookup(network.layers[directions[0]].run.slots, "h").size;
  const layer = directions[Math.floor(unit / hidden)];
  const { slots } = network.layers[layer].run;
  /** @param {string} name @param {number} k */
  const at = (name, k) => {
    const slot = slots.get(name);
    if (slot === undefined) throw new Error(`no value is called ${name}`);
    return slot.data[t * slot.stride + k];
  };
  return {
    kind: "operation",
    name: SUM,
    unit,
    t,
    op: "add",
    operands: [
      { kind: "value", name: "h", unit: unit % hidden, t, layer, value: at("h", unit % hidden) },
      { kind: "input", name: "x", unit, t, layer, value: at("x", unit) },
    ],
    value: stage.output[t * stage.outputs + unit],
  };
}

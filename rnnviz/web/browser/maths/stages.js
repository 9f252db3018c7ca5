/**
 * The stages that a network is made of, by the kind that the payload names them with. No DOM.
 *
 * A stage's arrays are made with it; `forward` and `backward` write into them, so that nothing is
 * allocated while something is dragged.
 *
 * @typedef {Object} Stage
 * @property {number} outputs  how many numbers it hands up at each step
 * @property {Float64Array} output  T x outputs
 * @property {Float64Array} dinput  T x inputs: dL/d(what it reads)
 * @property {(input: Float64Array, given: Given) => void} forward  T x inputs -> output
 * @property {(gradient: Float64Array, given: Given) => void} backward  dL/d(output) -> dinput
 * @property {number[]} [directions]  of a layer: their places among the network's layers
 * @property {Float64Array[]} [dh]  of a layer: dL/dh as it reaches each direction, T x hidden
 * @property {Record<string, Float64Array>} [parameters]  of another stage: dL/d(parameter)
 * @property {(t: number, unit: number) => Float64Array} [weightsAt]  of a pool: how much of each step
 *   there is in what it hands up of a unit at step t; T numbers, of which those after t are 0
 *
 * @typedef {{arrays: Map<string, Float64Array>, item: number,
 *   holds: Map<number, import("./engine.js").Hold[]>}} Given
 *   item: which sequence of the batch. holds: by layer.
 *
 * @typedef {{header: import("./header.js").NetworkHeader, T: number,
 *   layers: import("./network.js").LayerRun[]}} Around  what a stage knows of its network
 * @typedef {(around: Around, spec: import("./header.js").StageSpec, inputs: number) => Stage} Prepare
 */

import { attention } from "./attention.js";
import { layer } from "./layer.js";
import { maximum, mean } from "./pooling.js";
import { readout } from "./readout.js";

/** @type {Map<string, Prepare>} */
export const STAGES = new Map([
  ["layer", layer],
  ["mean", mean],
  ["maximum", maximum],
  ["attention", attention],
  ["readout", readout],
]);

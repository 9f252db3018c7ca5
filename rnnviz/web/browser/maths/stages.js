/**
 * The stages that a network is made of, by the kind that the payload names them with. No DOM.
 *
 * A stage's arrays live in what `prepare` gives; `forward` and `backward` write into them, so that
 * nothing is allocated while something is dragged.
 *
 * @typedef {Object} Prepared
 * @property {number} outputs  how many numbers it hands up at each step
 * @property {Float64Array} output  T x outputs
 * @property {Float64Array} dinput  T x inputs: dL/d(what it reads)
 * @typedef {{arrays: Map<string, Float64Array>, item: number,
 *   holds: Map<number, import("./engine.js").Hold[]>}} Given
 * @typedef {import("./network.js").NetworkRun} NetworkRun
 *
 * @typedef {Object} Stage
 * @property {(network: NetworkRun, spec: object, inputs: number) => Prepared} prepare
 * @property {(network: NetworkRun, stage: Prepared, input: Float64Array, given: Given) => void} forward
 * @property {(network: NetworkRun, stage: Prepared, gradient: Float64Array, given: Given) => void} backward
 */

import { layer } from "./layer.js";
import { readout } from "./readout.js";

/** @type {Map<string, Stage>} */
export const STAGES = new Map([
  ["layer", layer],
  ["readout", readout],
]);

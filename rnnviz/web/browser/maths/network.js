/**
 * The whole network for one sequence: all its stages, the loss, and the gradient back through all
 * of it. Reads the payload's header and arrays (payload.js). No DOM.
 */

import { pick, shapeOf } from "./arrays.js";
import { prepare as prepareRun } from "./engine.js";
import { lookup } from "./lookup.js";
import { LOSSES, softmax } from "./losses.js";
import { STAGES } from "./stages.js";

/** @typedef {import("./header.js").NetworkHeader} NetworkHeader */
/** @typedef {import("./header.js").LayerSpec} LayerSpec */
/** @typedef {import("./stages.js").Stage} Stage */
/** @typedef {import("./stages.js").Given} Given */

/**
 * @typedef {Object} LayerRun  one layer in one direction, in order of execution
 * @property {import("./engine.js").Run} run
 * @property {import("./engine.js").Gradients} gradients  the run's
 * @property {Map<string, Float64Array>} norms  h and every other state: |dL/dstate_t|, T numbers
 */
/**
 * @typedef {Object} NetworkRun
 * @property {NetworkHeader} header
 * @property {number} T
 * @property {Stage[]} body  the stages below the readout
 * @property {Stage|null} top  the readout
 * @property {Float64Array} x  T x inputs, as it was used
 * @property {Float64Array} targets  T x outputs, or T x features where nothing reads the output
 * @property {Float64Array} dx  dL/dx
 * @property {LayerRun[]} layers
 * @property {number} features  how many numbers the output has at each step
 * @property {number} outputs  how many the prediction has; 0 where there is none
 * @property {Float64Array} output  T x features: of a last layer h, both directions side by side
 * @property {Float64Array|null} prediction  T x outputs, before softmax
 * @property {Float64Array|null} probabilities  T x outputs, of a softmax readout
 * @property {number} loss  L
 * @property {Float64Array} shares  each time step's share of L
 * @property {Float64Array} doutput  dL/d(output), T x features
 * @property {Float64Array|null} dprediction  dL/d(prediction)
 * @property {Record<string, Float64Array>|null} readout  dL/dW (outputs x inputs), dL/db
 */

/**
 * @typedef {{item?: number, x?: Float64Array|null, holds?: Map<number, import("./engine.js").Hold[]>,
 *   into?: NetworkRun|null}} Options
 *   item: which sequence of the batch. x: T x inputs in place of that sequence's.
 *   holds: by index in header.layers. into: an earlier result for the same header, written over and
 *   returned, so that nothing is allocated while something is dragged.
 */

/**
 * Run the network forward and backward.
 * @param {NetworkHeader} header
 * @param {Map<string, Float64Array>} arrays  put an edited copy of an array in to run with it
 * @param {Options} options
 * @returns {NetworkRun}
 */
export function runNetwork(header, arrays, options = {}) {
  const network = runForward(header, arrays, options);
  const { item = header.item, holds = new Map() } = options;
  down(network, { arrays, item, holds });
  return network;
}

/**
 * Run the network forward, and judge it; the gradients are those of whatever was before.
 * @param {NetworkHeader} header @param {Map<string, Float64Array>} arrays
 * @param {Options} options
 * @returns {NetworkRun}
 */
export function runForward(header, arrays, options = {}) {
  const { item = header.item, x = null, holds = new Map(), into = null } = options;
  const network = into !== null && into.header === header ? into : prepare(header);
  const given = { arrays, item, holds };
  if (x === null) pick(header, arrays, "x", item, network.x);
  else network.x.set(x);
  up(network, given);
  judge(network, given);
  return network;
}

/** @param {NetworkHeader} header @returns {NetworkRun} */
function prepare(header) {
  const [T, , inputs] = shapeOf(header, "x");
  const layers = header.layers.map((spec) => prepareLayer(spec, T));
  /** @type {Stage[]} */
  const stages = [];
  let below = inputs;
  for (const spec of header.stages) {
    const stage = lookup(STAGES, spec.kind)({ header, T, layers }, spec, below);
    stages.push(stage);
    below = stage.outputs;
  }
  const [x, shares] = [new Float64Array(T * inputs), new Float64Array(T)];
  return { header, T, x, layers, loss: 0, shares, ...ends(header, T, stages) };
}

/**
 * What stands at the top: the output, and the readout's prediction of it.
 * @param {NetworkHeader} header @param {number} T @param {Stage[]} stages
 */
function ends(header, T, stages) {
  const top = header.readout ? stages[stages.length - 1] : null;
  const body = top ? stages.slice(0, -1) : stages;
  const { output, outputs: features } = body[body.length - 1];
  const outputs = top?.outputs ?? 0;
  const perStep = (/** @type {number} */ size) => new Float64Array(T * size);
  return {
    body,
    top,
    output,
    features,
    outputs,
    dx: body[0].dinput,
    doutput: perStep(features),
    prediction: top?.output ?? null,
    probabilities: header.readout?.kind === "softmax" ? perStep(outputs) : null,
    dprediction: top ? perStep(outputs) : null,
    readout: top?.parameters ?? null,
    targets: perStep(outputs || features),
  };
}

/** @param {LayerSpec} spec @param {number} T @returns {LayerRun} */
function prepareLayer(spec, T) {
  const run = prepareRun(spec, T);
  const states = new Set(["h", ...spec.cell.states]);
  const norms = new Map([...states].map((state) => [state, new Float64Array(T)]));
  return { run, gradients: run.gradients, norms };
}

/** @param {NetworkRun} network @param {Given} given */
function up({ body, top, x }, given) {
  let input = x;
  for (const stage of top ? [...body, top] : body) {
    stage.forward(input, given);
    input = stage.output;
  }
}

/** @param {NetworkRun} network @param {Given} given */
function judge(network, { arrays, item }) {
  const { header, shares, output, doutput, prediction, dprediction, targets } = network;
  const { kind, steps } = header.loss;
  doutput.fill(0);
  dprediction?.fill(0);
  const judged =
    kind === "sum" || !prediction || !dprediction
      ? { y: output, dy: doutput, size: network.features }
      : { y: prediction, dy: dprediction, size: network.outputs };
  if (kind !== "sum") pick(header, arrays, "targets", item, targets);
  lookup(LOSSES, kind)({ ...judged, targets, steps, shares: shares.fill(0) });
  network.loss = shares.reduce((sum, share) => sum + share, 0);
  if (prediction && network.probabilities)
    softmax(prediction, network.outputs, network.probabilities);
}

/**
 * L is of the output or of the prediction: what reaches the output comes from one of the two.
 * @param {NetworkRun} network @param {Given} given
 */
function down({ body, top, doutput, dprediction }, given) {
  if (top && dprediction) {
    top.backward(dprediction, given);
    for (let k = 0; k < doutput.length; k++) doutput[k] += top.dinput[k];
  }
  let gradient = doutput;
  for (const stage of [...body].reverse()) {
    stage.backward(gradient, given);
    gradient = stage.dinput;
  }
}

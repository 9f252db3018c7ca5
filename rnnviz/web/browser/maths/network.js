/**
 * The whole network for one sequence: all its stages, the loss, and the gradient back through all
 * of it. Reads the payload's header and arrays (payload.js). No DOM.
 */

import { pick, shapeOf } from "./arrays.js";
import { LOSSES, softmax } from "./losses.js";
import { STAGES } from "./stages.js";

/**
 * @typedef {Object} LayerRun  one layer in one direction, in order of execution
 * @property {import("./engine.js").Run} run
 * @property {import("./engine.js").Gradients} gradients
 * @property {Map<string, Float64Array>} norms  h and every other state: |dL/dstate_t|, T numbers
 */
/**
 * @typedef {Object} NetworkRun
 * @property {object} header
 * @property {number} T
 * @property {import("./stages.js").Prepared[]} body  the stages below the readout
 * @property {Float64Array} x  T x inputs, as it was used
 * @property {Float64Array} targets  T x outputs
 * @property {Float64Array} dx  dL/dx
 * @property {LayerRun[]} layers
 * @property {number} features  how many numbers the output has at each step
 * @property {Float64Array} output  T x features: of a last layer h, both directions side by side
 * @property {Float64Array|null} prediction  T x outputs, before softmax
 * @property {Float64Array|null} probabilities  T x outputs, of a softmax readout
 * @property {number} loss  L
 * @property {Float64Array} shares  each time step's share of L
 * @property {Float64Array} doutput  dL/d(output), T x features
 * @property {Float64Array|null} dprediction  dL/d(prediction)
 * @property {{W: Float64Array, b: Float64Array}|null} readout  dL/d(readout)
 */

/**
 * Run the network forward and backward.
 * @param {object} header
 * @param {Map<string, Float64Array>} arrays  put an edited copy of an array in to run with it
 * @param {{item?: number, x?: Float64Array|null, holds?: Map<number, import("./engine.js").Hold[]>,
 *   into?: NetworkRun|null}} options
 *   item: which sequence of the batch. x: T x inputs in place of that sequence's.
 *   holds: by index in header.layers. into: an earlier result for the same header, written over and
 *   returned, so that nothing is allocated while something is dragged.
 * @returns {NetworkRun}
 */
export function runNetwork(header, arrays, options = {}) {
  const { item = header.item, x = null, holds = new Map(), into = null } = options;
  const network = into !== null && into.header === header ? into : prepare(header);
  const given = { arrays, item, holds };
  if (x === null) pick(header, arrays, "x", item, network.x);
  else network.x.set(x);
  up(network, given);
  judge(network, given);
  down(network, given);
  return network;
}

function prepare(header) {
  const [T, , inputs] = shapeOf(header, "x");
  const perStep = (size) => (size ? new Float64Array(T * size) : null);
  const network = {
    header, T,
    x: perStep(inputs),
    layers: header.layers.map((spec) => ({ run: null, gradients: null, norms: normsFor(spec, T) })),
    stages: [],
    loss: 0,
    shares: new Float64Array(T),
  };
  let below = inputs;
  for (const spec of header.stages) {
    const rule = STAGES.get(spec.kind);
    const stage = { ...rule.prepare(network, spec, below), rule };
    network.stages.push(stage);
    below = stage.outputs;
  }
  return Object.assign(network, ends(network, perStep));
}

/** What stands at the top: the output, and the readout's prediction of it. */
function ends({ header, stages }, perStep) {
  const top = header.readout ? stages.at(-1) : null;
  const body = top ? stages.slice(0, -1) : stages;
  const { output, outputs: features } = body.at(-1);
  const outputs = top?.outputs ?? 0;
  return {
    body, output, features, outputs,
    dx: body[0].dinput,
    doutput: perStep(features),
    prediction: top?.output ?? null,
    probabilities: header.readout?.kind === "softmax" ? perStep(outputs) : null,
    dprediction: perStep(outputs),
    readout: top?.parameters ?? null,
    targets: perStep(outputs || features),
  };
}

function normsFor({ cell, hidden }, T) {
  return new Map([...new Set(["h", ...cell.states])].map((state) => [state, new Float64Array(T)]));
}

function up(network, given) {
  let input = network.x;
  for (const stage of network.stages) {
    stage.rule.forward(network, stage, input, given);
    input = stage.output;
  }
}

function judge(network, { arrays, item }) {
  const { header, shares, doutput, dprediction, features, outputs } = network;
  const { kind, steps } = header.loss;
  const ofOutput = kind === "sum" || !outputs;
  doutput.fill(0);
  dprediction?.fill(0);
  LOSSES.get(kind)({
    y: ofOutput ? network.output : network.prediction,
    targets: kind === "sum" ? null : pick(header, arrays, "targets", item, network.targets),
    steps,
    size: ofOutput ? features : outputs,
    shares: shares.fill(0),
    dy: ofOutput ? doutput : dprediction,
  });
  network.loss = shares.reduce((sum, share) => sum + share, 0);
  if (network.probabilities) softmax(network.prediction, outputs, network.probabilities);
}

/** L is of the output or of the prediction: what reaches the output comes from one of the two. */
function down(network, given) {
  const { stages, body, doutput, dprediction } = network;
  for (const top of stages.slice(body.length)) {
    top.rule.backward(network, top, dprediction, given);
    for (let k = 0; k < doutput.length; k++) doutput[k] += top.dinput[k];
  }
  let gradient = doutput;
  for (const stage of [...body].reverse()) {
    stage.rule.backward(network, stage, gradient, given);
    gradient = stage.dinput;
  }
}

/**
 * The whole network for one sequence: layers of cells, both directions, readout, loss, and the
 * gradient back through all of it. Reads the payload's header and arrays (payload.js). No DOM.
 */

import { backward, forward } from "./engine.js";
import { LOSSES, softmax } from "./losses.js";
import { readBack, readOut } from "./readout.js";

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
 * @property {Float64Array} x  T x inputs, as it was used
 * @property {Float64Array} targets  T x outputs
 * @property {Float64Array} dx  dL/dx
 * @property {LayerRun[]} layers
 * @property {Float64Array} output  T x features: the last layer's h, both directions side by side
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
  if (x === null) pick(header, arrays, "x", item, network.x);
  else network.x.set(x);
  runLayers(network, arrays, item, holds);
  readOut(network, arrays);
  judge(network, arrays, item);
  readBack(network, arrays);
  runBack(network);
  return network;
}

function prepare(header) {
  const [T] = shapeOf(header, "x");
  const floors = floorsOf(header);
  const features = floors.at(-1).features;
  const outputs = header.readout ? shapeOf(header, "readout.W")[0] : 0;
  const perStep = (size) => (size ? new Float64Array(T * size) : null);
  return {
    header, T, floors, features, outputs,
    x: perStep(header.layers[0].inputs),
    layers: header.layers.map((spec) => ({ run: null, gradients: null, norms: normsFor(spec, T) })),
    output: null,
    dx: null,
    prediction: perStep(outputs),
    probabilities: header.readout?.kind === "softmax" ? perStep(outputs) : null,
    targets: perStep(outputs || features),
    loss: 0,
    shares: new Float64Array(T),
    doutput: perStep(features),
    dprediction: perStep(outputs),
    readout: outputs ? gradientOfReadout(outputs, features) : null,
  };
}

function gradientOfReadout(outputs, features) {
  return { W: new Float64Array(outputs * features), b: new Float64Array(outputs) };
}

/** The layers from the bottom up; each has one or two directions, given by index in header.layers. */
function floorsOf(header) {
  const T = shapeOf(header, "x")[0];
  const numbers = [...new Set(header.layers.map((spec) => spec.layer))];
  return numbers.map((number) => {
    const isOfIt = (index) => header.layers[index].layer === number;
    const directions = [...header.layers.keys()].filter(isOfIt);
    const { hidden, inputs } = header.layers[directions[0]];
    const features = hidden * directions.length;
    const dh = directions.map(() => new Float64Array(T * hidden));
    const [output, dinput] = [features, inputs].map((size) => new Float64Array(T * size));
    return { directions, features, output, dh, dinput };
  });
}

function normsFor({ cell, hidden }, T) {
  return new Map([...new Set(["h", ...cell.states])].map((state) => [state, new Float64Array(T)]));
}

function runLayers(network, arrays, item, holds) {
  let input = network.x;
  for (const floor of network.floors) {
    floor.directions.forEach((index, place) => {
      const layer = network.layers[index];
      layer.run = runLayer(network, index, arrays, { input, item, holds: holds.get(index) ?? [] });
      lay(layer.run.values.get("h"), floor.output, floor.features, place);
    });
    input = floor.output;
  }
  network.output = input;
}

function runLayer({ header, T, layers }, index, arrays, { input, item, holds }) {
  const spec = header.layers[index];
  const params = new Map();
  for (const name of spec.cell.parameters.keys()) params.set(name, arrays.get(`${index}.${name}`));
  const initial = new Map();
  for (const state of spec.cell.states) {
    const name = `${index}.initial.${state}`;
    if (arrays.has(name)) initial.set(state, pickInitial(header, arrays, name, item));
  }
  return forward(spec, params, input, { steps: T, initial, holds, into: layers[index].run });
}

/** Lay a direction's columns at its place among the layer's features. */
function lay(h, output, features, place) {
  const hidden = h.length / (output.length / features);
  for (let row = 0, from = 0; from < h.length; row++) {
    const to = row * features + place * hidden;
    for (let k = 0; k < hidden; k++) output[to + k] = h[from++];
  }
}

function judge(network, arrays, item) {
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

function runBack(network) {
  let gradient = network.doutput;
  for (const floor of [...network.floors].reverse()) {
    floor.dinput.fill(0);
    floor.directions.forEach((index, place) => {
      const layer = network.layers[index];
      const dh = floor.dh[place];
      take(gradient, dh, floor.features, place);
      layer.gradients = backward(layer.run, dh);
      for (let k = 0; k < floor.dinput.length; k++) floor.dinput[k] += layer.gradients.x[k];
      for (const [state, norms] of layer.norms) rowNorms(layer.gradients.values.get(state), norms);
    });
    gradient = floor.dinput;
  }
  network.dx = gradient;
}

/** The inverse of `lay`. */
function take(gradient, dh, features, place) {
  const hidden = dh.length / (gradient.length / features);
  for (let row = 0, to = 0; to < dh.length; row++) {
    const from = row * features + place * hidden;
    for (let k = 0; k < hidden; k++) dh[to++] = gradient[from + k];
  }
}

/** Euclidean norm of each time step, scaled first: a vanishing gradient must not vanish by squaring. */
export function rowNorms(values, into) {
  const size = values.length / into.length;
  for (let t = 0; t < into.length; t++) {
    const start = t * size, end = start + size;
    let largest = 0, sum = 0;
    for (let k = start; k < end; k++) largest = Math.max(largest, Math.abs(values[k]));
    for (let k = start; k < end; k++) sum += (values[k] / largest) ** 2;
    into[t] = largest === 0 || largest === Infinity ? largest : largest * Math.sqrt(sum);
  }
}

/** @param {object} header @param {string} name @returns {number[]} */
export function shapeOf(header, name) {
  return header.arrays.find((array) => array.name === name).shape;
}

/** One sequence of a (time, batch, size) array, as time x size, written to `into`. */
export function pick(header, arrays, name, item, into) {
  const [T, batch, size] = shapeOf(header, name);
  const all = arrays.get(name);
  for (let t = 0; t < T; t++) {
    const start = (t * batch + item) * size;
    for (let k = 0; k < size; k++) into[t * size + k] = all[start + k];
  }
  return into;
}

/** The initial state is (hidden) for all sequences or (batch, hidden). */
function pickInitial(header, arrays, name, item) {
  const shape = shapeOf(header, name);
  const start = shape.length === 1 ? 0 : item * shape.at(-1);
  return arrays.get(name).subarray(start, start + shape.at(-1));
}

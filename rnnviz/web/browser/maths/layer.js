/** The recurrent stage: a cell over the sequence in one direction or both, and the way back. */

import { shapeOf } from "./arrays.js";
import { backward, forward, sizeOf } from "./engine.js";
import { lookup } from "./lookup.js";
import { rowNorms } from "./norms.js";

/** @typedef {import("./engine.js").Arrays} Arrays */
/** @typedef {import("./stages.js").Around} Around */

/** @type {import("./stages.js").Prepare} */
export function layer(network, spec, inputs) {
  if (spec.kind !== "layer") throw new Error(`the stage ${spec.kind} is not a layer`);
  const { T, header, layers } = network;
  const { directions, skip } = spec;
  const first = header.layers[directions[0]];
  const hidden = sizeOf(first, lookup(first.cell.sizes, "h"));
  const outputs = hidden * directions.length;
  const output = new Float64Array(T * outputs);
  const dinput = new Float64Array(T * inputs);
  const dh = directions.map(() => new Float64Array(T * hidden));
  return {
    directions,
    outputs,
    output,
    dinput,
    dh,

    forward(input, given) {
      directions.forEach((index, place) => {
        runDirection(network, index, input, given);
        lay(lookup(layers[index].run.values, "h"), output, outputs, place);
      });
      if (skip) for (let k = 0; k < output.length; k++) output[k] += input[k];
    },

    backward(gradient) {
      if (skip) dinput.set(gradient);
      else dinput.fill(0);
      directions.forEach((index, place) => {
        const { run, norms } = layers[index];
        take(gradient, dh[place], outputs, place);
        const { x, values } = backward(run, dh[place]);
        for (let k = 0; k < dinput.length; k++) dinput[k] += x[k];
        for (const [state, into] of norms) rowNorms(lookup(values, state), into);
      });
    },
  };
}

/**
 * @param {Around} network @param {number} index @param {Float64Array} input
 * @param {import("./stages.js").Given} given
 */
function runDirection({ header, T, layers }, index, input, { arrays, item, holds }) {
  const spec = header.layers[index];
  /** @type {Arrays[]} */
  const [params, initial] = [new Map(), new Map()];
  for (const name of spec.cell.parameters.keys()) {
    const numbers = arrays.get(`${index}.${name}`);
    if (numbers) params.set(name, numbers); // the engine says which one is missing
  }
  for (const state of spec.cell.states) {
    const name = `${index}.initial.${state}`;
    const numbers = arrays.get(name);
    if (numbers) initial.set(state, ofItem(numbers, shapeOf(header, name), item));
  }
  const held = holds.get(index) ?? [];
  forward(spec, params, input, { steps: T, initial, holds: held, into: layers[index].run });
}

/**
 * The initial state is (hidden) for all sequences or (batch, hidden).
 * @param {Float64Array} numbers @param {number[]} shape @param {number} item
 */
function ofItem(numbers, shape, item) {
  const hidden = shape[shape.length - 1];
  const start = shape.length === 1 ? 0 : item * hidden;
  return numbers.subarray(start, start + hidden);
}

/**
 * Lay a direction's columns at its place among what the layer hands up.
 * @param {Float64Array} h @param {Float64Array} output @param {number} outputs
 * @param {number} place
 */
export function lay(h, output, outputs, place) {
  const hidden = h.length / (output.length / outputs);
  for (let row = 0, from = 0; from < h.length; row++) {
    const to = row * outputs + place * hidden;
    for (let k = 0; k < hidden; k++) output[to + k] = h[from++];
  }
}

/**
 * The inverse of `lay`.
 * @param {Float64Array} gradient @param {Float64Array} dh @param {number} outputs
 * @param {number} place
 */
export function take(gradient, dh, outputs, place) {
  const hidden = dh.length / (gradient.length / outputs);
  for (let row = 0, to = 0; to < dh.length; row++) {
    const from = row * outputs + place * hidden;
    for (let k = 0; k < hidden; k++) dh[to++] = gradient[from + k];
  }
}

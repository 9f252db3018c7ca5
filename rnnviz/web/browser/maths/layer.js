/** The recurrent stage: a cell over the sequence in one direction or both, and the way back. */

import { shapeOf } from "./arrays.js";
import { backward, forward } from "./engine.js";
import { rowNorms } from "./norms.js";

/** @type {import("./stages.js").Stage} */
export const layer = {
  prepare(network, { directions }) {
    const { T, header } = network;
    const { hidden, inputs } = header.layers[directions[0]];
    const outputs = hidden * directions.length;
    return {
      directions,
      outputs,
      output: new Float64Array(T * outputs),
      dinput: new Float64Array(T * inputs),
      dh: directions.map(() => new Float64Array(T * hidden)),
    };
  },

  forward(network, stage, input, given) {
    stage.directions.forEach((index, place) => {
      const done = runDirection(network, index, input, given);
      network.layers[index].run = done;
      lay(done.values.get("h"), stage.output, stage.outputs, place);
    });
  },

  backward(network, stage, gradient) {
    stage.dinput.fill(0);
    stage.directions.forEach((index, place) => {
      const direction = network.layers[index];
      const dh = stage.dh[place];
      take(gradient, dh, stage.outputs, place);
      direction.gradients = backward(direction.run, dh);
      for (let k = 0; k < stage.dinput.length; k++) stage.dinput[k] += direction.gradients.x[k];
      for (const [state, norms] of direction.norms)
        rowNorms(direction.gradients.values.get(state), norms);
    });
  },
};

function runDirection({ header, T, layers }, index, input, { arrays, item, holds }) {
  const spec = header.layers[index];
  const params = new Map();
  for (const name of spec.cell.parameters.keys()) params.set(name, arrays.get(`${index}.${name}`));
  const initial = new Map();
  for (const state of spec.cell.states) {
    const name = `${index}.initial.${state}`;
    if (arrays.has(name)) initial.set(state, pickInitial(header, arrays, name, item));
  }
  const held = holds.get(index) ?? [];
  return forward(spec, params, input, { steps: T, initial, holds: held, into: layers[index].run });
}

/** The initial state is (hidden) for all sequences or (batch, hidden). */
function pickInitial(header, arrays, name, item) {
  const shape = shapeOf(header, name);
  const start = shape.length === 1 ? 0 : item * shape.at(-1);
  return arrays.get(name).subarray(start, start + shape.at(-1));
}

/** Lay a direction's columns at its place among what the layer hands up. */
function lay(h, output, outputs, place) {
  const hidden = h.length / (output.length / outputs);
  for (let row = 0, from = 0; from < h.length; row++) {
    const to = row * outputs + place * hidden;
    for (let k = 0; k < hidden; k++) output[to + k] = h[from++];
  }
}

/** The inverse of `lay`. */
function take(gradient, dh, outputs, place) {
  const hidden = dh.length / (gradient.length / outputs);
  for (let row = 0, to = 0; to < dh.length; row++) {
    const from = row * outputs + place * hidden;
    for (let k = 0; k < hidden; k++) dh[to++] = gradient[from + k];
  }
}

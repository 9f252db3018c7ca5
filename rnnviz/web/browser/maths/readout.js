/** The readout, y = W x + b at every time step, and the gradient back through it. */

import { shapeOf } from "./arrays.js";

/** @type {import("./stages.js").Stage} */
export const readout = {
  prepare({ T, header }) {
    const [outputs, inputs] = shapeOf(header, "readout.W");
    return {
      outputs,
      output: new Float64Array(T * outputs),
      dinput: new Float64Array(T * inputs),
      parameters: { W: new Float64Array(outputs * inputs), b: new Float64Array(outputs) },
      input: null,
    };
  },

  forward({ T }, stage, input, { arrays }) {
    const W = arrays.get("readout.W"), b = arrays.get("readout.b");
    const inputs = input.length / T;
    for (let t = 0; t < T; t++) {
      for (let row = 0; row < stage.outputs; row++) {
        let sum = 0;
        for (let k = 0; k < inputs; k++) sum += W[row * inputs + k] * input[t * inputs + k];
        stage.output[t * stage.outputs + row] = sum + b[row];
      }
    }
    stage.input = input;
  },

  backward({ T }, stage, gradient, { arrays }) {
    const W = arrays.get("readout.W");
    const { outputs, input, dinput, parameters } = stage;
    const inputs = input.length / T;
    for (const into of [parameters.W, parameters.b, dinput]) into.fill(0);
    for (let t = 0; t < T; t++) {
      for (let row = 0; row < outputs; row++) {
        const g = gradient[t * outputs + row];
        if (g === 0) continue;
        parameters.b[row] += g;
        for (let k = 0; k < inputs; k++) {
          parameters.W[row * inputs + k] += g * input[t * inputs + k];
          dinput[t * inputs + k] += g * W[row * inputs + k];
        }
      }
    }
  },
};

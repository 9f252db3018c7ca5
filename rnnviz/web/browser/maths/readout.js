/** The readout, y = W x + b at every time step, and the gradient back through it. */

import { shapeOf } from "./arrays.js";
import { lookup } from "./lookup.js";

/** @type {import("./stages.js").Prepare} */
export function readout({ T, header }) {
  const [outputs, inputs] = shapeOf(header, "readout.W");
  const output = new Float64Array(T * outputs);
  const x = new Float64Array(T * inputs),
    dx = new Float64Array(T * inputs);
  const dW = new Float64Array(outputs * inputs),
    db = new Float64Array(outputs);
  return {
    outputs,
    output,
    dinput: dx,
    parameters: { W: dW, b: db },

    forward(input, { arrays }) {
      const W = lookup(arrays, "readout.W"),
        b = lookup(arrays, "readout.b");
      x.set(input);
      for (let t = 0; t < T; t++) {
        for (let row = 0; row < outputs; row++) {
          let sum = 0;
          for (let k = 0; k < inputs; k++) sum += W[row * inputs + k] * x[t * inputs + k];
          output[t * outputs + row] = sum + b[row];
        }
      }
    },

    backward(gradient, { arrays }) {
      const W = lookup(arrays, "readout.W");
      for (const into of [dW, db, dx]) into.fill(0);
      for (let t = 0; t < T; t++) {
        for (let row = 0; row < outputs; row++) {
          const g = gradient[t * outputs + row];
          if (g === 0) continue;
          db[row] += g;
          for (let k = 0; k < inputs; k++) {
            dW[row * inputs + k] += g * x[t * inputs + k];
            dx[t * inputs + k] += g * W[row * inputs + k];
          }
        }
      }
    },
  };
}

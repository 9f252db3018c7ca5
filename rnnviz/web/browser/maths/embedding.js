/** The embedding: the row of W that a token's number names, and the gradient to those rows. */

import { shapeOf } from "./arrays.js";
import { lookup } from "./lookup.js";

/** @type {import("./stages.js").Prepare} */
export function embedding({ T, header }) {
  const [tokens, size] = shapeOf(header, "embedding.W");
  const output = new Float64Array(T * size);
  const dinput = new Float64Array(T); // stays 0: a token's number is a name and no quantity
  const dW = new Float64Array(tokens * size);
  /** @type {Float64Array} */
  let codes = new Float64Array(T);
  return {
    outputs: size,
    output,
    dinput,
    parameters: { W: dW },

    forward(input, { arrays }) {
      const W = lookup(arrays, "embedding.W");
      codes = input;
      codes.forEach((code, t) => {
        output.set(W.subarray(code * size, (code + 1) * size), t * size);
      });
    },

    backward(gradient) {
      dW.fill(0);
      codes.forEach((code, t) => {
        for (let k = 0; k < size; k++) dW[code * size + k] += gradient[t * size + k];
      });
    },
  };
}

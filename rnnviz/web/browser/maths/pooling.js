/**
 * Pools: at each step one vector for all that stood below it so far (rnnviz/network/pooling.py).
 */

/** The mean of the steps so far. @type {import("./stages.js").Prepare} */
export function mean({ T }, spec, inputs) {
  const output = new Float64Array(T * inputs);
  const dinput = new Float64Array(T * inputs);
  return {
    outputs: inputs,
    output,
    dinput,
    weightsAt: (t) => Float64Array.from({ length: T }, (_, s) => (s <= t ? 1 / (t + 1) : 0)),
    forward(input) {
      for (let k = 0; k < inputs; k++) {
        let sum = 0;
        for (let t = 0; t < T; t++) {
          sum += input[t * inputs + k];
          output[t * inputs + k] = sum / (t + 1);
        }
      }
    },
    backward(gradient) {
      for (let k = 0; k < inputs; k++) {
        let sum = 0;
        for (let t = T - 1; t >= 0; t--) {
          sum += gradient[t * inputs + k] / (t + 1);
          dinput[t * inputs + k] = sum;
        }
      }
    },
  };
}

/** Of each number the largest so far, the first of equal ones. @type {import("./stages.js").Prepare} */
export function maximum({ T }, spec, inputs) {
  const output = new Float64Array(T * inputs);
  const dinput = new Float64Array(T * inputs);
  const chosen = new Int32Array(T * inputs); // the step that each number came from
  return {
    outputs: inputs,
    output,
    dinput,
    weightsAt: (t, unit) =>
      Float64Array.from({ length: T }, (_, s) => (s === chosen[t * inputs + unit] ? 1 : 0)),
    forward(input) {
      for (let k = 0; k < inputs; k++) {
        let best = 0;
        for (let t = 0; t < T; t++) {
          if (!(input[t * inputs + k] <= input[best * inputs + k])) best = t;
          chosen[t * inputs + k] = best;
          output[t * inputs + k] = input[best * inputs + k];
        }
      }
    },
    backward(gradient) {
      dinput.fill(0);
      for (let at = 0; at < gradient.length; at++)
        dinput[chosen[at] * inputs + (at % inputs)] += gradient[at];
    },
  };
}

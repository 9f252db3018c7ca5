/**
 * Attention over the steps so far, additive with one query; formulas and names are those of
 * rnnviz/network/attention.py, where it is said why nothing overflows.
 */

import { shapeOf } from "./arrays.js";
import { lookup } from "./lookup.js";

/** @typedef {import("./stages.js").Prepare} Prepare */
/** @typedef {import("./stages.js").Given} Given */

/** @type {Prepare} */
export function attention({ T, header }, spec, inputs) {
  const [units] = shapeOf(header, "attention.W");
  return attentionOf({ T, units, inputs });
}

/** @param {{T: number, units: number, inputs: number}} sizes */
export function attentionOf({ T, units, inputs }) {
  const perStep = (/** @type {number} */ size) => new Float64Array(T * size);
  const [output, dinput, x] = [perStep(inputs), perStep(inputs), perStep(inputs)];
  const [hidden, scores, totals] = [perStep(units), perStep(1), perStep(1)];
  const parameters = {
    W: new Float64Array(units * inputs),
    b: new Float64Array(units),
    v: new Float64Array(units),
  };
  const later = new Float64Array(inputs);
  return {
    outputs: inputs,
    output,
    dinput,
    parameters,
    /** @param {number} t */
    weightsAt: (t) => scores.map((score, s) => (s <= t ? Math.exp(score - totals[t]) : 0)),

    /** @param {Float64Array} input @param {Pick<Given, "arrays">} given */
    forward(input, { arrays }) {
      x.set(input);
      score({ x, hidden, scores }, arrays, units, inputs);
      for (let t = 0; t < T; t++) {
        totals[t] = t === 0 ? scores[0] : logAddExp(totals[t - 1], scores[t]);
        const own = Math.exp(scores[t] - totals[t]);
        const kept = t === 0 ? 0 : Math.exp(totals[t - 1] - totals[t]);
        for (let k = t * inputs; k < (t + 1) * inputs; k++)
          output[k] = own * x[k] + (t === 0 ? 0 : kept * output[k - inputs]);
      }
    },

    /** @param {Float64Array} gradient @param {Pick<Given, "arrays">} given */
    backward(gradient, { arrays }) {
      for (const into of [later, ...Object.values(parameters)]) into.fill(0);
      let means = 0;
      for (let t = T - 1; t >= 0; t--) {
        const own = Math.exp(scores[t] - totals[t]);
        const kept = t === T - 1 ? 0 : Math.exp(totals[t] - totals[t + 1]);
        means *= kept;
        let moved = 0;
        for (let k = 0; k < inputs; k++) {
          const at = t * inputs + k;
          later[k] = gradient[at] + kept * later[k];
          means += gradient[at] * output[at];
          moved += later[k] * x[at];
          dinput[at] = own * later[k];
        }
        const dscore = own * (moved - means);
        pull(dscore, t, { x, hidden, dinput, parameters }, arrays, inputs);
      }
    },
  };
}

/**
 * v · tanh(W h_t + b) of every step.
 * @param {{x: Float64Array, hidden: Float64Array, scores: Float64Array}} run
 * @param {Map<string, Float64Array>} arrays @param {number} units @param {number} inputs
 */
function score({ x, hidden, scores }, arrays, units, inputs) {
  const [W, b, v] = ["W", "b", "v"].map((name) => lookup(arrays, `attention.${name}`));
  for (let t = 0; t < scores.length; t++) {
    let found = 0;
    for (let row = 0; row < units; row++) {
      let sum = 0;
      for (let k = 0; k < inputs; k++) sum += W[row * inputs + k] * x[t * inputs + k];
      const value = Math.tanh(sum + b[row]);
      hidden[t * units + row] = value;
      found += value * v[row];
    }
    scores[t] = found;
  }
}

/**
 * What dL/d(score_t) adds to dL/dh_t and to the parameters' gradients.
 * @param {number} dscore @param {number} t
 * @param {{x: Float64Array, hidden: Float64Array, dinput: Float64Array,
 *   parameters: {W: Float64Array, b: Float64Array, v: Float64Array}}} run
 * @param {Map<string, Float64Array>} arrays @param {number} inputs
 */
function pull(dscore, t, { x, hidden, dinput, parameters }, arrays, inputs) {
  if (dscore === 0) return;
  const [W, v] = ["W", "v"].map((name) => lookup(arrays, `attention.${name}`));
  v.forEach((weight, row) => {
    const value = hidden[t * v.length + row];
    const inner = dscore * weight * (1 - value * value);
    parameters.v[row] += dscore * value;
    parameters.b[row] += inner;
    for (let k = 0; k < inputs; k++) {
      parameters.W[row * inputs + k] += inner * x[t * inputs + k];
      dinput[t * inputs + k] += inner * W[row * inputs + k];
    }
  });
}

/** log(exp(a) + exp(b)) @param {number} a @param {number} b */
function logAddExp(a, b) {
  const [high, low] = a > b ? [a, b] : [b, a];
  return high === low ? high + Math.LN2 : high + Math.log1p(Math.exp(low - high));
}

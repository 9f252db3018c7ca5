/** How a gradient becomes a step: as PyTorch's optimizers do it, and clipping before. No DOM. */

import { lookup } from "../lookup.js";

/** @typedef {import("./header.js").RunKnobs} RunKnobs */
/**
 * What an optimizer remembers, by PyTorch's names: "step", "momentum_buffer", "square_avg", "exp_avg",
 * "exp_avg_sq"; empty before the first step.
 * @typedef {Map<string, Float64Array>} Remembered
 */
/**
 * Moves `values` by their `gradient`, at a learning rate; what is remembered changes with it.
 * @typedef {(values: Float64Array, gradient: Float64Array, remembered: Remembered, rate: number,
 *   knobs: RunKnobs) => void} Optimizer
 */

/** @type {Map<RunKnobs["optimizer"], Optimizer>} */
export const OPTIMIZERS = new Map([
  ["sgd", (values, gradient, _, rate, knobs) => descend(values, gradient, rate, knobs)],
  ["momentum", momentum],
  ["rmsprop", rmsprop],
  ["adam", adam],
  ["adamw", adamw],
]);

/** Which part of the learning rate is left when this share of the updates is done. */
export const SCHEDULES = new Map(
  /** @type {Array<[RunKnobs["schedule"], (done: number) => number]>} */ ([
    ["constant", () => 1],
    ["linear", (done) => 1 - done],
    ["cosine", (done) => (1 + Math.cos(Math.PI * done)) / 2],
    ["step", (done) => 0.1 ** Math.floor(3 * done)],
  ]),
);

/** @param {Float64Array} numbers */
export function normOf(numbers) {
  let sum = 0;
  for (let k = 0; k < numbers.length; k++) sum += numbers[k] * numbers[k];
  return Math.sqrt(sum);
}

/**
 * Shorten a gradient that is too long, or cut its entries.
 * @param {Float64Array} gradient  changed in place @param {number} norm  its own @param {RunKnobs} knobs
 * @returns {boolean} whether anything was clipped
 */
export function clip(gradient, norm, { clip_norm: longest, clip_value: largest }) {
  if (longest !== null) {
    const factor = Math.min(longest / (norm + 1e-6), 1);
    for (let k = 0; k < gradient.length; k++) gradient[k] *= factor;
    return norm > longest;
  }
  if (largest === null) return false;
  let wasClipped = false;
  for (let k = 0; k < gradient.length; k++) {
    wasClipped ||= Math.abs(gradient[k]) > largest;
    gradient[k] = Math.min(Math.max(gradient[k], -largest), largest);
  }
  return wasClipped;
}

/**
 * @param {Float64Array} values @param {Float64Array} gradient @param {number} rate
 * @param {RunKnobs} knobs
 */
function descend(values, gradient, rate, { weight_decay: decay }) {
  for (let k = 0; k < values.length; k++) values[k] -= rate * (gradient[k] + decay * values[k]);
}

/** @type {Optimizer} */
function momentum(values, gradient, remembered, rate, knobs) {
  const { momentum: kept, weight_decay: decay } = knobs;
  if (kept === 0) return descend(values, gradient, rate, knobs);
  const [buffer] = begin(remembered, values.length, ["momentum_buffer"]);
  for (let k = 0; k < values.length; k++) {
    const g = gradient[k] + decay * values[k];
    buffer[k] = kept * buffer[k] + g;
    values[k] -= rate * buffer[k];
  }
}

/** @type {Optimizer} */
function rmsprop(values, gradient, remembered, rate, knobs) {
  const { rms_decay: kept, epsilon, weight_decay: decay } = knobs;
  const [step, squares] = begin(remembered, values.length, ["step", "square_avg"]);
  step[0] += 1;
  for (let k = 0; k < values.length; k++) {
    const g = gradient[k] + decay * values[k];
    squares[k] = kept * squares[k] + (1 - kept) * g * g;
    values[k] -= (rate * g) / (Math.sqrt(squares[k]) + epsilon);
  }
}

/** @type {Optimizer} */
function adam(values, gradient, remembered, rate, knobs) {
  const { beta_1, beta_2, epsilon, weight_decay: decay } = knobs;
  const [step, means, squares] = begin(remembered, values.length, [
    "step",
    "exp_avg",
    "exp_avg_sq",
  ]);
  const count = (step[0] += 1);
  const size = rate / (1 - beta_1 ** count),
    root = Math.sqrt(1 - beta_2 ** count);
  for (let k = 0; k < values.length; k++) {
    const g = gradient[k] + decay * values[k];
    means[k] += (1 - beta_1) * (g - means[k]);
    squares[k] = beta_2 * squares[k] + (1 - beta_2) * g * g;
    values[k] -= (size * means[k]) / (Math.sqrt(squares[k]) / root + epsilon);
  }
}

/** Weights are pulled to zero apart from the gradient. @type {Optimizer} */
function adamw(values, gradient, remembered, rate, knobs) {
  const left = 1 - rate * knobs.weight_decay;
  for (let k = 0; k < values.length; k++) values[k] *= left;
  adam(values, gradient, remembered, rate, { ...knobs, weight_decay: 0 });
}

/**
 * What is remembered under these names; zeros before the first step.
 * @param {Remembered} remembered @param {number} size @param {string[]} names
 */
function begin(remembered, size, names) {
  for (const name of names)
    if (!remembered.has(name)) remembered.set(name, new Float64Array(name === "step" ? 1 : size));
  return names.map((name) => lookup(remembered, name));
}

/** Dropout, drawn as Python draws it (rnnviz/network/dropout.py). No DOM. */

import { lookup } from "../lookup.js";

/** @typedef {import("./generator.js").Generator} Generator */

/** Of what is read a share is left out, where a pass has a generator. @type {import("./stages.js").Prepare} */
export function dropout({ extent: { steps, batch } }, _, inputs) {
  const size = steps * batch * inputs;
  const [output, dinput, factors] = [size, size, size].map((length) => new Float64Array(length));
  return {
    outputs: inputs,
    output,
    dinput,
    forward(input, { generator, dropout: share }) {
      if (generator && share > 0) leaveOut(generator, share, factors);
      else factors.fill(1);
      for (let k = 0; k < size; k++) output[k] = input[k] * factors[k];
    },
    backward(gradient) {
      for (let k = 0; k < size; k++) dinput[k] = gradient[k] * factors[k];
    },
  };
}

/**
 * What is left of each recurrent matrix: a factor for each entry, by full name.
 * @param {import("./header.js").TrainedLayer[]} layers @param {number} share
 * @param {Generator} generator
 */
export function recurrentFactors(layers, share, generator) {
  /** @type {Map<string, Float64Array>} */
  const found = new Map();
  for (const { cell, prefix, hidden } of layers)
    for (const [name, shape] of cell.parameters)
      if (shape.join() === "hidden,hidden")
        found.set(prefix + name, leaveOut(generator, share, new Float64Array(hidden * hidden)));
  return found;
}

/**
 * The parameters as these factors leave them.
 * @param {Map<string, Float64Array>} parameters @param {Map<string, Float64Array>} factors
 */
export function thinned(parameters, factors) {
  const found = new Map(parameters);
  for (const [name, left] of factors)
    found.set(
      name,
      lookup(parameters, name).map((number, k) => number * left[k]),
    );
  return found;
}

/**
 * Zeros for the share that is left out; the rest is scaled up, so that the mean stays.
 * @param {Generator} generator @param {number} share @param {Float64Array} into
 */
function leaveOut(generator, share, into) {
  for (let k = 0; k < into.length; k++) into[k] = generator.random() >= share ? 1 / (1 - share) : 0;
  return into;
}

/** Weights at random from a seed: the same seed draws the same. No DOM. */

import { createGenerator } from "../maths/training/generator.js";

const INCREMENT = "5851f42d4c957f2d14057b7ef767814f"; // odd: any does

/**
 * Uniform between ±1/√units, as PyTorch begins, in hundredths, so that each can be read as it is.
 * @param {number} seed
 * @param {Array<{array: string, size: number}>} arrays @param {number} units
 * @returns {Map<string, Float64Array>}
 */
export function drawnWeights(seed, arrays, units) {
  const { random } = createGenerator({ state: seed.toString(16), increment: INCREMENT });
  const bound = 1 / Math.sqrt(units);
  const one = () => Math.round(100 * bound * (2 * random() - 1)) / 100;
  return new Map(
    arrays.map(({ array, size }) => [array, Float64Array.from({ length: size }, one)]),
  );
}

/** All parameters in one array, each a view of it by its full name: what the optimizer steps on. */

import { lookup } from "../lookup.js";

/** @typedef {import("../header.js").ArraySpec} ArraySpec */
/** @typedef {ReturnType<typeof flat>} Flat */

/**
 * values and gradients, one entry for each of a parameter; `named` and `pulled` are views.
 * @param {ArraySpec[]} arrays @param {ReadonlyMap<string, Float64Array>} parameters
 */
export function flat(arrays, parameters) {
  const total = arrays.reduce((sum, { name }) => sum + lookup(parameters, name).length, 0);
  const values = new Float64Array(total),
    gradients = new Float64Array(total);
  /** @type {Map<string, Float64Array>[]} */
  const [named, pulled] = [new Map(), new Map()];
  let from = 0;
  for (const { name } of arrays) {
    const numbers = lookup(parameters, name);
    const to = from + numbers.length;
    values.set(numbers, from);
    named.set(name, values.subarray(from, to));
    pulled.set(name, gradients.subarray(from, to));
    from = to;
  }
  return { values, gradients, named, pulled };
}

/** Where a payload's arrays have what. */

import { lookup } from "./lookup.js";

/** @param {{arrays: import("./header.js").ArraySpec[]}} header @param {string} name */
export function shapeOf(header, name) {
  const array = header.arrays.find((one) => one.name === name);
  if (array === undefined) throw new Error(`there is no array ${name}`);
  return array.shape;
}

/**
 * One sequence of a (time, batch, size) array, as time x size, written to `into`.
 * @param {{arrays: import("./header.js").ArraySpec[]}} header
 * @param {Map<string, Float64Array>} arrays
 * @param {string} name @param {number} item @param {Float64Array} into
 */
export function pick(header, arrays, name, item, into) {
  const [T, batch, size] = shapeOf(header, name);
  const all = lookup(arrays, name);
  for (let t = 0; t < T; t++) {
    const start = (t * batch + item) * size;
    for (let k = 0; k < size; k++) into[t * size + k] = all[start + k];
  }
  return into;
}

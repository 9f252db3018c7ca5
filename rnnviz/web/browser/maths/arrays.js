/** Where a payload's arrays have what. */

/** @param {object} header @param {string} name @returns {number[]} */
export function shapeOf(header, name) {
  return header.arrays.find((array) => array.name === name).shape;
}

/** One sequence of a (time, batch, size) array, as time x size, written to `into`. */
export function pick(header, arrays, name, item, into) {
  const [T, batch, size] = shapeOf(header, name);
  const all = arrays.get(name);
  for (let t = 0; t < T; t++) {
    const start = (t * batch + item) * size;
    for (let k = 0; k < size; k++) into[t * size + k] = all[start + k];
  }
  return into;
}

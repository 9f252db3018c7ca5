/** Lengths of vectors over time. */

/**
 * Euclidean norm of each time step, scaled first: a vanishing gradient must not vanish by squaring.
 * @param {Float64Array} values  T x size @param {Float64Array} into  T numbers
 */
export function rowNorms(values, into) {
  const size = values.length / into.length;
  for (let t = 0; t < into.length; t++) {
    const start = t * size,
      end = start + size;
    let largest = 0,
      sum = 0;
    for (let k = start; k < end; k++) largest = Math.max(largest, Math.abs(values[k]));
    for (let k = start; k < end; k++) sum += (values[k] / largest) ** 2;
    into[t] = largest === 0 || largest === Infinity ? largest : largest * Math.sqrt(sum);
  }
}

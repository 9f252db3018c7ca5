/**
 * Singular values by one-sided Jacobi rotations (Hestenes 1958), and running products of matrices
 * that would over- or underflow. No DOM.
 */

const TOLERANCE = 1e-15;
const SWEEPS = 60;

/**
 * @param {Float64Array} matrix  S x S
 * @param {number} S
 * @returns {Float64Array}  (S), largest first; NaN where the matrix is not finite
 */
export function singularValues(matrix, S) {
  const values = new Float64Array(S);
  let largest = 0;
  for (const number of matrix) {
    if (!Number.isFinite(number)) return values.fill(NaN);
    largest = Math.max(largest, Math.abs(number));
  }
  if (largest === 0) return values;
  const rows = matrix.map((number) => number / largest);
  for (let sweep = 0; sweep < SWEEPS && rotateAll(rows, S); sweep++);
  for (let k = 0; k < S; k++) values[k] = largest * lengthOf(rows, k, S);
  return values.sort().reverse();
}

/**
 * One sweep over all pairs of rows; false once all are at right angles.
 * @param {Float64Array} rows @param {number} S
 */
function rotateAll(rows, S) {
  let turned = false;
  for (let p = 0; p < S - 1; p++) {
    for (let q = p + 1; q < S; q++) {
      const from = p * S,
        other = q * S;
      let alpha = 0,
        beta = 0,
        gamma = 0;
      for (let k = 0; k < S; k++) {
        const a = rows[from + k],
          b = rows[other + k];
        alpha += a * a;
        beta += b * b;
        gamma += a * b;
      }
      if (!(Math.abs(gamma) > TOLERANCE * Math.sqrt(alpha * beta))) continue;
      turned = true;
      rotate(rows, from, other, S, (beta - alpha) / (2 * gamma));
    }
  }
  return turned;
}

/**
 * @param {Float64Array} rows @param {number} from  where one row begins
 * @param {number} other  where the other does @param {number} S
 * @param {number} zeta  cot(2 x the angle to turn by)
 */
function rotate(rows, from, other, S, zeta) {
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent),
    sine = cosine * tangent;
  for (let k = 0; k < S; k++) {
    const a = rows[from + k],
      b = rows[other + k];
    rows[from + k] = cosine * a - sine * b;
    rows[other + k] = sine * a + cosine * b;
  }
}

/** @param {Float64Array} rows @param {number} k @param {number} S */
function lengthOf(rows, k, S) {
  let sum = 0;
  for (let j = k * S; j < (k + 1) * S; j++) sum += rows[j] * rows[j];
  return Math.sqrt(sum);
}

/**
 * J_T ... J_{t+1} for every t from T down to 0, one at a time: how a change of the state before
 * step t + 1 moves the last state. Entry T is the identity.
 * @param {Float64Array[]} matrices  T of S x S
 * @param {number} S
 * @returns {Generator<{entry: number, matrix: Float64Array, exponent: number}>}
 *   the product is matrix x 10^exponent, its largest entry 1 unless it is zero or not finite
 */
export function* products(matrices, S) {
  let product = new Float64Array(S * S),
    exponent = 0;
  for (let k = 0; k < S; k++) product[k * S + k] = 1;
  yield { entry: matrices.length, matrix: product, exponent };
  for (let t = matrices.length - 1; t >= 0; t--) {
    product = times(product, matrices[t], S);
    let largest = 0;
    for (const number of product) largest = Math.max(largest, Math.abs(number));
    if (largest > 0 && Number.isFinite(largest)) {
      for (let k = 0; k < product.length; k++) product[k] /= largest;
      exponent += Math.log10(largest);
    }
    yield { entry: t, matrix: product, exponent };
  }
}

/** @param {Float64Array} a @param {Float64Array} b @param {number} S */
function times(a, b, S) {
  const found = new Float64Array(S * S);
  for (let row = 0; row < S; row++) {
    for (let k = 0; k < S; k++) {
      const factor = a[row * S + k];
      for (let column = 0; column < S; column++)
        found[row * S + column] += factor * b[k * S + column];
    }
  }
  return found;
}

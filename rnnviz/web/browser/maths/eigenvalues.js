/**
 * Eigenvalues of a small real matrix: the roots of its characteristic polynomial, whose coefficients
 * are found by Faddeev and LeVerrier, all roots at once by Durand and Kerner. For sizes up to about
 * 8: beyond, the coefficients lose what the roots need. No DOM.
 *
 * @typedef {[re: number, im: number]} Complex
 */

const MOST_ROUNDS = 200;

/**
 * @param {ArrayLike<number>} matrix  size x size, row-major @param {number} size
 * @returns {Complex[]} from the largest magnitude down
 */
export function eigenvalues(matrix, size) {
  const coefficients = characteristic(matrix, size);
  const scale = Math.max(
    ...coefficients.map((c, k) => Math.abs(c) ** (1 / Math.max(k, 1))).slice(1),
    0,
  );
  let degree = size;
  while (degree > 0 && Math.abs(coefficients[degree]) <= 1e-15 * scale ** degree) degree--;
  const roots = rootsOf(coefficients.slice(0, degree + 1));
  for (let k = degree; k < size; k++) roots.push([0, 0]);
  return roots.sort((a, b) => Math.hypot(...b) - Math.hypot(...a));
}

/**
 * λⁿ + c₁λⁿ⁻¹ + … + cₙ as [1, c₁, …, cₙ].
 * @param {ArrayLike<number>} matrix @param {number} n
 */
function characteristic(matrix, n) {
  const coefficients = [1];
  /** @type {Float64Array} */
  let product = new Float64Array(n * n);
  for (let k = 1; k <= n; k++) {
    const shifted = product.slice();
    for (let i = 0; i < n; i++) shifted[i * n + i] += coefficients[k - 1];
    product = times(matrix, shifted, n);
    let trace = 0;
    for (let i = 0; i < n; i++) trace += product[i * n + i];
    coefficients.push(-trace / k);
  }
  return coefficients;
}

/** @param {ArrayLike<number>} a @param {Float64Array} b @param {number} n */
function times(a, b, n) {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++) product[i * n + j] += a[i * n + k] * b[k * n + j];
  return product;
}

/** @param {number[]} coefficients  the leading one is 1 @returns {Complex[]} */
function rootsOf(coefficients) {
  const n = coefficients.length - 1;
  if (n === 0) return [];
  if (n === 1) return [[-coefficients[1], 0]];
  if (n === 2) return quadratic(coefficients[1], coefficients[2]);
  const radius = 1 + Math.max(...coefficients.slice(1).map(Math.abs));
  /** @type {Complex[]} */
  const roots = Array.from({ length: n }, (_, k) => {
    const angle = (2 * Math.PI * k) / n + 0.4;
    return [(radius / 2) * Math.cos(angle), (radius / 2) * Math.sin(angle)];
  });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    for (let k = 0; k < n; k++) {
      const [re, im] = stepOf(coefficients, roots, k);
      roots[k] = [roots[k][0] - re, roots[k][1] - im];
      moved = Math.max(moved, Math.hypot(re, im));
    }
    if (!(moved > 1e-14 * radius)) break;
  }
  return roots.map(([re, im]) => [re, Math.abs(im) < 1e-9 * Math.hypot(re, im) ? 0 : im]);
}

/** λ² + bλ + c. @param {number} b @param {number} c @returns {Complex[]} */
function quadratic(b, c) {
  const under = b * b - 4 * c;
  if (under < 0) return [1, -1].map((sign) => [-b / 2, (sign * Math.sqrt(-under)) / 2]);
  const large = (-b - (b < 0 ? -1 : 1) * Math.sqrt(under)) / 2;
  return [
    [large, 0],
    [large === 0 ? 0 : c / large, 0],
  ];
}

/**
 * The polynomial at a root, over what it is away from each of the others. It is what takes long while
 * something is dragged, and makes no array but its answer.
 * @param {number[]} coefficients @param {Complex[]} roots @param {number} k
 * @returns {Complex}
 */
function stepOf(coefficients, roots, k) {
  const [x, y] = roots[k];
  let [re, im] = [coefficients[0], 0];
  for (let c = 1; c < coefficients.length; c++) {
    const next = re * x - im * y + coefficients[c];
    im = re * y + im * x;
    re = next;
  }
  let [c, d] = [1, 0];
  for (let other = 0; other < roots.length; other++) {
    if (other === k) continue;
    const [a, b] = [x - roots[other][0], y - roots[other][1]];
    const next = c * a - d * b;
    d = c * b + d * a;
    c = next;
  }
  const size = c * c + d * d || Number.MIN_VALUE;
  return [(re * c + im * d) / size, (im * c - re * d) / size];
}

/**
 * The states that a step leaves as they are, found by Newton's method from many starts at once, and
 * what becomes of a small push away from each: the eigenvalues of the Jacobian there. No DOM.
 *
 * Sussillo & Barak 2013 look for them in trained networks; here all numbers are few, and so all
 * starts are tried.
 *
 * @typedef {"stable"|"unstable"|"saddle"|"neutral"} Kind  a push fades; grows in every direction;
 *   fades in some and grows in others; stays as it is in one at least, and grows in none
 *
 * @typedef {Object} FixedPoint
 * @property {Float64Array} state
 * @property {import("./eigenvalues.js").Complex[]} eigenvalues  largest first
 * @property {Kind} kind
 */

import { eigenvalues } from "./eigenvalues.js";

const MOST_ROUNDS = 30;
const FEW_ROUNDS = 10; // are enough, unless a start comes near slowly, as where two meet
const [STILL, SLOW] = [1e-13, 0.01]; // of the reach
const FARTHEST = 0.5; // a step goes, as a share of the reach
const RESIDUAL = 1e-11;
const APART = 1e-3; // nearer than this share of the box, two are one
const NEUTRAL = 1e-6;
const NOTHING = 1e-12; // of the reach: less is zero
const SOFTENED = 1e-13; // a direction in which nothing moves is left alone

/**
 * @param {import("./state_map.js").StateMap} map
 * @param {import("./state_map.js").OneStep} at
 * @param {Float64Array} starts  map.count x map.size
 * @param {ArrayLike<number>} reach  how far from zero they are looked for, in each coordinate
 * @returns {FixedPoint[]} by their first coordinate
 */
export function fixedPoints(map, at, starts, reach) {
  const { count, size } = map;
  const states = starts.slice();
  const room = roomFor(size);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const after = map.evaluate(at, states);
    const matrices = map.jacobians();
    let isComing = round < FEW_ROUNDS;
    for (let n = 0; n < count; n++) {
      const moved = step(states, after, n, matrices[n], reach, room);
      if (moved > STILL && moved < SLOW) isComing = true;
    }
    if (!isComing) break;
  }
  return judged(map, at, states, reach);
}

/** What one step is computed in: nothing is allocated while something is dragged. @param {number} size */
function roomFor(size) {
  return {
    size,
    residual: new Float64Array(size),
    right: new Float64Array(size),
    normal: new Float64Array(size * size),
  };
}

/**
 * Newton's step, in place: (J − 1) δ = −(after − state). How far it went, as a share of the reach; 0
 * where it is lost.
 * @param {Float64Array} states @param {Float64Array} after @param {number} n
 * @param {Float64Array} jacobian  becomes J − 1 @param {ArrayLike<number>} reach
 * @param {ReturnType<typeof roomFor>} room
 */
function step(states, after, n, jacobian, reach, room) {
  const { size, residual, right: delta } = room;
  let isAtRest = true;
  for (let k = 0; k < size; k++) {
    residual[k] = after[n * size + k] - states[n * size + k];
    if (residual[k] !== 0) isAtRest = false;
    jacobian[k * size + k] -= 1;
  }
  if (isAtRest) return 0;
  solve(jacobian, room);
  let far = 0;
  for (let k = 0; k < size; k++) far = Math.max(far, Math.abs(delta[k]) / reach[k]);
  if (!Number.isFinite(far)) return 0;
  const share = far > FARTHEST ? FARTHEST / far : 1;
  for (let k = 0; k < size; k++) states[n * size + k] -= share * delta[k];
  return share * far;
}

/**
 * The shortest δ with matrix · δ = residual, nearly: by the normal equations, a little softened. It is
 * left in `right`.
 * @param {Float64Array} matrix @param {ReturnType<typeof roomFor>} room
 */
function solve(matrix, { size: n, residual, right: b, normal: a }) {
  a.fill(0);
  b.fill(0);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) {
      b[i] += matrix[k * n + i] * residual[k];
      for (let j = 0; j < n; j++) a[i * n + j] += matrix[k * n + i] * matrix[k * n + j];
    }
  for (let i = 0; i < n; i++) a[i * n + i] += SOFTENED;
  for (let p = 0; p < n; p++)
    for (let i = p + 1; i < n; i++) {
      const factor = a[i * n + p] / a[p * n + p];
      for (let j = p; j < n; j++) a[i * n + j] -= factor * a[p * n + j];
      b[i] -= factor * b[p];
    }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) b[i] -= a[i * n + j] * b[j];
    b[i] /= a[i * n + i];
  }
}

/**
 * Of where the starts came to, what stays, each once.
 * @param {import("./state_map.js").StateMap} map
 * @param {import("./state_map.js").OneStep} at
 * @param {Float64Array} states @param {ArrayLike<number>} reach
 */
function judged(map, at, states, reach) {
  const { count, size } = map;
  const after = map.evaluate(at, states);
  const matrices = map.jacobians();
  /** @type {Array<{state: Float64Array, residual: number, n: number}>} */
  const found = [];
  for (let n = 0; n < count; n++) {
    const state = states
      .slice(n * size, (n + 1) * size)
      .map((value, k) => (Math.abs(value) < NOTHING * reach[k] ? 0 : value));
    const far = state.map((value, k) => Math.abs(after[n * size + k] - value) / reach[k]);
    const residual = Math.max(...far);
    const isOut = state.some((value, k) => Math.abs(value) > reach[k]);
    if (!(residual < RESIDUAL) || isOut) continue;
    const near = found.findIndex((other) =>
      other.state.every((value, k) => Math.abs(value - state[k]) < APART * reach[k]),
    );
    if (near < 0) found.push({ state, residual, n });
    else if (residual < found[near].residual) found[near] = { state, residual, n };
  }
  const points = found
    .sort((a, b) => a.state[0] - b.state[0])
    .map(({ state, n }) => {
      const values = eigenvalues(matrices[n], size);
      return { state, eigenvalues: values, kind: kindOf(values) };
    });
  const isRoundable = points.some(({ kind }) => kind === "neutral");
  return isRoundable ? rounded(map, at, points, reach) : points;
}

/**
 * Where a push stays as it is, Newton's method stops early: such a place that lies near zero is at
 * zero, if zero stays exactly as it is.
 * @param {import("./state_map.js").StateMap} map
 * @param {import("./state_map.js").OneStep} at
 * @param {FixedPoint[]} points @param {ArrayLike<number>} reach
 */
function rounded(map, at, points, reach) {
  const zero = new Float64Array(map.count * map.size);
  const isAtRest = map.evaluate(at, zero).every((value) => value === 0);
  const isNear = (/** @type {FixedPoint} */ { state }) =>
    state.every((value, k) => Math.abs(value) < APART * reach[k]);
  return points.map((point) =>
    isAtRest && point.kind === "neutral" && isNear(point)
      ? { ...point, state: zero.slice(0, map.size) }
      : point,
  );
}

/** @param {import("./eigenvalues.js").Complex[]} values @returns {Kind} */
function kindOf(values) {
  const sizes = values.map(([re, im]) => Math.hypot(re, im));
  const growing = sizes.filter((size) => size > 1 + NEUTRAL).length;
  if (growing === sizes.length) return "unstable";
  if (growing > 0) return "saddle";
  return sizes.some((size) => size >= 1 - NEUTRAL) ? "neutral" : "stable";
}

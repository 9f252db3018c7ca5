/**
 * Each time step's share of the gradient of the parameters, and what a cut in time loses of it, as
 * rnnviz.gradients.credit and .truncation. No DOM.
 */

import { backward } from "./engine.js";
import { lookup } from "./lookup.js";
import { rowNorms } from "./norms.js";

/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./rules.js").Slot} Slot */
/** @typedef {[from: number, to: number]} Span  in a row of `flat` */
/**
 * @typedef {Object} Shares
 * @property {Float64Array} flat  T x P: row t is step t's share, all parameters side by side
 * @property {number} P
 * @property {Map<string, Span>} places  of each parameter
 */

/**
 * The shares of the gradient that the run holds: call after `backward`.
 * @param {Run} run @returns {Shares}
 */
export function parameterShares(run) {
  /** @type {Map<string, Span>} */
  const places = new Map();
  let P = 0;
  for (const name of run.spec.cell.parameters.keys()) {
    const { length } = lookup(run.params, name);
    places.set(name, [P, P + length]);
    P += length;
  }
  const flat = new Float64Array(run.T * P);
  run.spec.cell.steps.forEach(([, , args], index) => {
    const node = run.nodes[index];
    args.forEach((arg, place) => {
      const span = places.get(String(arg));
      if (span) addShares(run, node, place, span, { flat, P });
    });
  });
  return { flat, P, places };
}

/**
 * The operation's own rule, step by step, into the row of that step.
 * @param {Run} run @param {import("./engine.js").RunNode} node
 * @param {number} place  0 or 1: which operand the parameter is
 * @param {Span} span @param {{flat: Float64Array, P: number}} into
 */
function addShares(run, node, place, [from, to], { flat, P }) {
  const one = { y: node.y, a: apart(node.a), b: apart(node.b) };
  const parameter = place === 0 ? one.a : one.b;
  for (let t = 0; t < run.T; t++) {
    parameter.gradient = flat.subarray(t * P + from, t * P + to);
    node.backward(one, t, 0, node.y.size);
  }
}

/** The same numbers, their gradient elsewhere. @param {Slot} slot @returns {Slot} */
function apart(slot) {
  return { ...slot, gradient: new Float64Array(slot.gradient.length) };
}

/**
 * The norm of each step's share, gate by gate.
 * @param {Shares} shares @param {number} T @param {Map<string, string[]>} gates  to its parameters
 * @returns {Map<string, {norms: Float64Array, gradient: number}>}  norms: (T); gradient: of the sum
 */
export function credit({ flat, P, places }, T, gates) {
  const found = new Map();
  for (const [gate, names] of gates) {
    const spans = names.map((name) => lookup(places, name));
    const width = spans.reduce((sum, [from, to]) => sum + to - from, 0);
    const rows = new Float64Array(T * width),
      sum = new Float64Array(width);
    for (let t = 0; t < T; t++) {
      let at = t * width;
      for (const [from, to] of spans) {
        rows.set(flat.subarray(t * P + from, t * P + to), at);
        at += to - from;
      }
      for (let k = 0; k < width; k++) sum[k] += rows[t * width + k];
    }
    const norms = new Float64Array(T),
      gradient = new Float64Array(1);
    rowNorms(rows, norms);
    rowNorms(sum, gradient);
    found.set(gate, { norms, gradient: gradient[0] });
  }
  return found;
}

/**
 * Norms of the full gradient, of what a cut leaves and loses, and the angle between full and left.
 * @typedef {{full: number, truncated: number, lost: number, angle: number}} Compared
 *   angle: degrees, NaN where a gradient is zero or infinite
 */

/** @param {Float64Array} kept @param {Float64Array} lost @returns {Compared} */
export function compared(kept, lost) {
  const full = kept.map((number, k) => number + lost[k]);
  const [whole, truncated, gone] = [full, kept, lost].map(norm);
  return { full: whole, truncated, lost: gone, angle: angle(kept, truncated, full, whole) };
}

/**
 * Between two vectors, in degrees; right for small angles too (Kahan).
 * @param {Float64Array} one @param {number} first  its norm
 * @param {Float64Array} other @param {number} second  its norm
 */
function angle(one, first, other, second) {
  if (![first, second].every((size) => Number.isFinite(size) && size > 0)) return NaN;
  let difference = 0,
    sum = 0;
  for (let k = 0; k < one.length; k++) {
    const a = one[k] / first,
      b = other[k] / second;
    difference += (a - b) ** 2;
    sum += (a + b) ** 2;
  }
  return (180 / Math.PI) * 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
}

/** @param {Float64Array} values */
function norm(values) {
  const found = new Float64Array(1);
  rowNorms(values, found);
  return found[0];
}

/**
 * Every cut of a loss at a single step: entry k is the graph cut before step k.
 * @param {Shares} shares @param {number} T @param {number} lossStep
 * @returns {Compared[]}
 */
export function cutsOfOneLoss({ flat, P }, T, lossStep) {
  const lost = new Float64Array(P),
    kept = new Float64Array(P);
  for (let t = 0; t < T; t++) for (let k = 0; k < P; k++) kept[k] += flat[t * P + k];
  const whole = kept.slice();
  const suffix = suffixes(flat, P, T);
  const found = [];
  for (let cut = 0; cut < T; cut++) {
    if (cut > lossStep) found.push(compared(whole, new Float64Array(P)));
    else found.push(compared(suffix(cut), lost));
    for (let k = 0; k < P; k++) lost[k] += flat[cut * P + k];
  }
  return found;
}

/**
 * What the steps from `cut` on add up to; added from the last on, so that nothing cancels.
 * @param {Float64Array} flat @param {number} P @param {number} T
 */
function suffixes(flat, P, T) {
  const sums = new Float64Array((T + 1) * P);
  for (let t = T - 1; t >= 0; t--)
    for (let k = t * P; k < (t + 1) * P; k++) sums[k] = sums[k + P] + flat[k];
  return (/** @type {number} */ cut) => sums.subarray(cut * P, (cut + 1) * P);
}

/**
 * The cut before step `cut` for losses at several steps: those before it keep all their gradient,
 * the others no longer reach beyond it. Writes over the run's gradients.
 * @param {Run} run @param {Float64Array} dh @param {number} cut
 * @returns {Compared}
 */
export function cutOfManyLosses(run, dh, cut) {
  const H = dh.length / run.T;
  const late = dh.slice(),
    early = dh.slice();
  late.fill(0, 0, cut * H);
  early.fill(0, cut * H);
  backward(run, late);
  const { flat, P, places } = parameterShares(run);
  const kept = new Float64Array(P),
    lost = new Float64Array(P);
  for (let t = 0; t < run.T; t++) {
    const into = t < cut ? lost : kept;
    for (let k = 0; k < P; k++) into[k] += flat[t * P + k];
  }
  const before = backward(run, early).params;
  for (const [name, [from]] of places) {
    const gradient = lookup(before, name);
    for (let k = 0; k < gradient.length; k++) kept[from + k] += gradient[k];
  }
  return compared(kept, lost);
}

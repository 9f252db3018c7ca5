/**
 * The gradient of a state taken apart: what came within its own step, what came through time, and
 * the direct path from step to step that stays elementwise. No DOM.
 */

import { backward } from "./engine.js";
import { lookup } from "./lookup.js";
import { rowNorms } from "./norms.js";
import { withinSteps } from "./single_steps.js";

/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./rules.js").Slot} Slot */
/**
 * @typedef {Object} Parts  dL/d(state), each T x hidden
 * @property {Float64Array} total  the total derivative
 * @property {Float64Array} local  what reaches it within its own step
 * @property {Float64Array} through  what comes back through time
 * @property {Float64Array} before  (hidden), of the state before the first step
 */

/**
 * The arrays of a run's parts, kept so that nothing is allocated while a knob is dragged. back:
 * what reaches each state from the step after.
 * @typedef {{parts: Map<string, Parts>, back: Map<string, Float64Array>}} Kept
 * @type {WeakMap<Run, Kept>}
 */
const KEPT = new WeakMap();

/**
 * Carry a loss back and take it apart. `between` is called while the run still holds the gradients.
 * The arrays belong to the run: the next call for the same run writes over them.
 * @param {Run} run
 * @param {Float64Array} dh  T x hidden, what reaches each h from outside
 * @param {number[]} steps  those at which dh is not zero
 * @param {() => void} between
 * @returns {Map<string, Parts>}  by state
 */
export function gradientParts(run, dh, steps, between = () => {}) {
  const found = backward(run, dh);
  between();
  const kept = KEPT.get(run) ?? prepare(run);
  KEPT.set(run, kept);
  const { parts, back } = kept;
  for (const { name, now, before } of run.states) {
    const part = lookup(parts, name);
    part.total.set(lookup(found.values, name));
    part.local.fill(0);
    part.through.set(part.total);
    part.before.set(lookup(found.initial, name));
    lookup(back, name).set(before.gradient.subarray(now.size)); // nothing reaches the last one so
  }
  withinSteps(run, new Map([["h", dh]]), steps);
  for (const [name, { local }] of parts) copySteps(lookup(run.slots, name), steps, local);
  withinSteps(run, back, steps);
  for (const [name, { through }] of parts) copySteps(lookup(run.slots, name), steps, through);
  return parts;
}

/** @param {Run} run @returns {Kept} */
function prepare({ states, T }) {
  const kept = { parts: new Map(), back: new Map() };
  for (const { name, now } of states) {
    const [total, local, through, after] = Array.from({ length: 4 }, () => {
      return new Float64Array(T * now.size);
    });
    kept.parts.set(name, { total, local, through, before: new Float64Array(now.size) });
    kept.back.set(name, after);
  }
  return kept;
}

/** @param {Slot} slot @param {number[]} steps @param {Float64Array} into */
function copySteps({ gradient, size }, steps, into) {
  for (const t of steps) for (let k = t * size; k < (t + 1) * size; k++) into[k] = gradient[k];
}

/**
 * The Euclidean norm of each step of T x size.
 * @param {Float64Array} values @param {number} T
 */
export function normsOf(values, T) {
  const norms = new Float64Array(T);
  rowNorms(values, norms);
  return norms;
}

/**
 * The factor of `n_prev` in `n` along the path that passes neither matrix nor function: f for an
 * LSTM's c, z for a GRU's h, zero for a plain RNN. As `rnnviz.gradients.direct`.
 * @param {Run} run @param {string} state
 * @returns {Float64Array}  T x hidden
 */
export function directFactors(run, state) {
  const start = lookup(run.slots, `${state}_prev`);
  const factors = new Map([[`${state}_prev`, new Float64Array(start.data.length).fill(1)]]);
  const { steps, operations } = run.spec.cell;
  steps.forEach(([name, op, args], index) => {
    if (!operations[op].isDirect) return;
    args.forEach((arg, place) => {
      const incoming = factors.get(String(arg));
      if (incoming === undefined) return;
      const share = passed(run, run.nodes[index], place, incoming);
      const known = factors.get(name);
      if (known) for (let k = 0; k < known.length; k++) known[k] += share[k];
      else factors.set(name, share);
    });
  });
  return factors.get(state) ?? new Float64Array(start.data.length);
}

/**
 * What reaches one operand by the operation's own rule, `incoming` being the gradient of its result.
 * @param {Run} run @param {import("./engine.js").RunNode} node
 * @param {number} place  0 or 1: which operand
 * @param {Float64Array} incoming  T x size
 */
export function passed(run, node, place, incoming) {
  const share = new Float64Array(incoming.length);
  const trash = new Float64Array(incoming.length);
  const one = {
    y: { ...node.y, gradient: incoming },
    a: { ...node.a, gradient: place === 0 ? share : trash },
    b: { ...node.b, gradient: place === 1 ? share : trash },
  };
  for (let t = 0; t < run.T; t++) node.backward(one, t, 0, node.y.size);
  return share;
}

/**
 * dL/d(state) split into the direct path and everything else, as `rnnviz.gradients.waterfall`.
 * Entry t is the state before step t (0 is the one before the first step), entry T the last.
 * @param {Run} run @param {string} state @param {Parts} parts
 */
export function waterfall(run, state, parts) {
  const { T } = run,
    H = parts.before.length;
  const factors = directFactors(run, state);
  const direct = new Float64Array((T + 1) * H),
    total = new Float64Array((T + 1) * H);
  for (let t = T - 1; t >= 0; t--) {
    for (let k = 0; k < H; k++) {
      direct[(t + 1) * H + k] += parts.local[t * H + k];
      direct[t * H + k] = factors[t * H + k] * direct[(t + 1) * H + k];
    }
  }
  total.set(parts.before);
  total.set(parts.total, H);
  const rest = total.map((number, k) => number - direct[k]);
  const norms = {
    direct: normsOf(direct, T + 1),
    rest: normsOf(rest, T + 1),
    total: normsOf(total, T + 1),
  };
  return { state, factors, direct, total, norms, hasDirectPath: factors.some((f) => f !== 0) };
}

/**
 * The step that multiplies a norm with the smallest factor; the first, going left, to make it zero.
 * @param {Float64Array} norms  (T + 1)
 * @returns {{step: number, factor: number}|null}
 */
export function killer(norms) {
  let found = null;
  for (let t = norms.length - 2; t >= 0; t--) {
    const after = norms[t + 1];
    if (!(after > 0) || !Number.isFinite(after) || !Number.isFinite(norms[t])) continue;
    const factor = norms[t] / after;
    if (found === null || factor < found.factor) found = { step: t, factor };
  }
  return found;
}

/**
 * The first step, going left from `start`, whose value is at most `level`; null if there is none.
 * @param {ArrayLike<number>} values @param {number} level @param {number} start
 */
export function firstBelow(values, level, start) {
  for (let t = start; t >= 0; t--) if (values[t] <= level) return t;
  return null;
}

/**
 * Upper bounds of |dL/dh_t| for a plain cell (Pascanu, Mikolov & Bengio 2013): b_t = local_t +
 * factor_{t+1} b_{t+1}.
 * @param {Float64Array} local  norms (T) @param {(t: number) => number} factor
 */
export function bound(local, factor) {
  const found = local.slice();
  for (let t = found.length - 2; t >= 0; t--) found[t] += factor(t + 1) * found[t + 1];
  return found;
}

/**
 * A run taken apart into its steps: what happens within a step, nothing carried over in time.
 * Jacobians of the steps, row by row; nothing passes below what is held. No DOM.
 */

/** @typedef {import("./engine.js").Run} Run */

import { passBack } from "./engine.js";
import { freeUnits } from "./holds.js";
import { lookup } from "./lookup.js";

/**
 * The gradients that arise within the given steps alone. They lie in the run's own arrays: copy
 * what `backward` left there before.
 * @param {Run} run
 * @param {Map<string, ArrayLike<number>>} given  value -> T x size, what reaches it from outside
 * @param {Iterable<number>} steps
 */
export function withinSteps(run, given, steps) {
  for (const gradient of run.buffers) gradient.fill(0);
  for (const [name, gradient] of given) lookup(run.slots, name).gradient.set(gradient);
  for (const t of steps) passAllBack(run, t);
}

/**
 * J_t = d state_t / d state_{t-1} for all steps, all states stacked in the order of the cell.
 * Row s * hidden + k is unit k of state s. Yields after each row, so that a page stays alive.
 * @param {Run} run
 * @param {Float64Array[]} [into]  T of S x S, written over
 * @returns {Generator<number, {matrices: Float64Array[], size: number}>}  matrices: T of S x S
 */
export function* jacobians(run, into) {
  const { states, T } = run;
  const hidden = states[0].now.size;
  const size = states.length * hidden;
  const matrices = into ?? Array.from({ length: T }, () => new Float64Array(size * size));
  const every = Array.from({ length: T }, (_, t) => t);
  for (let row = 0; row < size; row++) {
    const state = states[Math.floor(row / hidden)].now;
    const unit = row % hidden;
    for (const gradient of run.buffers) gradient.fill(0);
    for (const t of every) state.gradient[t * hidden + unit] = 1;
    for (const t of every) passAllBack(run, t);
    for (const t of every) copyRow(run, t, row, matrices[t]);
    yield row;
  }
  return { matrices, size };
}

/** @param {Run} run @param {number} t */
function passAllBack(run, t) {
  for (let k = run.nodes.length - 1; k >= 0; k--) passBack(run.nodes[k], t);
}

/** @param {Run} run @param {number} t @param {number} row @param {Float64Array} matrix */
function copyRow({ states }, t, row, matrix) {
  const hidden = states[0].now.size;
  const size = states.length * hidden;
  states.forEach(({ before }, s) => {
    const first = row * size + s * hidden;
    matrix.fill(0, first, first + hidden);
    freeUnits(before, t, (begin, end) => {
      for (let k = begin; k < end; k++) matrix[first + k] = before.gradient[t * hidden + k];
    });
  });
}

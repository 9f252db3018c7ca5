/**
 * What L is, and its gradient, for one sequence.
 *
 * A loss gets what is judged at every time step, y (T x size), the targets (T x size, where it has
 * any), and the steps that count. It adds each step's share of L to `shares` (T) and writes dL/dy
 * to `dy` (T x size).
 * @typedef {{y: Float64Array, targets: Float64Array, steps: number[], size: number,
 *   shares: Float64Array, dy: Float64Array}} Judged
 */

/** @type {Map<string, (judged: Judged) => void>} */
export const LOSSES = new Map([
  ["sum", sum],
  ["squared error", squaredError],
  ["cross entropy", crossEntropy],
]);

/** L = the sum of y over the steps and units. @param {Judged} judged */
function sum({ y, steps, size, shares, dy }) {
  for (const t of steps) {
    for (let k = t * size; k < (t + 1) * size; k++) {
      shares[t] += y[k];
      dy[k] += 1;
    }
  }
}

/**
 * L = the mean over the steps of the mean over the outputs of (y - target)^2.
 * @param {Judged} judged
 */
function squaredError({ y, targets, steps, size, shares, dy }) {
  const weight = 1 / (steps.length * size);
  for (const t of steps) {
    for (let k = t * size; k < (t + 1) * size; k++) {
      const error = y[k] - targets[k];
      shares[t] += weight * error * error;
      dy[k] += 2 * weight * error;
    }
  }
}

/** L = the mean over the steps of -sum target log softmax(y). @param {Judged} judged */
function crossEntropy({ y, targets, steps, size, shares, dy }) {
  const weight = 1 / steps.length;
  for (const t of steps) {
    const logSum = logSumExp(y, t * size, size);
    let wanted = 0;
    for (let k = t * size; k < (t + 1) * size; k++) {
      shares[t] += weight * targets[k] * (logSum - y[k]);
      wanted += targets[k];
    }
    for (let k = t * size; k < (t + 1) * size; k++) {
      dy[k] += weight * (wanted * Math.exp(y[k] - logSum) - targets[k]);
    }
  }
}

/**
 * Softmax of each time step's numbers.
 * @param {Float64Array} y @param {number} size @param {Float64Array} into
 */
export function softmax(y, size, into) {
  for (let start = 0; start < y.length; start += size) {
    const logSum = logSumExp(y, start, size);
    for (let k = start; k < start + size; k++) into[k] = Math.exp(y[k] - logSum);
  }
}

/**
 * Of one time step's numbers, which begin at `start`.
 * @param {Float64Array} y @param {number} start @param {number} size
 */
export function logSumExp(y, start, size) {
  let largest = -Infinity;
  for (let k = start; k < start + size; k++) largest = Math.max(largest, y[k]);
  let total = 0;
  for (let k = start; k < start + size; k++) total += Math.exp(y[k] - largest);
  return largest + Math.log(total);
}

/**
 * Why L is what it is, and where the gradient sets out: each step's share of it and each output's
 * part in that share. No DOM.
 *
 * @typedef {Object} LossReason
 * @property {"sum"|"squared error"|"cross entropy"} kind
 * @property {number} value  L
 * @property {number} divisor  what the steps' own losses are divided by, together: how many count
 *   where L is their mean, 1 where it is their sum
 * @property {StepLoss[]} steps  those that count, in order
 *
 * @typedef {Object} StepLoss
 * @property {number} t
 * @property {number} own  of this step alone
 * @property {number} share  of L
 * @property {OutputLoss[]} outputs  all there are
 *
 * @typedef {Object} OutputLoss
 * @property {number} k  which output
 * @property {number} y  what is judged: an output of h, a prediction; of a softmax its probability
 * @property {number} target  NaN where there is none
 * @property {number} part  the loss it adds before any division: y, (y − target)² or target · (−ln y)
 * @property {number} gradient  dL/d(what is judged): of a softmax dL/d(its score)
 */

import { logSumExp } from "./losses.js";

/** @typedef {import("./network.js").NetworkRun} NetworkRun */

/** What L is called, where a number is asked for by name; no value of a cell can be. */
export const LOSS = "readout.loss";

/** @param {NetworkRun} network @returns {LossReason} */
export function explainLoss(network) {
  const { kind, steps } = network.header.loss;
  const divisor = kind === "sum" ? 1 : steps.length;
  const all = steps.map((t) => stepLoss(network, t, divisor));
  return { kind, value: network.loss, divisor, steps: all };
}

/**
 * A step's own loss; of one that does not count, what it would be.
 * @param {NetworkRun} network @param {number} t
 * @param {number} divisor  as explainLoss gives it
 * @returns {StepLoss}
 */
export function stepLoss(network, t, divisor) {
  const { kind } = network.header.loss;
  const { prediction, dprediction, output, doutput, targets } = network;
  const [y, dy] =
    kind === "sum" || prediction === null || dprediction === null
      ? [output, doutput]
      : [prediction, dprediction];
  const size = y.length / network.T;
  const start = t * size;
  const logSum = kind === "cross entropy" ? logSumExp(y, start, size) : 0;
  const outputs = Array.from({ length: size }, (_, k) => {
    const target = kind === "sum" ? NaN : targets[start + k];
    const judged = PARTS[kind](y[start + k], target, logSum);
    return { k, target, gradient: dy[start + k], ...judged };
  });
  const sum = outputs.reduce((total, { part }) => total + part, 0);
  const own = kind === "squared error" ? sum / size : sum;
  return { t, own, share: own / divisor, outputs };
}

/** @type {Record<LossReason["kind"], (y: number, target: number, logSum: number) => {y: number, part: number}>} */
const PARTS = {
  sum: (y) => ({ y, part: y }),
  "squared error": (y, target) => ({ y, part: (y - target) ** 2 }),
  "cross entropy": (score, target, logSum) => ({
    y: Math.exp(score - logSum),
    part: target === 0 ? 0 : target * (logSum - score),
  }),
};

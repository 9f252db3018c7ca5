/**
 * How what the readout reads becomes the answer of a step: products, scores, exponentials, shares, as
 * numbers of a table and as bars. No DOM.
 *
 * @typedef {Object} AnswerPlan
 * @property {boolean} isSoftmax
 * @property {Float64Array} read  what the readout reads: h_t, or what a pool made of the states
 * @property {AnswerRow[]} rows  the outputs that are shown
 * @property {{count: number, power: number, share: number}|null} rest  of the others, together
 * @property {number} sum  of e to every score
 * @property {number} shift  taken off every score: it changes no share
 * @property {boolean} isAsked  the step counts in L
 *
 * @typedef {Object} AnswerRow
 * @property {number} k  which output @property {string} label
 * @property {Float64Array} products  weight times what is read, for each unit: with the bias their
 *   sum is the score
 * @property {number} bias
 * @property {number} score  y
 * @property {number} power  e to the score
 * @property {number} share  of the sum: the probability
 * @property {number} target
 */

import { lookup } from "../../maths/lookup.js";
import { answerAt, shownOutputs } from "../answer.js";
import { softmaxOf } from "../explanation/softmax_lines.js";

/**
 * @param {import("../header.js").StepHeader} header
 * @param {import("../model.js").Model} model @param {number} step
 * @returns {AnswerPlan|null}  null: the network has no readout
 */
export function answerPlan(header, model, step) {
  const { live, liveArrays } = model;
  if (header.readout === null || live.prediction === null) return null;
  const { labels, kind } = header.readout;
  const { features, outputs } = live;
  const [W, b] = ["readout.W", "readout.b"].map((name) => lookup(liveArrays, name));
  const read = live.output.slice(step * features, (step + 1) * features);
  const answer = answerAt(header, model, step);
  const scores = live.prediction.slice(step * outputs, (step + 1) * outputs);
  const { powers, sum, shift } = softmaxOf(scores);
  const shown = shownOutputs(header.readout, answer);
  const rows = shown.map((k) => ({
    ...{ k, label: labels[k], bias: b[k], score: scores[k] },
    products: read.map((value, unit) => W[k * features + unit] * value),
    ...{ power: powers[k], share: powers[k] / sum, target: answer.targets[k] },
  }));
  const known = new Set(shown);
  const power = powers.reduce((total, one, k) => (known.has(k) ? total : total + one), 0);
  const count = outputs - shown.length;
  return {
    isSoftmax: kind === "softmax",
    ...{ read, rows, sum, shift },
    rest: count > 0 ? { count, power, share: power / sum } : null,
    isAsked: answer.isAsked,
  };
}

/**
 * Numbers as bars side by side, up from the middle where they are positive, down where negative.
 * @param {ArrayLike<number>} numbers @param {number} largest  how large the highest bar is
 * @param {{width: number, height: number}} size
 * @returns {import("../../drawing/marks.js").Mark[]}
 */
export function signedBars(numbers, largest, { width, height }) {
  const [middle, column] = [height / 2, width / numbers.length];
  const gap = column > 3 ? 1 : 0;
  /** @param {1|-1} sign */
  const bars = (sign) =>
    Array.from({ length: numbers.length }, (_, k) => k)
      .filter((k) => numbers[k] * sign > 0)
      .map((k) => {
        const [left, right] = [k * column, (k + 1) * column - gap];
        const share = Math.min(Math.abs(numbers[k]) / largest, 1);
        const end = middle - sign * share * middle;
        return [left, middle, left, end, right, end, right, middle];
      });
  const axis = [[0, middle, width, middle]];
  return [
    { kind: "line", runs: axis, colour: "var(--line)", width: 1, dash: [], alpha: 1 },
    { kind: "area", runs: bars(1), fill: "var(--positive)", alpha: 1, name: "positive" },
    { kind: "area", runs: bars(-1), fill: "var(--negative)", alpha: 1, name: "negative" },
  ];
}

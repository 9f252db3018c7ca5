/**
 * What the network answers at a time step, as numbers and in words. No DOM.
 *
 * @typedef {import("./header.js").StepHeader} StepHeader
 * @typedef {import("./header.js").AnswerSpec} AnswerSpec
 * @typedef {import("./model.js").Model} Model
 *
 * @typedef {Object} Answer  a number for each output: of a softmax its probability
 * @property {Float64Array} live
 * @property {Float64Array} ghost  before the visitor's changes
 * @property {Float64Array} targets
 * @property {boolean} isAsked  the step counts in the loss, which has targets
 */

import { percent, short, signed } from "../drawing/number_format.js";

const LEAST = 0.005; // a probability that moved by less is told as it was

/** The steps that have targets. @param {StepHeader} header */
export function askedSteps({ loss }) {
  return loss.kind === "sum" ? [] : loss.steps;
}

/**
 * @param {StepHeader} header @param {Model} model @param {number} step
 * @returns {Answer}  of a network that has a readout
 */
export function answerAt(header, { live, ghost }, step) {
  const at = (/** @type {Float64Array|null} */ all) =>
    (all ?? new Float64Array()).subarray(step * live.outputs, (step + 1) * live.outputs);
  return {
    live: at(live.probabilities ?? live.prediction),
    ghost: at(ghost.probabilities ?? ghost.prediction),
    targets: at(live.targets),
    isAsked: askedSteps(header).includes(step),
  };
}

/** @param {AnswerSpec} readout @param {Answer} answer */
export function sentenceOf(readout, answer) {
  return readout.kind === "softmax" ? likeliest(readout, answer) : first(answer);
}

/**
 * The likeliest output with its probability, or the number. @param {AnswerSpec} readout
 * @param {Float64Array} numbers  one for each output
 */
export function briefly({ kind, labels }, numbers) {
  const best = argmax(numbers);
  if (kind !== "softmax" || Number.isNaN(numbers[best])) return short(numbers[best]);
  return `${labels[best]} ${percent(numbers[best])}`;
}

/** @param {AnswerSpec} readout @param {Answer} answer */
function likeliest({ labels }, { live, ghost, targets, isAsked }) {
  const [now, before] = [argmax(live), argmax(ghost)];
  const goal = isAsked ? `, target ${labels[argmax(targets)]}` : "";
  if (Number.isNaN(live[now])) return `not a number${goal}`;
  const isOther = now !== before || Math.abs(live[now] - ghost[now]) > LEAST;
  const was = isOther ? ` (was ${labels[before]}, ${percent(ghost[before])})` : "";
  return `${labels[now]}, ${percent(live[now])}${goal}${was}`;
}

/** @param {Answer} answer */
function first({ live: [now], ghost: [before], targets: [target], isAsked }) {
  const change = now - before;
  const goal = isAsked ? `, target ${short(target)}` : "";
  return `${short(now)}${goal}${change ? ` (Δ ${signed(change)})` : ""}`;
}

/** The place of the largest; a number is larger than what is none. @param {ArrayLike<number>} numbers */
export function argmax(numbers) {
  let best = 0;
  for (let k = 1; k < numbers.length; k++)
    if (numbers[k] > numbers[best] || Number.isNaN(numbers[best])) best = k;
  return best;
}

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

import { percent, short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { argmax } from "../maths/effect.js";

const LEAST = 0.005; // a probability that moved by less is told as it was
const MOST_PROBABILITIES = 8; // that stand side by side
export const BEST = 5; // of more; and as many numbers, which are wider, have room

/** The steps that have targets. @param {StepHeader} header */
export function askedSteps({ loss }) {
  return loss.kind === "sum" ? [] : loss.steps;
}

/** Those whose answer counts: the last where nothing is asked. @param {StepHeader} header @param {number} T */
export function countedSteps(header, T) {
  const asked = askedSteps(header);
  return asked.length > 0 ? asked : [T - 1];
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
  return readout.kind === "softmax" ? likeliest(readout, answer) : largest(readout, answer);
}

/**
 * The likeliest output with its probability, or the largest number, with its output where there
 * are several; where they stand in order, the first.
 * @param {Pick<AnswerSpec, "kind"|"labels"> & {in_order?: boolean}} readout
 * @param {Float64Array} numbers  one for each output
 */
export function briefly({ kind, labels, in_order }, numbers) {
  const best = in_order ? 0 : argmax(numbers);
  if (Number.isNaN(numbers[best])) return short(numbers[best]);
  if (kind !== "softmax" && labels.length > 1)
    return _("{output}: {number}", { output: labels[best], number: short(numbers[best]) });
  if (kind !== "softmax") return short(numbers[best]);
  return `${labels[best]} ${percent(numbers[best])}`;
}

/**
 * An answer before and after something: "B 99%" and "D 73%", or the number that moved.
 * @param {AnswerSpec} readout
 * @param {Pick<import("../maths/effect.js").Effect, "output"|"before"|"after">} effect
 * @param {Float64Array} before  of each output @param {Float64Array} after
 */
export function effectInWords(readout, effect, before, after) {
  if (readout.kind === "softmax")
    return { before: briefly(readout, before), now: briefly(readout, after) };
  const { labels } = readout;
  const shown = (/** @type {number} */ number) =>
    labels.length > 1 ? `${labels[effect.output]} ${short(number)}` : short(number);
  return { before: shown(effect.before), now: shown(effect.after) };
}

/** How many outputs are all shown. @param {Pick<AnswerSpec, "kind">} readout */
export function mostShown({ kind }) {
  return kind === "softmax" ? MOST_PROBABILITIES : BEST;
}

/** @param {AnswerSpec} readout @param {Answer} answer */
function likeliest(readout, { live, ghost, targets, isAsked }) {
  const [now, before] = [argmax(live), argmax(ghost)];
  const isOther = now !== before || Math.abs(live[now] - ghost[now]) > LEAST;
  const isNumber = !Number.isNaN(live[now]);
  return worded(briefly(readout, live), {
    target: isAsked ? readout.labels[argmax(targets)] : null,
    before: isNumber && isOther ? briefly(readout, ghost) : null,
  });
}

/** @param {AnswerSpec} readout @param {Answer} answer */
function largest(readout, { live, ghost, targets, isAsked }) {
  const [answer, before] = [briefly(readout, live), briefly(readout, ghost)];
  const isMoved = live.some((number, k) => number - ghost[k]);
  return worded(answer, {
    target: isAsked && (live.length === 1 || readout.in_order) ? short(targets[0]) : null,
    before: isMoved && (live.length === 1 || before !== answer) ? before : null,
  });
}

/**
 * An answer, with its target where it is asked and what it was where it is another.
 * @param {string} answer @param {{target: string|null, before: string|null}} beside
 */
function worded(answer, { target, before }) {
  if (target === null && before === null) return answer;
  if (before === null) return _("{answer} (target {target})", { answer, target: target ?? "" });
  if (target === null) return _("{answer} (was {before})", { answer, before });
  return _("{answer} (target {target}, was {before})", { answer, target, before });
}

/**
 * Which outputs are shown: all where there is room, else the likeliest, and the target where it is
 * asked; of a linear readout the largest, or the first where they stand in order.
 * @param {AnswerSpec} readout @param {Answer} answer
 * @returns {number[]}
 */
export function shownOutputs({ kind, labels, in_order }, { live, targets, isAsked }) {
  const all = [...labels.keys()];
  if (all.length <= mostShown({ kind })) return all;
  if (in_order) return all.slice(0, BEST);
  const size = (/** @type {number} */ k) => (Number.isNaN(live[k]) ? -Infinity : live[k]);
  const best = all.sort((a, b) => size(b) - size(a) || a - b).slice(0, BEST);
  const target = argmax(targets);
  return kind === "softmax" && isAsked && !best.includes(target) ? [...best, target] : best;
}

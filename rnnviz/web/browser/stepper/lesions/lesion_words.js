/** A lesion in words: what is held, and what became of the answer and of the loss. No DOM. */

import { briefly } from "../answer.js";
import { short } from "../../drawing/number_format.js";
import { _ } from "../../drawing/texts.js";
import { unitsInWords } from "../changes/unit_sets.js";

/** @typedef {import("../../maths/lesions.js").Lesioned} Lesioned */
/** @typedef {import("../header.js").AnswerSpec} AnswerSpec */

/**
 * "forget gate, unit 5 = 0".
 * @param {import("../../maths/lesions.js").Lesion} lesion @param {import("../words.js").Words} words
 */
export function lesionInWords({ name, unit, value }, words) {
  return `${words.title(name)}, ${unitsInWords(unit)} = ${value}`;
}

/**
 * "B 99% → D 73%", or the number before and after.
 * @param {AnswerSpec} readout @param {NonNullable<Lesioned["answer"]>} answer
 */
export function answerInWords(readout, { output, before, after, answer, share }) {
  const { kind, labels } = readout;
  if (kind !== "softmax") return `${short(before)} → ${short(after)}`;
  const one = (/** @type {number} */ place, /** @type {number} */ number) =>
    briefly({ kind, labels: [labels[place]] }, Float64Array.of(number));
  return `${one(output, before)} → ${one(answer, share)}`;
}

/** @param {number} number  with its sign */
export function signed(number) {
  return `${number > 0 ? "+" : ""}${short(number)}`;
}

/**
 * What the table's numbers are of.
 * @param {number[]} steps  those whose answer counts @param {boolean} isAnswered
 */
export function aboutLesions(steps, isAnswered) {
  const how = _(
    "Each line holds one gate at every step of the untouched run, and nothing else. Press one to hold it so; pressed again it is released.",
  );
  if (!isAnswered) return how;
  const which =
    steps.length === 1
      ? _("The answer is that at step {step}.", { step: steps[0] + 1 })
      : _("The answer is that of the step where it moved most.");
  return `${how} ${which}`;
}

/** What the loss is, and what the visitor's changes did to it, to the answers and to h. No DOM. */

import { short } from "../../drawing/number_format.js";
import { _ } from "../../drawing/texts.js";
import { answersOf, argmax, largestEffect, rowOf } from "../../maths/effect.js";
import { countedSteps, effectInWords } from "../answer.js";

/** @typedef {import("../model.js").Model} Model */
/** @typedef {import("../header.js").StepHeader} StepHeader */

/**
 * Sentences: what L is and how large; where something is changed, what it was and what came of it.
 * @param {StepHeader} header @param {Model} model @param {number} layer  the one in view
 * @returns {string[]}
 */
export function outcomeOf(header, model, layer) {
  const { live, ghost, isChanged } = model;
  const { answers, rest } = besideLoss(header, model, layer);
  const change = { before: short(ghost.loss), now: short(live.loss) };
  const loss = isChanged
    ? _("Loss {before} → {now}.", change)
    : _("Loss L = {loss}.", { loss: short(live.loss) });
  return [...answers, loss, ...rest];
}

/**
 * What is said before how large the loss is, and after that.
 * @param {StepHeader} header @param {Model} model @param {number} layer
 */
export function besideLoss(header, model, layer) {
  if (!model.isChanged) return { answers: [], rest: [header.loss.text] };
  const size = short(largestChange(model, layer));
  return {
    answers: answerChange(header, model),
    rest: [_("Largest change in h: {size}.", { size })],
  };
}

/**
 * What it answers where that counts, before and after; of several steps at the one that moved most.
 * @param {StepHeader} header @param {Model} model
 */
function answerChange(header, { live, ghost, T }) {
  const { readout } = header;
  const [before, after] = [answersOf(ghost), answersOf(live)];
  if (readout === null || before === null || after === null) return [];
  const steps = countedSteps(header, T);
  const effect = largestEffect(before, after, steps);
  const change = effectInWords(
    readout,
    effect,
    rowOf(before, effect.step),
    rowOf(after, effect.step),
  );
  const holes = { step: effect.step + 1, ...change };
  if (steps.length === 1) return [_("Answer at step {step}: {before} → {now}.", holes)];
  const most = _("The answer moved most at step {step}: {before} → {now}.", holes);
  if (readout.kind !== "softmax") return [most];
  const isOther = (/** @type {number} */ step) =>
    argmax(rowOf(before, step)) !== argmax(rowOf(after, step));
  const counts = { changed: steps.filter(isOther).length, steps: steps.length };
  return [_("Answers that changed: {changed} of {steps}.", counts), most];
}

/** @param {Model} model @param {number} layer */
function largestChange(model, layer) {
  const [now, before] = [model.values(layer, "h"), model.ghosts(layer, "h")];
  let most = 0;
  for (let k = 0; k < now.length; k++) most = Math.max(most, Math.abs(now[k] - before[k]));
  return most;
}

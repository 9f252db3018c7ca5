/** What the loss is, and what the visitor's changes did to it, to the answers and to h. No DOM. */

import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { answerAt, argmax, askedSteps, briefly } from "./answer.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./header.js").StepHeader} StepHeader */

/**
 * Sentences: what L is and how large; where something is changed, what it was and what came of it.
 * @param {StepHeader} header @param {Model} model @param {number} layer  the one in view
 * @returns {string[]}
 */
export function outcomeOf(header, model, layer) {
  const { live, ghost, isChanged } = model;
  if (!isChanged) return [_("Loss L = {loss}.", { loss: short(live.loss) }), header.loss.text];
  const change = { before: short(ghost.loss), now: short(live.loss) };
  return [
    ...answersOf(header, model),
    _("Loss {before} → {now}.", change),
    _("Largest change in h: {size}.", { size: short(largestChange(model, layer)) }),
  ];
}

/** @param {StepHeader} header @param {Model} model */
function answersOf(header, model) {
  const { readout } = header;
  const asked = askedSteps(header);
  const [last] = asked.length > 0 ? asked.slice(-1) : [model.T - 1];
  if (readout === null) return [];
  if (asked.length > 1 && readout.kind === "softmax") return [changedAnswers(header, model, asked)];
  if (asked.length > 1 || readout.labels.length > 1 === (readout.kind === "linear")) return [];
  const { live, ghost } = answerAt(header, model, last);
  const change = { before: briefly(readout, ghost), now: briefly(readout, live) };
  return [_("Answer at step {step}: {before} → {now}.", { step: last + 1, ...change })];
}

/** @param {StepHeader} header @param {Model} model @param {number[]} asked */
function changedAnswers(header, model, asked) {
  const others = asked.filter((step) => {
    const { live, ghost } = answerAt(header, model, step);
    return argmax(live) !== argmax(ghost);
  });
  const counts = { changed: others.length, steps: asked.length };
  return _("Answers that changed: {changed} of {steps}.", counts);
}

/** @param {Model} model @param {number} layer */
function largestChange(model, layer) {
  const [now, before] = [model.values(layer, "h"), model.ghosts(layer, "h")];
  let most = 0;
  for (let k = 0; k < now.length; k++) most = Math.max(most, Math.abs(now[k] - before[k]));
  return most;
}

/**
 * What L is, as one line with its numbers: which of them stand in which sentence. No DOM.
 *
 * @typedef {import("../maths/loss_reasons.js").LossReason} LossReason
 * @typedef {import("../maths/loss_reasons.js").StepLoss} StepLoss
 * @typedef {import("../maths/loss_reasons.js").OutputLoss} OutputLoss
 */

/** The one output that is right, where there is one. @param {StepLoss} step @returns {OutputLoss|null} */
export function onlyTarget({ outputs }) {
  const wanted = outputs.filter(({ target }) => target !== 0);
  return wanted.length === 1 && wanted[0].target === 1 ? wanted[0] : null;
}

/**
 * Of the steps that count the one that is told: the one in view, or the last.
 * @param {LossReason} reason @param {number} step
 */
export function stepTold({ steps }, step) {
  return steps.find(({ t }) => t === step) ?? steps[steps.length - 1];
}

/**
 * The numbers whose arithmetic one step's loss is: the right output's probability, or the one answer;
 * null where they are more than a line holds.
 * @param {LossReason["kind"]} kind @param {StepLoss} step
 */
export function factorOf(kind, step) {
  if (kind === "cross entropy") return onlyTarget(step);
  return kind === "squared error" && step.outputs.length === 1 ? step.outputs[0] : null;
}

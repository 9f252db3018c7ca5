/** What L is with its numbers in sight, in one line; each leads on to the arithmetic behind it. */

import { assign, element, mark, pressable, touches, write } from "../drawing/dom.js";
import { long, short } from "../drawing/number_format.js";
import { whenSeen } from "../drawing/seen.js";
import { _nodes } from "../drawing/texts.js";
import { LOSS, explainLoss } from "../maths/loss_reasons.js";
import { factorOf, stepTold } from "./loss_words.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../maths/loss_reasons.js").StepLoss} StepLoss */
/** @typedef {ReturnType<typeof numbersOf>} Numbers */

/** @param {Context} context */
export function lossLine(context) {
  const { header, model, store } = context;
  const line = element("p", { class: "plainly loss-line", "data-testid": "loss-line" });
  const numbers = numbersOf(context);
  const seen = whenSeen(line);
  /** Which sentence stands there. @type {string|null} */
  let known = null;

  function draw() {
    const reason = explainLoss(model.live);
    const step = stepTold(reason, store.state.step);
    const factor = factorOf(reason.kind, step);
    const words = { steps: String(reason.steps.length), step: String(step.t + 1) };
    const output = header.readout?.labels[factor?.k ?? 0] ?? "";
    const key = [reason.kind, factor === null, reason.steps.length, output, step.t].join(" ");
    if (key !== known)
      line.replaceChildren(...sentence(context, { ...words, output }, factor, numbers));
    known = key;
    numbers.show(reason.value, step, factor);
  }
  return {
    element: line,
    /** @param {import("./state.js").Changed} changed */
    update(changed) {
      if (touches(changed, "run", "item", "step", "mount")) seen.draw(draw);
    },
    destroy: seen.destroy,
  };
}

/** L of what is shown now, a number that opens its arithmetic. @param {Context} context */
export function lossNumber({ store, controller }) {
  const open = () => controller.explain(LOSS, 0, store.state.step);
  const node = pressable(element("b", { class: "number", "data-testid": "loss" }), open);
  return {
    element: node,
    /** @param {number} loss */
    show(loss) {
      write(node, short(loss));
      assign(node, "title", long(loss));
      mark(node, LOSS, 0, loss);
    },
  };
}

/** The numbers of the line, which stay while their sentence does. @param {Context} context */
function numbersOf(context) {
  const { controller } = context;
  const loss = lossNumber(context);
  let [output, t] = [0, 0];
  const open = () => controller.explain("prediction", output, t);
  const factor = context.header.readout
    ? pressable(element("b", { class: "number" }), open)
    : element("span");
  const [target, own] = [element("span"), element("span")];
  return {
    ...{ loss: loss.element, factor, target, own },
    /**
     * @param {number} value  L @param {StepLoss} step
     * @param {import("../maths/loss_reasons.js").OutputLoss|null} one  what the step's loss is made of
     */
    show(value, step, one) {
      loss.show(value);
      write(own, short(step.own));
      if (one === null) return;
      [output, t] = [one.k, step.t];
      write(factor, long(one.y));
      mark(factor, "loss factor", one.k, one.y);
      write(target, one.target < 0 ? `(${short(one.target)})` : short(one.target));
    },
  };
}

/**
 * @param {Context} context
 * @param {{steps: string, step: string, output: string}} words
 * @param {import("../maths/loss_reasons.js").OutputLoss|null} factor @param {Numbers} numbers
 */
function sentence({ header: { loss } }, words, factor, { loss: value, factor: y, target, own }) {
  const holes = { ...words, loss: value, y, target, own };
  if (factor === null) return _nodes("L = {loss}", holes);
  const isOne = loss.steps.length === 1;
  if (loss.kind === "cross entropy")
    return isOne
      ? _nodes("L = −ln p(“{output}”) = −ln {y} = {loss}", holes)
      : _nodes(
          "L = {loss}, the mean of −ln p over {steps} steps; at step {step}: −ln p(“{output}”) = −ln {y} = {own}",
          holes,
        );
  return isOne
    ? _nodes("L = (answer − target)² = ({y} − {target})² = {loss}", holes)
    : _nodes(
        "L = {loss}, the mean of (answer − target)² over {steps} steps; at step {step}: ({y} − {target})² = {own}",
        holes,
      );
}

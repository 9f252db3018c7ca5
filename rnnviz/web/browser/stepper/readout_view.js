/**
 * What the network answers at this step: a bar per output, the untouched answer as an outline, the
 * target.
 */

import { niceCeiling } from "../drawing/colours.js";
import { assign, element, mark, touches, write } from "../drawing/dom.js";
import { long, percent, short } from "../drawing/number_format.js";
import { termOf } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";
import { readInWords } from "./pool_words.js";
import { BEST, answerAt, askedSteps, mostShown, sentenceOf, shownOutputs } from "./answer.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./header.js").AnswerSpec} AnswerSpec */

/** @param {Context} context @returns {import("./views.js").View|null} */
export function readoutView({ header, model, store, controller }) {
  const { readout } = header;
  if (readout === null) return null;
  const isSoftmax = readout.kind === "softmax";
  const answerText = element("span", { class: "told", "data-testid": "prediction" });
  const explain = (/** @type {number} */ k) =>
    controller.explain("prediction", k, store.state.step);
  const places = Math.min(readout.labels.length, Math.max(mostShown(readout), BEST + 1));
  const columns = Array.from({ length: places }, () => columnOf(explain));
  const nodes = columns.map(({ node }) => node);
  const areWide = !isSoftmax && places > 1;
  const how = element("p", { class: "caption" });
  const words = [
    element("h3", {}, termOf(_("Answer at this step"), isSoftmax ? "softmax" : "readout")),
    answerText,
    how,
  ];
  const about = { class: "readout", "data-testid": "readout", "aria-label": _("prediction") };

  const show = () => {
    const answer = answerAt(header, model, store.state.step);
    const span = isSoftmax ? { low: 0, high: 1 } : spanOf(header, model);
    const outputs = shownOutputs(readout, answer);
    columns.forEach((column, place) => {
      column.node.hidden = place >= outputs.length;
      if (place >= outputs.length) return;
      showNumber(column, outputs[place], answer.live[outputs[place]], readout);
      showBars(column, outputs[place], answer, span, isSoftmax);
    });
    write(answerText, sentenceOf(readout, answer));
    write(how, `${howTo(readout, answer, askedSteps(header))} ${readInWords(model.live)}`.trim());
  };
  return {
    element: element(
      "section",
      about,
      element(
        "div",
        { class: "answer-row" },
        element("div", { class: "answer-text" }, ...words),
        element("div", { class: areWide ? "answers wide" : "answers" }, ...nodes),
      ),
    ),
    update(changed) {
      if (touches(changed, "step", "run", "mount")) show();
    },
    destroy: () => {},
  };
}

/**
 * How to read the bars at this step.
 * @param {AnswerSpec} readout @param {Answer} answer @param {number[]} asked
 */
function howTo({ kind, labels, in_order }, { isAsked }, asked) {
  const count = labels.length;
  const isSoftmax = kind === "softmax";
  const sentences = [whenAsked(isSoftmax, isAsked, asked)];
  if (count > mostShown({ kind })) {
    const holes = { best: BEST, count };
    if (isSoftmax) sentences.push(_("The {best} likeliest of {count} are shown.", holes));
    else if (in_order) sentences.push(_("The first {best} of {count} are shown.", holes));
    else sentences.push(_("The {best} largest of {count} are shown.", holes));
  }
  return sentences.join(" ");
}

/** @param {boolean} isSoftmax @param {boolean} isAsked @param {number[]} asked */
function whenAsked(isSoftmax, isAsked, asked) {
  if (isAsked && isSoftmax) return _("Probabilities, rounded; ◎ is the target.");
  if (isAsked) return _("The line is the target.");
  if (asked.length === 1)
    return _("What it would answer now; it is asked at step {step}.", { step: asked[0] + 1 });
  return _("What it would answer now.");
}

/** @typedef {ReturnType<typeof columnOf>} Column */

/** An output: its number, its bar, its label. @param {(output: number) => void} explain */
function columnOf(explain) {
  const bar = element("i", { class: "answer-bar" });
  const ghost = element("i", { class: "answer-ghost" });
  const goal = element("i", { class: "answer-goal", title: _("target") });
  const press = () => explain(Number(number.dataset.unit));
  const number = element("button", { type: "button", class: "number", on: { click: press } });
  const well = element("div", { class: "answer-well" }, bar, ghost, goal);
  const name = element("span", { class: "answer-label", "data-verbatim": true });
  return {
    node: element("div", { class: "answer" }, number, well, name),
    bar,
    ghost,
    goal,
    number,
    name,
  };
}

/**
 * @param {Column} column @param {number} k @param {number} value @param {AnswerSpec} readout
 */
function showNumber({ number, name }, k, value, { kind, labels }) {
  const isSoftmax = kind === "softmax";
  write(number, isSoftmax ? percent(value) : short(value));
  mark(number, isSoftmax ? "probability" : "prediction", k, value);
  assign(number, "title", long(value));
  write(name, labels[k]);
  assign(name, "title", labels[k]);
}

/**
 * @param {Column} column @param {number} k @param {Answer} answer
 * @param {{low: number, high: number}} span @param {boolean} isSoftmax
 */
function showBars({ bar, ghost, goal, node }, k, answer, { low, high }, isSoftmax) {
  const [value, before, target] = [answer.live[k], answer.ghost[k], answer.targets[k]];
  const part = (/** @type {number} */ number) =>
    Math.min(Math.max((number - low) / (high - low), 0), 1);
  stretchFrom(bar, part(0), part(value));
  ghost.hidden = Object.is(value, before);
  stretchFrom(ghost, part(0), part(before));
  goal.hidden = !answer.isAsked || (isSoftmax && target === 0);
  goal.style.bottom = `${100 * part(target)}%`;
  node.classList.toggle("wanted", answer.isAsked && isSoftmax && target > 0.5);
}

/**
 * What the bars span: every untouched answer and target, so that they stay while something is dragged.
 * @param {Context["header"]} header @param {Context["model"]} model
 */
function spanOf(header, { ghost }) {
  const targets = askedSteps(header).length > 0 ? ghost.targets : [];
  let [low, high] = [0, 0];
  for (const number of [...(ghost.prediction ?? []), ...targets]) {
    if (!Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return { low: low < 0 ? -niceCeiling(-low) : 0, high: niceCeiling(high) };
}

/** @param {HTMLElement} bar @param {number} zero @param {number} end  shares of its height */
function stretchFrom(bar, zero, end) {
  bar.style.bottom = `${100 * Math.min(zero, end)}%`;
  bar.style.height = `${100 * Math.abs(end - zero)}%`;
}

/**
 * What the network answers at this step: a bar per output, the untouched answer as an outline, the
 * target.
 */

import { niceCeiling } from "../drawing/colours.js";
import { assign, element, mark, touches, write } from "../drawing/dom.js";
import { exact, percent, short } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { answerAt, askedSteps, sentenceOf } from "./answer.js";

/** @typedef {import("./context.js").Context} Context */

const MOST = 16;

/** @param {Context} context @returns {import("./views.js").View|null} */
export function readoutView({ header, model, store, controller }) {
  const { readout } = header;
  if (readout === null) return null;
  const isSoftmax = readout.kind === "softmax";
  const told = element("span", { class: "told", "data-testid": "prediction" });
  const columns = readout.labels
    .slice(0, MOST)
    .map((label, k) =>
      columnOf(label, () => controller.explain("prediction", k, store.state.step)),
    );
  const how = isSoftmax
    ? "If asked at this step."
    : "If asked at this step; the line is the target.";
  const outputs = readout.labels.length;
  const more = outputs > MOST ? `The first ${MOST} of ${outputs} outputs are shown.` : "";
  const words = [element("h3", {}, "Answer at this step"), told, caption(`${how} ${more}`)];
  const about = { class: "readout", "data-testid": "readout", "aria-label": "prediction" };

  const show = () => {
    const answer = answerAt(header, model, store.state.step);
    const span = isSoftmax ? { low: 0, high: 1 } : spanOf(header, model);
    columns.forEach((column, k) => {
      showNumber(column, k, answer.live[k], readout);
      showBars(column, k, answer, span, isSoftmax);
    });
    write(told, sentenceOf(readout, answer));
  };
  return {
    element: element(
      "section",
      about,
      element(
        "div",
        { class: "answer-row" },
        element("div", { class: "answer-text" }, ...words),
        element("div", { class: "answers" }, ...columns.map(({ node }) => node)),
      ),
    ),
    update(changed) {
      if (touches(changed, "step", "run", "mount")) show();
    },
    destroy: () => {},
  };
}

/** @typedef {ReturnType<typeof columnOf>} Column */

/** An output: its number, its bar, its label. @param {string} label @param {() => void} press */
function columnOf(label, press) {
  const bar = element("i", { class: "answer-bar" });
  const ghost = element("i", { class: "answer-ghost" });
  const goal = element("i", { class: "answer-goal", title: "target" });
  const about = { type: "button", class: "number", tabindex: -1 };
  const number = element("button", { ...about, on: { click: press } });
  const well = element("div", { class: "answer-well" }, bar, ghost, goal);
  const name = element("span", { class: "answer-label", title: label }, label);
  return {
    node: element("div", { class: "answer" }, number, well, name),
    bar,
    ghost,
    goal,
    number,
  };
}

/**
 * @param {Column} column @param {number} k @param {number} value
 * @param {import("./header.js").AnswerSpec} readout
 */
function showNumber({ number }, k, value, { kind, labels }) {
  const isSoftmax = kind === "softmax";
  write(number, isSoftmax ? percent(value) : short(value));
  mark(number, isSoftmax ? "probability" : "prediction", k, value);
  assign(number, "title", `${labels[k]}: ${exact(value)}`);
}

/**
 * @param {Column} column @param {number} k @param {import("./answer.js").Answer} answer
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

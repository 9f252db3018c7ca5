/**
 * What the network answers at this step: a bar per output, the untouched answer as an outline, the
 * target.
 */

import { assign, element, mark, write } from "../drawing/dom.js";
import { exact, percent, short, signed } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { niceCeiling } from "../drawing/colours.js";

const MOST = 16;

/** @param {import("./stage.js").Stage} stage */
export function readoutView({ header, model, store, controller }) {
  const { readout, loss } = header;
  if (!readout) return null;
  const outputs = readout.labels.length,
    isSoftmax = readout.kind === "softmax";
  const numbers = (network) => (isSoftmax ? network.probabilities : network.prediction);
  const told = element("span", { class: "told", "data-testid": "prediction" });
  const columns = readout.labels.slice(0, MOST).map((label, k) => column(label, k));
  const how = isSoftmax
    ? "If asked at this step."
    : "If asked at this step; the line is the target.";
  const more = outputs > MOST ? `The first ${MOST} of ${outputs} outputs are shown.` : "";

  function column(label, k) {
    const bar = element("i", { class: "answer-bar" }),
      ghost = element("i", { class: "answer-ghost" });
    const goal = element("i", { class: "answer-goal", title: "target" });
    const number = element("button", {
      type: "button",
      class: "number",
      tabindex: -1,
      on: { click: () => controller.explain("prediction", k, store.state.step) },
    });
    const node = element(
      "div",
      { class: "answer" },
      number,
      element("div", { class: "answer-well" }, bar, ghost, goal),
      element("span", { class: "answer-label", title: label }, label),
    );
    return { node, bar, ghost, goal, number };
  }
  function span() {
    if (isSoftmax) return [0, 1];
    let low = 0,
      high = 0;
    for (const n of [...model.ghost.prediction, ...(asked().length ? model.ghost.targets : [])]) {
      if (Number.isFinite(n)) {
        low = Math.min(low, n);
        high = Math.max(high, n);
      }
    }
    return [low < 0 ? -niceCeiling(-low) : 0, niceCeiling(high)];
  }
  const asked = () => (loss && loss.kind !== "sum" ? loss.steps : []);
  function show() {
    const { step } = store.state;
    const live = numbers(model.live),
      ghost = numbers(model.ghost);
    const [low, high] = span();
    const part = (value) => Math.min(Math.max((value - low) / (high - low), 0), 1);
    const isAsked = asked().includes(step);
    columns.forEach(({ bar, ghost: outline, goal, number, node }, k) => {
      const value = live[step * outputs + k],
        before = ghost[step * outputs + k];
      stretchFrom(bar, part(0), part(value));
      outline.hidden = Object.is(value, before);
      stretchFrom(outline, part(0), part(before));
      const target = model.live.targets[step * outputs + k];
      goal.hidden = !isAsked || (isSoftmax && target === 0);
      goal.style.bottom = `${100 * part(target)}%`;
      node.classList.toggle("wanted", isAsked && isSoftmax && target > 0.5);
      write(number, isSoftmax ? percent(value) : short(value));
      mark(number, isSoftmax ? "probability" : "prediction", k, value);
      assign(number, "title", `${readout.labels[k]}: ${exact(value)}`);
    });
    write(told, sentence(step, live, ghost, isAsked));
  }
  function sentence(step, live, ghost, isAsked) {
    const best = (all) => argmax(all.subarray(step * outputs, (step + 1) * outputs));
    const now = best(live),
      before = best(ghost);
    if (!isSoftmax) {
      const change = live[step * outputs] - ghost[step * outputs];
      const goal = isAsked ? `, target ${short(model.live.targets[step * outputs])}` : "";
      return `${short(live[step * outputs])}${goal}${change ? ` (Δ ${signed(change)})` : ""}`;
    }
    const goal = isAsked
      ? `, target ${readout.labels[argmax(model.live.targets.subarray(step * outputs, (step + 1) * outputs))]}`
      : "";
    const was =
      model.isChanged &&
      (now !== before || Math.abs(live[step * outputs + now] - ghost[step * outputs + now]) > 0.005)
        ? ` (was ${readout.labels[before]}, ${percent(ghost[step * outputs + before])})`
        : "";
    const answer = live[step * outputs + now];
    if (Number.isNaN(answer)) return `not a number${goal}`;
    return `${readout.labels[now]}, ${percent(answer)}${goal}${was}`;
  }
  return {
    element: element(
      "section",
      { class: "readout", "data-testid": "readout", "aria-label": "prediction" },
      element(
        "div",
        { class: "answer-row" },
        element(
          "div",
          { class: "answer-text" },
          element("h3", {}, "Answer at this step"),
          told,
          caption(`${how} ${more}`),
        ),
        element("div", { class: "answers" }, ...columns.map(({ node }) => node)),
      ),
    ),
    update(changed) {
      if (["step", "run", "mount"].some((key) => changed.has(key))) show();
    },
    sentence() {
      const { step } = store.state;
      return sentence(step, numbers(model.live), numbers(model.ghost), asked().includes(step));
    },
    destroy: () => {},
  };
}

function stretchFrom(bar, zero, end) {
  bar.style.bottom = `${100 * Math.min(zero, end)}%`;
  bar.style.height = `${100 * Math.abs(end - zero)}%`;
}

export function argmax(numbers) {
  let best = 0;
  for (let k = 1; k < numbers.length; k++)
    if (numbers[k] > numbers[best] || Number.isNaN(numbers[best])) best = k;
  return best;
}

/**
 * The sequence: one square per time step; a bar per input that can be dragged; a symbol that can be
 * changed.
 */

import { assign, element } from "../drawing/dom.js";
import { draggable, scrubbable } from "../drawing/drag.js";
import { inputBars } from "./input_bars.js";
import { inputMap } from "./input_map.js";
import { short } from "../drawing/number_format.js";
import { codeAt, isInputChanged, labelAt, labelsOf } from "./sequence_labels.js";
import { plotRow } from "../drawing/plot.js";

const MOST_ROWS = 3;
const OFFERED = ["tabindex", "role", "aria-valuenow", "aria-valuetext", "aria-label"];

/** @param {import("./stage.js").Stage} stage */
export function stripView({ header, model, store, controller, theme, tip }) {
  const { one_hot: isOneHot, alphabet, input_names: names } = header.sequence;
  const labels = labelsOf(header, model.item);
  const isChangeable = isOneHot && Boolean(alphabet);
  const T = model.T,
    inputs = model.inputs;
  const row = plotRow(T, { label: element("span", { class: "quiet" }, "sequence") });
  const tokens = labels.map((label, t) => token(t, label));
  const bars = isOneHot
    ? []
    : inputs > MOST_ROWS
      ? [inputMap({ header, model, store, controller, theme, tip })]
      : names
          .slice(0, inputs)
          .map((name, input) => inputBars({ model, store, controller, theme, input, name }));
  const list = element(
    "div",
    { class: "tokens", role: "group", "aria-label": "sequence", style: `--columns:${T}` },
    ...tokens.map(({ node }) => node),
  );
  row.plot.append(list);
  const stops = tokens.map(({ node }, t) =>
    isChangeable ? changeable(node, t) : draggable(node, pick(t)),
  );

  function token(t, label) {
    const number = element("small", {}, String(t + 1));
    const text = element("span", { class: "token-text" }, label);
    const node = element("div", { class: "token", title: `step ${t + 1}: ${label}` }, number, text);
    return { node, text, label };
  }
  function pick(t) {
    return { begin: () => null, move: () => {}, click: () => controller.goTo(t) };
  }

  /** A symbol is changed by dragging up and down, or with ↑ and ↓. */
  function changeable(node, t) {
    return scrubbable(node, {
      target: () => t,
      read: () => ({ value: codeAt(model, t), low: 0, high: alphabet.length - 1, travel: 20 }),
      write(_, value, going) {
        controller.goTo(t);
        controller.change(
          { kind: "symbol", item: model.item, step: t, value: Math.round(value) },
          { going },
        );
      },
      open: () => controller.goTo(t),
    });
  }
  /** The symbol in view can be reached with Tab and changed with ↑ and ↓. */
  function offer(t) {
    const { node } = tokens[t];
    const values = ["0", "spinbutton", codeAt(model, t), labelOf(t), `symbol at step ${t + 1}`];
    OFFERED.forEach((name, k) => assign(node, name, values[k]));
  }
  function labelOf(t) {
    return inputs === 1 && !isOneHot ? short(model.live.x[t]) : labelAt(header, model, t);
  }
  function showValues() {
    tokens.forEach(({ node, text }, t) => {
      const label = labelOf(t);
      node.classList.toggle("changed", isInputChanged(model, t));
      if (text.textContent === label) return;
      text.textContent = label;
      node.title = `step ${t + 1}: ${label}`;
    });
    if (isChangeable && current >= 0) offer(current);
  }
  let current = -1;
  function showStep(step) {
    const last = Math.min(Math.max(current, 0), T - 1);
    const [from, to] = current < 0 ? [0, T - 1] : [Math.min(step, last), Math.max(step, last)];
    for (let t = from; t <= to; t++) {
      assign(tokens[t].node, "aria-current", t === step ? "step" : null);
      tokens[t].node.classList.toggle("past", t < step);
    }
    if (isChangeable) {
      if (current >= 0) for (const name of OFFERED) tokens[current].node.removeAttribute(name);
      offer(step);
    }
    row.point(step);
    current = step;
  }

  list.classList.toggle("with-bars", bars.length > 0);
  return {
    element: element(
      "div",
      { class: "strip", "data-testid": "sequence" },
      row.element,
      ...bars.map((bar) => bar.element),
    ),
    update(changed) {
      const { step, hover } = store.state;
      if (changed.has("run")) showValues();
      if (changed.has("step") || changed.has("mount")) showStep(step);
      if (changed.has("hover")) row.hover(hover?.step);
      for (const bar of bars) bar.update(changed);
    },
    /**
     * Symbols and numbers give way where there is no room for them.
     * @param {number} width of the plot
     */
    resize(width) {
      const room = width / T;
      const needed = Math.max(...labels.map((label) => label.length)) * 7.2 + 4;
      list.classList.toggle("tight", room < Math.max(needed, 16));
      list.classList.toggle("tiny", room < 16);
      for (const bar of bars) bar.resize?.(width);
    },
    destroy: () => [...stops, ...bars.map((bar) => bar.destroy)].forEach((stop) => stop()),
  };
}

/**
 * The sequence: one square per time step; a bar per input that can be dragged; a symbol that can be
 * changed.
 */

import { assign, element, touches } from "../../drawing/dom.js";
import { draggable, scrubbable } from "../../drawing/drag.js";
import { short } from "../../drawing/number_format.js";
import { plotRow } from "../../drawing/plot.js";
import { termOf } from "../../drawing/term.js";
import { _ } from "../../drawing/texts.js";
import { inputBars } from "./input_bars.js";
import { inputMap } from "./input_map.js";
import { codeAt, isInputChanged, labelAt, labelsOf } from "./sequence_labels.js";
import { columnOf, columnsOf } from "../time_window.js";

/** @typedef {import("../context.js").Context} Context */

const MOST_ROWS = 3;
const OFFERED = ["tabindex", "role", "aria-valuenow", "aria-valuetext", "aria-label"];

const labelNode = () => element("span", { class: "quiet" }, termOf(_("sequence"), "sequence"));

/** @param {Context} context @returns {import("../views.js").View} */
export function stripView(context) {
  const { header, model, store } = context;
  const labels = labelsOf(header, model.item);
  const areWords = labels.some((label) => /\p{L}{2}/u.test(label));
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  const columns = columnsOf(model.T);
  const row = plotRow(columns, { label: labelNode() });
  const inputs = inputsOf(context);
  const list = element("div", {
    ...{ class: "tokens", role: "group", "aria-label": _("sequence") },
    style: `--columns:${columns}`,
  });
  row.plot.append(list);
  list.classList.toggle("with-bars", inputs.length > 0);
  const about = { class: "strip", "data-testid": "sequence" };
  /** Those in view. @type {ReturnType<typeof tokenOf>[]} */
  let tokens = [];
  let current = -1;

  function build() {
    const { from } = store.state;
    for (const token of tokens) token.destroy();
    tokens = labels
      .slice(from, from + columns)
      .map((label, k) => tokenOf(context, from + k, label));
    list.replaceChildren(...tokens.map((token) => token.element));
    current = -1;
    for (const token of tokens) token.showValue(current);
  }
  /** @param {number} step */
  function showStep(step) {
    const { from } = store.state;
    const last = Math.min(Math.max(current - from, 0), columns - 1);
    const now = step - from;
    const [low, high] = current < 0 ? [0, columns - 1] : [Math.min(now, last), Math.max(now, last)];
    for (let k = low; k <= high; k++) tokens[k].showStep(step);
    row.point(now);
    current = step;
  }
  return {
    element: element("div", about, row.element, ...inputs.map((view) => view.element)),
    update(changed) {
      const { step, hover } = store.state;
      if (touches(changed, "from", "mount")) build();
      else if (touches(changed, "run")) for (const token of tokens) token.showValue(current);
      if (touches(changed, "step", "from", "mount")) showStep(step);
      if (touches(changed, "hover")) row.hover(columnOf(hover?.step, store.state.from, model.T));
      for (const view of inputs) view.update(changed);
    },
    /** Words are turned where there is no room for them; symbols and numbers give way. */
    resize(width) {
      const room = width / columns;
      const isTight = room < Math.max(longest * 7.2 + 4, 16);
      const isTurned = isTight && areWords && room >= 16;
      list.classList.toggle("turned", isTurned);
      list.classList.toggle("tight", isTight && !isTurned);
      list.classList.toggle("tiny", room < 16);
      for (const view of inputs) view.resize?.(width);
    },
    destroy() {
      for (const one of [...tokens, ...inputs]) one.destroy();
    },
  };
}

/** What the sequence's numbers are shown in, where they are no symbols. @param {Context} context */
function inputsOf(context) {
  const { header, model } = context;
  if (header.sequence.one_hot) return [];
  if (model.inputs > MOST_ROWS) return [inputMap(context)];
  return Array.from({ length: model.inputs }, (_, input) => inputBars(context, input));
}

/**
 * A time step's square: pressed, it is gone to; the symbol in view can be reached with Tab.
 * @param {Context} context @param {number} t @param {string} label
 */
function tokenOf(context, t, label) {
  const { header, model, controller } = context;
  const { one_hot: isOneHot, alphabet } = header.sequence;
  const isChangeable = isOneHot && alphabet !== null;
  const number = element("small", {}, String(t + 1));
  const text = element("span", { class: "token-text" }, label);
  const isMarked = label.startsWith("•");
  const node = element("div", { class: isMarked ? "token marked" : "token" }, number, text);
  const open = () => controller.goTo(t);
  const stop = isChangeable
    ? changeable(context, node, t, alphabet.length)
    : draggable(node, { begin: () => null, move: () => {}, click: open });
  const isNumber = model.inputs === 1 && !isOneHot;
  const now = () =>
    isNumber && isInputChanged(model, t) ? short(model.live.x[t]) : labelAt(header, model, t);

  /** @param {boolean} isOffered */
  function offer(isOffered) {
    const about = isOffered
      ? ["0", "spinbutton", codeAt(model, t), now(), _("symbol at step {step}", { step: t + 1 })]
      : [];
    OFFERED.forEach((name, k) => assign(node, name, about[k]));
  }
  return {
    element: node,
    /** @param {number} step  the one in view */
    showStep(step) {
      assign(node, "aria-current", t === step ? "step" : null);
      node.classList.toggle("past", t < step);
      if (isChangeable) offer(t === step);
    },
    /** @param {number} step  the one in view */
    showValue(step) {
      const shown = now();
      node.classList.toggle("changed", isInputChanged(model, t));
      if (isChangeable && t === step) offer(true);
      if (text.textContent === shown && node.title !== "") return;
      text.textContent = shown;
      node.title = shown
        ? _("step {step}: {symbol}", { step: t + 1, symbol: shown })
        : _("step {step}", { step: t + 1 });
    },
    destroy: stop,
  };
}

/**
 * A symbol is changed by dragging up and down, or with ↑ and ↓.
 * @param {Context} context @param {HTMLElement} node @param {number} t
 * @param {number} symbols  how many there are
 */
function changeable({ model, controller }, node, t, symbols) {
  return scrubbable(node, {
    target: () => t,
    read: () => ({ value: codeAt(model, t), low: 0, high: symbols - 1, travel: 20 }),
    write(_, value, going) {
      const symbol = Math.round(value);
      controller.goTo(t);
      controller.change({ kind: "symbol", item: model.item, step: t, value: symbol }, { going });
    },
    open: () => controller.goTo(t),
  });
}

/** Values within the code line: a number, True or False, one of a few names. Each is edited in place. */

import { assign, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

const PAGE = 10;

/**
 * @typedef {{element: HTMLElement, show: () => void}} Field
 * @typedef {{label: string, low: number, high: number, range: string}} Limits
 */

/**
 * A number with its arrows. What is none, or out of range, stays as it was typed and is explained.
 * @param {() => Limits} limits
 * @param {{get: () => number, set: (value: number) => void, complain: (sentence: string) => void}} on
 * @returns {Field}
 */
export function numberField(limits, { get, set, complain }) {
  const input = element("input", {
    ...{ class: "code-number", role: "spinbutton", inputmode: "numeric" },
    ...{ autocomplete: "off", spellcheck: "false", maxlength: 7 },
    on: { change: () => commit(), keydown: key, focus: begin, blur: end, input: fit },
  });
  function begin() {
    input.select();
    assign(room, "data-editing", true);
  }
  function end() {
    assign(room, "data-editing", null);
  }
  function fit() {
    input.style.width = `${Math.max(input.value.length, 1) + 0.4}ch`;
  }
  function commit() {
    const { label, low, high, range } = limits();
    const text = input.value.trim();
    const value = Number(text);
    const isOne = text !== "" && Number.isFinite(value) && value >= low && value <= high;
    const isWhole = Number.isInteger(value) || high <= 1;
    assign(input, "aria-invalid", isOne && isWhole ? null : "true");
    if (!isOne || !isWhole)
      return complain(_("{label} must be {range}, not “{text}”.", { label, range, text }));
    complain("");
    if (value !== get()) set(value);
  }
  /** @param {number} by */
  function move(by) {
    const { low, high } = limits();
    const size = high <= 1 ? 0.05 : 1;
    const next = Math.min(Math.max(get() + by * size, low), high);
    input.value = String(Number(next.toFixed(2)));
    fit();
    commit();
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    const moves = { ArrowUp: 1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE };
    if (event.key in moves) move(moves[/** @type {keyof typeof moves} */ (event.key)]);
    else if (event.key === "Enter") commit();
    else if (event.key === "Escape") restore();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function restore() {
    complain("");
    assign(input, "aria-invalid", null);
    show();
  }
  function show() {
    const { label, low, high } = limits();
    if (input.getAttribute("aria-invalid") === null) input.value = String(get());
    assign(input, "aria-label", label);
    assign(input, "aria-valuenow", get());
    assign(input, "aria-valuemin", low);
    assign(input, "aria-valuemax", high);
    fit();
  }
  const arrow = (/** @type {string} */ name, /** @type {1|-1} */ by) =>
    element("button", {
      ...{ type: "button", tabindex: -1, "aria-hidden": "true", class: `arrow ${name}` },
      on: { click: () => move(by) },
    });
  const arrows = element("span", { class: "arrows" }, arrow("more", 1), arrow("less", -1));
  const room = element("span", { class: "field" }, input, arrows);
  return { element: room, show };
}

/** What can be nothing else. @param {() => string} get @returns {Field} */
export function fixedField(get) {
  const node = element("span");
  return { element: node, show: () => write(node, get()) };
}

/** True or False: a press turns it over. @param {() => string} label @param {{get: () => boolean, set: (value: boolean) => void}} on @returns {Field} */
export function flagField(label, { get, set }) {
  const node = element("button", {
    ...{ type: "button", class: "code-flag" },
    on: { click: () => set(!get()) },
  });
  return {
    element: node,
    show() {
      node.textContent = get() ? "True" : "False";
      assign(node, "aria-label", `${label()}: ${node.textContent}`);
    },
  };
}

/** One of a few names. @param {() => string} label @param {() => Array<[string, string]>} options @param {{get: () => string, set: (value: string) => void}} on @returns {Field} */
export function nameField(label, options, { get, set }) {
  const node = element("select", { class: "code-name", on: { change: () => set(node.value) } });
  node.append(...options().map(([value, shown]) => element("option", { value }, shown)));
  return {
    element: node,
    show() {
      assign(node, "aria-label", label());
      node.value = get();
    },
  };
}

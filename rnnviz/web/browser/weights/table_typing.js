/** What is typed into a table of numbers, and its keys. */

import { assign, listen } from "../drawing/dom.js";
import { layOutNow } from "../drawing/drag.js";
import { LARGEST, readNumber } from "./number_text.js";

/** @typedef {import("./table.js").Entries} Entries */

const STEP = 0.1;
const MANY = 10; // with Shift

/** The place of an entry, text or field; −1 for what is none. @param {EventTarget|null} target */
export function entryAt(target) {
  return target instanceof HTMLElement ? Number(target.dataset.entry ?? -1) : -1;
}

/**
 * @param {HTMLElement} table @param {Entries} entries @param {import("./table.js").TableSpec} spec
 * @returns {() => void} to stop
 */
export function typing(table, entries, spec) {
  const { texts, field } = entries;
  let typed = -1; // the entry in which a number is being typed

  /** Every letter that leaves a number is followed at once; one that leaves none takes back what
   * was typed so far. */
  function input() {
    const { value } = readNumber(field.value);
    const { focused, before } = entries;
    if (value === null) {
      if (before !== null) spec.change(focused, before, true);
      return;
    }
    entries.before = before ?? entries.values[focused];
    entries.complain("");
    spec.change(entries.focused, value, typed === entries.focused);
    typed = entries.focused;
    layOutNow(table);
  }
  /** Where a text gets the focus, the field takes its place. @param {FocusEvent} event */
  function enter({ target }) {
    const index = entryAt(target);
    if (index < 0 || target === field) return;
    texts.forEach((text, k) => assign(text, "tabindex", k === index ? 0 : -1));
    entries.focused = index;
    entries.before = null;
    typed = -1;
    for (const { name, value } of texts[index].attributes) assign(field, name, value);
    field.value = String(entries.values[index]);
    texts[index].replaceWith(field);
    field.focus();
    field.select();
  }
  /** A text that is no number goes, with a sentence on it; the number stays. @param {FocusEvent} event */
  function leave({ target }) {
    if (target !== field || entries.focused < 0) return;
    const { problem } = readNumber(field.value);
    if (problem !== null) entries.complain(problem);
    const text = texts[entries.focused];
    entries.focused = -1;
    field.replaceWith(text);
  }
  /** @param {ClipboardEvent} event */
  function paste(event) {
    const index = entryAt(event.target);
    const text = event.clipboardData?.getData("text") ?? "";
    if (index < 0 || !spec.paste || readNumber(text).problem === null) return;
    event.preventDefault();
    entries.complain(spec.paste(text), index);
  }
  return listen(table, {
    input,
    paste,
    focusin: enter,
    focusout: leave,
    keydown: (event) => press(event, entries, spec),
  });
}

/**
 * Undo is the page's; all other keys within an entry are the entry's.
 * @param {KeyboardEvent} event @param {Entries} entries @param {import("./table.js").TableSpec} spec
 */
function press(event, entries, spec) {
  const index = entryAt(event.target);
  if (index < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const { field, texts } = entries;
  const up = event.shiftKey ? MANY * STEP : STEP;
  const keys = new Map([
    ["ArrowUp", () => step(up)],
    ["ArrowDown", () => step(-up)],
    ["ArrowLeft", () => sideways(-1)],
    ["ArrowRight", () => sideways(1)],
    ["Enter", () => finish(event.shiftKey ? -1 : 1)],
  ]);
  const isOurs = event.key === "Escape" ? restore() : keys.get(event.key)?.();
  if (isOurs) event.preventDefault();
  if (isOurs || event.key !== "Escape") event.stopPropagation();

  /** @param {number} by */
  function step(by) {
    const from = readNumber(field.value).value ?? entries.values[index];
    const to = Math.min(Math.max(Number((from + by).toPrecision(12)), -LARGEST), LARGEST);
    entries.complain("");
    entries.before = null;
    field.value = String(to);
    spec.change(index, to, event.repeat);
    layOutNow(field);
    return true;
  }
  /** Out of the entry where the caret is at its end, or all of it is chosen. @param {1|-1} by */
  function sideways(by) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const isAll = start === 0 && end === value.length;
    const isAtEnd = by < 0 ? end === 0 : start === value.length;
    return isAll || isAtEnd ? go(index + by) : false;
  }
  /** @param {number} by  rows */
  function finish(by) {
    const { problem } = readNumber(field.value);
    entries.complain(problem ?? "", index);
    if (problem === null) entries.before = null;
    if (problem === null && !go(index + by * entries.columns)) field.select();
    return true;
  }
  /** @param {number} next */
  function go(next) {
    texts[next]?.focus();
    return next in texts;
  }
  /** The number as it is; where it stands so already, the key is the page's. */
  function restore() {
    const text = String(entries.values[index]);
    if (field.value === text) return false;
    field.value = text;
    entries.complain("");
    return true;
  }
}

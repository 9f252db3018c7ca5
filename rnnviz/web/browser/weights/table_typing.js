/** What is typed into a table of numbers, and its keys. */

import { assign, listen } from "../drawing/dom.js";
import { layOutNow } from "../drawing/drag.js";
import { short } from "../drawing/number_format.js";
import { LARGEST, readNumber } from "./number_text.js";

/** @typedef {import("./table.js").Entries} Entries */

const STEP = 0.1;
const MANY = 10; // with Shift

/** The place of an entry's field; −1 for what is none. @param {EventTarget|null} target */
export function entryAt(target) {
  return target instanceof HTMLInputElement ? Number(target.dataset.entry ?? -1) : -1;
}

/**
 * @param {HTMLElement} table @param {Entries} entries @param {import("./table.js").TableSpec} spec
 * @returns {() => void} to stop
 */
export function typing(table, entries, spec) {
  let typed = -1; // the entry in which a number is being typed

  /** Every letter that leaves a number is followed at once. @param {Event} event */
  function input({ target }) {
    const index = entryAt(target);
    if (index < 0) return;
    const { value } = readNumber(entries.fields[index].value);
    if (value === null) return;
    entries.complain("");
    spec.change(index, value, typed === index);
    typed = index;
    layOutNow(table);
  }
  /** @param {FocusEvent} event */
  function enter({ target }) {
    const index = entryAt(target);
    if (index < 0) return;
    for (const field of entries.fields) assign(field, "tabindex", field === target ? 0 : -1);
    entries.focused = index;
    typed = -1;
    entries.fields[index].value = String(entries.values[index]);
    entries.fields[index].select();
  }
  /** A text that is no number goes, with a sentence on it; the number stays. @param {FocusEvent} event */
  function leave({ target }) {
    const index = entryAt(target);
    if (index < 0) return;
    const { problem } = readNumber(entries.fields[index].value);
    if (problem !== null) entries.complain(problem);
    entries.focused = -1;
    entries.fields[index].value = short(entries.values[index]);
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
  const field = entries.fields[index];
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
    if (problem === null && !go(index + by * entries.columns)) field.select();
    return true;
  }
  /** @param {number} next */
  function go(next) {
    entries.fields[next]?.focus();
    return next in entries.fields;
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

/**
 * What of a forecast is looked at, as a text for a link, and back: `hidden:last-value,rows:760-940,end`.
 * No DOM.
 *
 * @typedef {Object} Sight
 * @property {readonly string[]} hidden  keys of the forecasters that are not drawn
 * @property {import("./pictures.js").Range|null} range  the rows in view; null: around the window
 */

const END = "end"; // shows that it was not cut short
const MOST_WORDS = 100;
const ROWS = /^rows:(-?\d{1,9}(?:\.\d{1,6})?)-(-?\d{1,9}(?:\.\d{1,6})?)$/;
const HIDDEN = /^hidden:([\w-]{1,40})$/; // a hyphen stands for a space

/** @type {Sight} */
export const ALL = { hidden: [], range: null };

/** @param {Sight} sight  "" where there is nothing to be said */
export function write({ hidden, range }) {
  const rows = range ? [`rows:${range.map((row) => Number(row.toFixed(3))).join("-")}`] : [];
  const words = [...hidden.map((key) => `hidden:${key.replaceAll(" ", "-")}`), ...rows];
  return words.length > 0 ? [...words, END].join() : "";
}

/** Of a text that was cut short nothing is taken. @param {string} text @returns {Sight} */
export function read(text) {
  const words = text.split(",", MOST_WORDS + 1);
  if (words.pop() !== END) return ALL;
  const hidden = words.flatMap((word) => HIDDEN.exec(word)?.[1].replaceAll("-", " ") ?? []);
  const [from, to] = words.flatMap((word) => ROWS.exec(word)?.slice(1).map(Number) ?? []);
  return { hidden: [...new Set(hidden)], range: from < to ? [from, to] : null };
}

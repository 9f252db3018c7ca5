/**
 * Settings as links have them, read and written as rnnviz/settings does it: what is out of range is
 * the nearest that is allowed, what makes no sense the default. No DOM.
 */

/** @typedef {import("./header.js").Field} Field */
/** @typedef {string|number|string[]|null} Value */

const BETWEEN = ";";
const LONGEST_NUMBER = 40; // letters
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @param {Field} field @param {string|null} text  of a link; null: it says nothing @returns {Value} */
export function readSetting(field, text) {
  if (text === null) return field.default;
  const found = readKind(field, text);
  const isNone = field.optional && ["", "none"].includes(text.trim().toLowerCase());
  return found === null && !isNone ? field.default : found;
}

/** @param {Field} field @param {string} text @returns {Value} */
function readKind(field, text) {
  switch (field.kind) {
    case "choice":
      return optionIn(field, text);
    case "several": {
      const known = text.split(BETWEEN).map((one) => optionIn(field, one));
      const found = [...new Set(known.filter((one) => one !== null))];
      return found.length > 0 || (text.trim() === "" && field.fewest === 0) ? found : null;
    }
    case "text":
      return text;
    case "whole":
    case "number":
      return numberIn(field, text);
  }
}

/** @param {{options: Array<[string, string]>}} kind @param {string} text */
function optionIn({ options }, text) {
  const asked = text.trim().toLowerCase();
  return options.find(([key]) => key.toLowerCase() === asked)?.[0] ?? null;
}

/** @param {{kind: string, low: number, high: number}} kind @param {string} text */
function numberIn({ kind, low, high }, text) {
  const written = text.slice(0, LONGEST_NUMBER).trim();
  const number = NUMBER.test(written) ? Number(written) : NaN;
  if (!Number.isFinite(number)) return null;
  const within = Math.min(Math.max(number, low), high);
  return kind === "whole" ? rounded(within) : within;
}

/** A half goes to the even number, as Python has it. @param {number} number */
function rounded(number) {
  const below = Math.floor(number);
  return number - below === 0.5 ? below + Math.abs(below % 2) : Math.round(number);
}

/** What `readSetting` turns into this value. @param {Value} value */
export function writeSetting(value) {
  if (value === null) return "none";
  return Array.isArray(value) ? value.join(BETWEEN) : String(value);
}

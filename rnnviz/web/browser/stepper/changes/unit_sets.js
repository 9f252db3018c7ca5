/**
 * Which units a hold is of: one, some, or all. Units count from 0; in words and links from 1. No DOM.
 *
 * @typedef {number|readonly number[]|null} Units  null: every one. Some are in order, and at least two
 */

import { _ } from "../../drawing/texts.js";

/** As a list, of a value that has this many. @param {Units} units @param {number} size */
export function listOf(units, size) {
  if (units === null) return [...Array(size).keys()];
  return typeof units === "number" ? [units] : [...units];
}

/**
 * Some units, each once, as the hold of them has it.
 * @param {Iterable<number>} units  at least one @param {number} size  how many there are
 * @returns {Units}
 */
export function unitsOf(units, size) {
  const found = [...new Set(units)].sort((a, b) => a - b);
  if (found.length === 1) return found[0];
  return found.length === size ? null : found;
}

/**
 * Whether a hold of the first is one of every unit of the second.
 * @param {Units} whole @param {Units} part
 */
export function covers(whole, part) {
  if (whole === null) return true;
  if (part === null) return false;
  const known = new Set([whole].flat());
  return [part].flat().every((unit) => known.has(unit));
}

/** "every unit", "unit 3", "units 1–3, 6". @param {Units} units */
export function unitsInWords(units) {
  if (units === null) return _("every unit");
  if (typeof units === "number") return _("unit {unit}", { unit: units + 1 });
  return _("units {units}", { units: spelled(units, "–", ", ") });
}

/**
 * Runs of neighbours, from 1: `1-3+6`.
 * @param {Units} units  not all @param {string} through @param {string} and
 */
export function spelled(units, through, and) {
  /** @type {Array<[first: number, last: number]>} */
  const spans = [];
  for (const unit of [units ?? []].flat()) {
    const last = spans.at(-1);
    if (last && unit === last[1] + 1) last[1] = unit;
    else spans.push([unit, unit]);
  }
  const text = (/** @type {[number, number]} */ [first, last]) =>
    first === last ? `${first + 1}` : `${first + 1}${through}${last + 1}`;
  return spans.map(text).join(and);
}

/**
 * What `spelled` writes, and what a person might: "1-3, 6" or "6 1–3".
 * @param {string} text @param {number} size  how many units there are
 * @returns {Units|undefined}  undefined: it says no units of these
 */
export function readUnits(text, size) {
  const words = text
    .replace(/\s*[-–]\s*/g, "-")
    .split(/[\s,;+]+/)
    .filter(Boolean);
  /** @type {number[]} */
  const found = [];
  for (const word of words) {
    const [, first, last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(word) ?? [];
    const [low, high] = [Number(first), Number(last)];
    if (!(low >= 1 && low <= high && high <= size)) return undefined;
    for (let unit = low; unit <= high; unit++) found.push(unit - 1);
  }
  return found.length === 0 ? undefined : unitsOf(found, size);
}

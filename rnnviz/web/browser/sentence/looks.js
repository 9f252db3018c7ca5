/**
 * What a sentence can be coloured by: a number for each token, and the scale that it stands on. No
 * DOM.
 *
 * @typedef {import("./header.js").SentenceHeader} SentenceHeader
 * @typedef {import("./header.js").ValueSpec} ValueSpec
 * @typedef {import("../maths/payload.js").Payload<SentenceHeader>} Payload
 *
 * @typedef {Object} Look
 * @property {number[]} numbers  one a token
 * @property {number} low  the number with the scale's first colour
 * @property {number} high
 * @property {string|null} role  whose colours it has; null: those of negative and positive
 *
 * @typedef {"changes"|"norm"|"product"} Influence
 * @typedef {{kind: "influence", of: Influence}|{kind: "value"|"gradient", of: ValueSpec}} Source
 */

import { niceCeiling } from "../drawing/colours.js";

/** @type {Influence[]} */
const INFLUENCES = ["changes", "norm", "product"];

/** All that there is to choose from, in order. @param {SentenceHeader} header @returns {Source[]} */
export function sourcesOf(header) {
  return [
    ...INFLUENCES.map((of) => /** @type {Source} */ ({ kind: "influence", of })),
    ...header.values.map((of) => /** @type {Source} */ ({ kind: "value", of })),
    ...header.values.map((of) => /** @type {Source} */ ({ kind: "gradient", of })),
  ];
}

/** How many units a source has; 0 where it has none. @param {Source} source */
export function unitsOf(source) {
  return source.kind === "influence" ? 0 : source.of.units;
}

/**
 * @param {Payload} payload @param {Source} source @param {number|null} unit  null: all of them
 * @returns {Look}
 */
export function lookOf({ header, arrays }, source, unit) {
  const count = header.tokens.length;
  if (source.kind === "influence") return ofInfluence(arrays, source.of, count);
  const { name, units, isGate, role } = source.of;
  const [layer, value] = name.split(".");
  const isValue = source.kind === "value";
  const rows = split(arrays.get(isValue ? name : `${layer}.d${value}`), count, units);
  if (unit !== null) {
    const numbers = rows.map((row) => row[unit]);
    return isValue && isGate ? { numbers, low: 0, high: 1, role } : signed(numbers);
  }
  if (!isValue)
    return upward(
      rows.map((row) => Math.hypot(...row)),
      role,
    );
  const numbers = rows.map((row) => row.reduce((sum, one) => sum + one, 0) / units);
  return isGate ? { numbers, low: 0, high: 1, role } : signed(numbers);
}

/**
 * By how much the logarithm of the probability changes with each other token in this one's place.
 * @param {Payload} payload @param {number} place
 */
export function changesAt({ header, arrays }, place) {
  return split(arrays.get("changes"), header.tokens.length, header.others.length)[place];
}

/** @param {Payload["arrays"]} arrays @param {Influence} of @param {number} count */
function ofInfluence(arrays, of, count) {
  const numbers = arrays.get(of) ?? [];
  if (of === "product") return signed([...numbers]);
  if (of === "norm") return upward([...numbers], "hidden");
  const rows = split(numbers, count, numbers.length / count);
  return upward(
    rows.map((row) => Math.max(...row.map(Math.abs))),
    "hidden",
  );
}

/** @param {number[]} numbers @returns {Look} */
function signed(numbers) {
  const high = niceCeiling(largest(numbers));
  return { numbers, low: -high, high, role: null };
}

/** @param {number[]} numbers @param {string} role @returns {Look} */
function upward(numbers, role) {
  return { numbers, low: 0, high: niceCeiling(largest(numbers)), role };
}

/** @param {number[]} numbers */
function largest(numbers) {
  return Math.max(...numbers.map(Math.abs).filter(Number.isFinite), 0);
}

/** Row by row. @param {ArrayLike<number>|undefined} numbers @param {number} rows @param {number} columns */
function split(numbers = [], rows, columns) {
  return Array.from({ length: rows }, (_row, row) =>
    Array.from({ length: columns }, (_column, column) => numbers[row * columns + column]),
  );
}

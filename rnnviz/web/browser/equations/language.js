/** What there is in the language, as Python has it (rnnviz/equations/language.py). No code. */

export {};

/**
 * @typedef {Object} Language
 * @property {Record<"characters"|"name"|"brackets"|"depth"|"steps"|"number", number>} most
 * @property {string[]} taken  words that cannot be names
 * @property {Record<string, number>} arity  function → how many values it takes
 * @property {Record<string, string>} signs  sign between two operands → its operation
 * @property {Record<string, number>} levels  sign → how tightly it binds
 * @property {string} quotable  a regular expression: the characters that a message shows
 */
/** @typedef {import("../maths/header.js").Cell["steps"]} Steps */
/** @typedef {import("../maths/header.js").Size} Size */

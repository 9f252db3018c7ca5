/**
 * The pictures and tables that open on a press, by the name that a link gives them. No DOM.
 *
 * @typedef {"answer"|"gates"|"unrolled"|"lesions"} Figure
 */

/** In the order in which they stand on the page. @type {readonly Figure[]} */
export const FIGURES = ["answer", "gates", "unrolled", "lesions"];

/** @param {string|undefined} name @returns {Figure|null} */
export const figureOf = (name) => FIGURES.find((one) => one === name) ?? null;

/** Each once. @param {readonly Figure[]} figures */
export const inOrder = (figures) => FIGURES.filter((one) => figures.includes(one));

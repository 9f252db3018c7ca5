/**
 * A term: a word that opens its entry in the glossary. It tells whoever listens on the window, which
 * is the corner of a page, or the page in a file (corner/glossary.js).
 */

import { assign, element, listen, pressable } from "./dom.js";

export const TERM = "rnnviz-term";

/**
 * @typedef {Object} Called
 * @property {string} key  of the entry
 * @property {string} here  what it is for where it stands; "": what the entry says
 */

/**
 * Make a node a term.
 * @template {HTMLElement|SVGElement} N
 * @param {N} node
 * @param {string} key  of its entry, as rnnviz/glossary has it
 * @param {string} [here]  what it is for where it stands, in a line
 */
export function term(node, key, here = "") {
  node.classList.add("term");
  assign(node, "data-term", key);
  assign(node, "aria-haspopup", "dialog");
  if (here && node instanceof HTMLElement) assign(node, "title", here);
  listen(node, { click: (event) => event.preventDefault() }); // within a label or a summary
  return pressable(node, () => {
    const detail = { key, here };
    node.dispatchEvent(new CustomEvent(TERM, { bubbles: true, composed: true, detail }));
  });
}

/**
 * A text as a term.
 * @param {string} text @param {string} key @param {string} [here]
 */
export const termOf = (text, key, here) => term(element("span", {}, text), key, here);

/** A text with `code` and **strong** words, as the pages' own questions are written. */

import { element } from "../drawing/dom.js";

const MARK = /`([^`]+)`|\*\*([^*]+)\*\*/g;

/** As nodes. @param {string} text @returns {(Node|string)[]} */
export function spans(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    found.push(text.slice(end, match.index));
    found.push(match[1] ? element("code", {}, match[1]) : element("b", {}, match[2]));
    end = match.index + match[0].length;
  }
  return [...found, text.slice(end)];
}

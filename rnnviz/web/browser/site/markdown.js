/** What the app's sentences are written in: **bold** and `code`, and nothing else of Markdown. */

import { element } from "../drawing/dom.js";

const MARKED = /(\*\*[^*]+\*\*|`[^`]+`)/;

/** @param {string} text @returns {Array<Node|string>} */
export const inMarkdown = (text) =>
  text
    .split(MARKED)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (piece.startsWith("**")) return element("b", {}, ...inMarkdown(piece.slice(2, -2)));
      if (piece.startsWith("`")) return element("code", {}, piece.slice(1, -1));
      return piece.replace(/\\([\\`*_{}[\]()#+\-.!|~$:<>])/g, "$1");
    });

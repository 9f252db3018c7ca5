/** What the app's sentences are written in: **bold**, `code`, [terms](#term=gate), no more of Markdown. */

import { element } from "../drawing/dom.js";
import { termOf } from "../drawing/term.js";

const MARKED = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\(#term=[^)]+\))/;
const TERM = /^\[(.+)\]\(#term=(.+)\)$/;

/** @param {string} text @returns {Array<Node|string>} */
export const inMarkdown = (text) =>
  text
    .split(MARKED)
    .filter((piece) => piece !== "")
    .map((piece) => {
      if (piece.startsWith("**")) return element("b", {}, ...inMarkdown(piece.slice(2, -2)));
      if (piece.startsWith("`")) return element("code", {}, piece.slice(1, -1));
      const [, text, key] = TERM.exec(piece) ?? [];
      if (key !== undefined) return termOf(text, key);
      return piece.replace(/\\([\\`*_{}[\]()#+\-.!|~$:<>])/g, "$1");
    });

/**
 * Each line of the text as it is printed in a paper, level with it. In the line that is wrong the
 * place is marked; all others stay as they were when the text was a cell last.
 */

import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { equation, spelled } from "../equations/notation.js";
import { symbolNode } from "../stepper/words.js";

/** @typedef {import("../equations/notation.js").Notation} Notation */
/** @typedef {import("../equations/notation.js").Token} Token */
/** @typedef {import("./written.js").Written} Written */

const GIVES = /^\s*([A-Za-z_]\w*)\s*=/;

/** @param {Notation} notation */
export function typesetView(notation) {
  const list = element("ol", {
    class: "typeset",
    "aria-label": _("the equations as they are printed"),
    "data-testid": "typeset",
  });
  /** A line of the last text that was a cell → its words. @type {Map<string, Token[]>} */
  let known = new Map();

  /** @param {string} line */
  const printed = (line) =>
    (known.get(line) ?? []).map((token) => {
      const text = spelled(token, notation, "screen");
      const isName = token.kind === "value" || token.kind === "parameter";
      return isName ? symbolNode(text) : element("span", { class: token.kind }, text);
    });
  return {
    element: list,
    /** @param {string} text @param {Written} found */
    show(text, { cell, problem }) {
      const lines = text.split(/\r\n?|\n/);
      if (cell)
        known = new Map(
          lines.flatMap((line) => {
            const name = GIVES.exec(line)?.[1];
            const isOne = name !== undefined && cell.names.includes(name);
            return isOne ? [[line, equation(cell, name, notation)]] : [];
          }),
        );
      list.replaceChildren(
        ...lines.map((line, k) => {
          const isWrong = problem?.line === k + 1;
          if (isWrong) return element("li", { class: "wrong" }, ...marked(line, problem.column));
          const words = printed(line);
          return element("li", {}, ...(words.length > 0 ? words : [typed(line)]));
        }),
      );
    },
  };
}

/** What was never part of a cell yet, and remarks, stand as they are typed. @param {string} line */
const typed = (line) => element("code", { "data-verbatim": true }, line);

/** The line as it is typed, its word or sign at a column marked. @param {string} line @param {number} column */
function marked(line, column) {
  const rest = line.slice(column - 1);
  const word = /^(\w+|.)/u.exec(rest)?.[0] ?? " ";
  return [
    typed(line.slice(0, column - 1)),
    element("mark", { "data-verbatim": true }, word),
    typed(rest.slice(word.length)),
  ];
}

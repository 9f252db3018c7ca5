/** The text of a cell → its tokens, brackets paired; only what a cell can have. */

import { _ } from "../drawing/texts.js";
import { badCharacter, EquationError, placeOf } from "./problems.js";

/** @typedef {import("./language.js").Language} Language */
/** @typedef {"name"|"number"|"mark"|"end"} Kind  an "end" ends an equation */
/** @typedef {{kind: Kind, text: string, start: number, stop: number}} Token */

const TOKEN = new RegExp(
  [
    String.raw`(?<blank>[ \t]+)`,
    String.raw`(?<name>[A-Za-z_][A-Za-z0-9_]*)`,
    String.raw`(?<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![A-Za-z0-9_.]))`,
    String.raw`(?<mark>\*\*=?|\/\/=?|==|[-+*\/@]=|[-+*\/@()=,])`,
    String.raw`(?<end>\n)`,
  ].join("|"),
  "y",
);
const KINDS = /** @type {const} */ (["name", "number", "mark", "end"]);

/** The text with every place where it was, and one kind of line end. @param {string} text */
export function withoutComments(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  return lines.map((line) => line.replace(/#.*$/s, "").replace(/[ \t]+$/, "")).join("\n");
}

/**
 * The tokens of a text without comments. A line end inside brackets is none.
 * @param {string} source @param {Language} language
 */
export function tokens(source, language) {
  /** @type {Token[]} */
  const found = [];
  /** @type {number[]} */
  const open = [];
  for (const token of scanned(source, language)) {
    if (token.text === "(") {
      open.push(token.start);
      if (open.length > language.most.brackets)
        throw refused(source, token.start, _("that is nested too deeply to read"));
    }
    if (token.text === ")" && open.pop() === undefined)
      throw refused(source, token.start, _("a bracket is closed that was never opened"));
    if (token.kind !== "end" || open.length === 0) found.push(token);
  }
  const last = open.at(-1);
  if (last !== undefined) throw refused(source, last, _("a bracket is opened and never closed"));
  /** @type {Token} */
  const end = { kind: "end", text: "", start: source.length, stop: source.length };
  return [...found, end];
}

/**
 * All tokens, blanks left out: a character that begins none is refused before all else.
 * @param {string} source @param {Language} language
 */
function scanned(source, language) {
  /** @type {Token[]} */
  const found = [];
  let position = 0;
  while (position < source.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(source);
    if (match === null) {
      const character = String.fromCodePoint(Number(source.codePointAt(position)));
      throw refused(source, position, badCharacter(character, language));
    }
    const kind = KINDS.find((one) => match.groups?.[one] !== undefined);
    const stop = position + match[0].length;
    if (kind !== undefined) found.push({ kind, text: match[0], start: position, stop });
    if (kind === "name") checkName(source, found[found.length - 1], language);
    position = stop;
  }
  return found;
}

/** @param {string} source @param {Token} token @param {Language} language */
function checkName(source, { text: name, start }, { most, taken }) {
  if (name.length > most.name)
    throw refused(source, start, _("a name has at most {most} characters", { most: most.name }));
  if (taken.includes(name))
    throw refused(
      source,
      start,
      _("`{name}` is a word of Python and cannot be a name; choose another", { name }),
    );
}

/** @param {string} source @param {number} position @param {string} problem */
const refused = (source, position, problem) =>
  new EquationError(problem, placeOf(source, position));

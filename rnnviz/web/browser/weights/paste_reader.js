/**
 * A pasted text → the numbers' own texts as they are nested, by name where it has names. Nothing of
 * it is run: what is not listed here is refused, with one sentence. No DOM.
 *
 * Read are rows of numbers (between spaces, tabs, commas or semicolons; decimal commas where these
 * leave no doubt), lists in brackets (`[[1, 2], [3, 4]]`, `array(…)`, `tensor(…, dtype=…)`), and
 * names to such lists: JSON, a Python dict, an OrderedDict as PyTorch prints it.
 *
 * @typedef {string|Quoted|Tree[]|Named} Tree  a string is a number's text
 * @typedef {Map<string, Tree>} Named
 * @typedef {{quoted: string}} Quoted
 * @typedef {{readings: Tree[], problem: ""}|{readings: [], problem: string}} Pasted  readings: more
 *   than one where a comma or a semicolon can mean two things, the likelier first
 */

import { _ } from "../drawing/texts.js";
import { cut } from "./number_text.js";

const LONGEST = 1_000_000;
const DEEPEST = 12;
const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\.\.\.|…)|([^\s,[\](){}:=;"'<>]+)|(.))/suy;
const NESTED = /[[({"'=<]/;
const PAIRS = new Map([
  ["[", "]"],
  ["(", ")"],
]);
/** A number with a decimal comma, and nothing else. */
const WITH_COMMA = /^[+-−]?\d+,\d+(e[+-]?\d+)?$/i;

/** @param {string} text @returns {Pasted} */
export function readPaste(text) {
  if (text.length > LONGEST)
    return refused(
      _("This is too long: up to {count} characters can be pasted.", { count: "10⁶" }),
    );
  const plain = text.replaceAll("Parameter containing:", "").replaceAll("−", "-").trim();
  if (plain === "") return refused(_("There is nothing in it: numbers belong here."));
  try {
    return { readings: readingsOf(plain), problem: "" };
  } catch (error) {
    if (error instanceof Refusal) return refused(error.message);
    throw error;
  }
}

/** A sentence on what is wrong. */
class Refusal extends Error {}

/** @param {string} problem @returns {Pasted} */
const refused = (problem) => ({ readings: [], problem });

/** @param {string} text @returns {Tree[]} */
function readingsOf(text) {
  const inner = /^\[([^[\]]*;[^[\]]*)\]$/.exec(text); // [1 2; 3 4]
  if (inner) return rowsOf(inner[1]);
  return NESTED.test(text) ? [nested(text)] : rowsOf(text);
}

/**
 * Rows of numbers without brackets, as each custom of commas and semicolons reads them.
 * @param {string} text
 */
function rowsOf(text) {
  if (/\.\.\.|…/.test(text)) throw new Refusal(leftOut());
  const words = text.split(/[\s;]+/).filter(Boolean);
  const areDecimal = words.every((word) => !word.includes(",") || WITH_COMMA.test(word));
  const plain = [
    split(text, /[\n;]/, /[\s,]+/),
    split(text, /\n/, /[\s,;]+/), // a semicolon between the numbers of a row
  ];
  const comma = [split(text, /[\n;]/, /\s+/), split(text, /\n/, /[\s;]+/)];
  if (!text.includes(",") || text.includes(".") || !areDecimal) return plain;
  return words.length > 1 ? [...comma, ...plain] : [...plain, ...comma];
}

/** @param {string} text @param {RegExp} between  rows @param {RegExp} within  them */
function split(text, between, within) {
  const rows = text.split(between).map((row) => row.split(within).filter(Boolean));
  return rows.filter((row) => row.length > 0);
}

/** @param {string} text @returns {Tree} */
function nested(text) {
  const tokens = tokensOf(text);
  const tree = value(tokens, 0);
  const rest = tokens.peek();
  if (rest !== null) throw new Refusal(unexpected(rest, tokens.line()));
  return tree;
}

/** @typedef {{kind: "quoted"|"word"|"sign", text: string}} Token */

/** @param {string} text */
function tokensOf(text) {
  /** @type {{token: Token, at: number}[]} */
  const found = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [whole, quoted, dots, word, sign] = match;
    if (dots) throw new Refusal(leftOut());
    const kind = quoted ? "quoted" : word ? "word" : "sign";
    const content = quoted ? quoted.slice(1, -1) : (word ?? sign);
    if (content?.trim() || quoted)
      found.push({ token: { kind, text: content ?? "" }, at: match.index + whole.length });
    if (TOKEN.lastIndex >= text.length) break;
  }
  let place = 0;
  return {
    /** @returns {Token|null} */
    peek: () => found[place]?.token ?? null,
    next() {
      const one = found[place++];
      if (one === undefined) throw new Refusal(cutShort());
      return one.token;
    },
    /** In which the token that comes next stands. */
    line: () => text.slice(0, found[place]?.at ?? text.length).split("\n").length,
    /** @param {string} sign */
    takes(sign) {
      const is = found[place]?.token.kind === "sign" && found[place].token.text === sign;
      if (is) place++;
      return is;
    },
  };
}

/** @typedef {ReturnType<typeof tokensOf>} Tokens */

/** @param {Tokens} tokens @param {number} depth @returns {Tree} */
function value(tokens, depth) {
  if (depth > DEEPEST) throw new Refusal(_("There are too many brackets within brackets in it."));
  const line = tokens.line();
  const token = tokens.next();
  if (token.kind === "quoted") return { quoted: token.text };
  if (token.kind === "word") return tokens.takes("(") ? called(tokens, depth) : token.text;
  const end = PAIRS.get(token.text);
  if (end) return list(tokens, end, depth);
  if (token.text === "{") return dictionary(tokens, depth);
  throw new Refusal(unexpected(token, line));
}

/** @param {Tokens} tokens @param {string} end @param {number} depth @returns {Tree[]} */
function list(tokens, end, depth) {
  /** @type {Tree[]} */
  const items = [];
  while (!tokens.takes(end)) {
    items.push(value(tokens, depth + 1));
    tokens.takes(",");
  }
  return items;
}

/**
 * `tensor([…], dtype=torch.float64)`: its first argument; what is named says nothing of numbers.
 * @param {Tokens} tokens @param {number} depth
 * @returns {Tree}
 */
function called(tokens, depth) {
  /** @type {Tree[]} */
  const given = [];
  while (!tokens.takes(")")) {
    const one = tokens.takes("<") ? skipped(tokens) : value(tokens, depth + 1);
    if (!tokens.takes("=")) given.push(one);
    else if (tokens.takes("<")) skipped(tokens);
    else value(tokens, depth + 1);
    tokens.takes(",");
  }
  return given[0] ?? [];
}

/** `<AddBackward0>`. @param {Tokens} tokens */
function skipped(tokens) {
  while (!tokens.takes(">")) tokens.next();
  return "";
}

/** @param {Tokens} tokens @param {number} depth @returns {Named} */
function dictionary(tokens, depth) {
  /** @type {Named} */
  const named = new Map();
  while (!tokens.takes("}")) {
    const line = tokens.line();
    const key = tokens.next();
    if (key.kind !== "quoted" || !tokens.takes(":")) throw new Refusal(unexpected(key, line));
    if (named.has(key.text))
      throw new Refusal(_("“{name}” is there twice.", { name: cut(key.text) }));
    named.set(key.text, value(tokens, depth + 1));
    tokens.takes(",");
  }
  return named;
}

/**
 * The names and what they name; null where there are none. `[("W", …), …]` has such, too.
 * @param {Tree} tree
 * @returns {Named|null}
 */
export function namesOf(tree) {
  if (tree instanceof Map) return tree;
  if (!Array.isArray(tree) || tree.length === 0) return null;
  /** @type {Named} */
  const named = new Map();
  for (const pair of tree) {
    const [key, content] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    if (typeof key !== "object" || !("quoted" in key) || content === undefined) return null;
    named.set(key.quoted, content);
  }
  return named;
}

/** @param {Token} token @param {number} line */
const unexpected = ({ text }, line) =>
  _("Line {line}: “{text}” does not belong there.", { line, text: cut(text) });
const cutShort = () => _("This text was cut short: a bracket in it is not closed.");
const leftOut = () =>
  _("This text leaves numbers out (…): have all of them printed before you copy it.");

/**
 * Tokens → a tree for each line, by the precedence of Python's signs (rnnviz/equations/tree.py). A
 * tree is of what may be written, whether or not it means anything: the reader refuses what does not.
 */

import { _ } from "../drawing/texts.js";
import { EquationError, placeOf } from "./problems.js";

/** @typedef {import("./tokens.js").Token} Token */
/**
 * A piece of an expression, from one character of the text up to another.
 * @typedef {Object} Node
 * @property {"name"|"number"|"unary"|"binary"|"call"|"keyword"|"starred"|"tuple"} kind
 * @property {string} text  a name, a number or a sign
 * @property {Node[]} operands  a call's first is what is called
 * @property {number} start @property {number} stop
 * @property {number} depth  how many nodes there are from it down
 */
/** @typedef {{sides: Node[], marks: string[]}} Line  `marks` stand between the sides */

const ASSIGNMENTS = ["=", "+=", "-=", "*=", "/=", "@=", "**=", "//="];

/**
 * The lines of a text that hold anything.
 * @param {string} source @param {Token[]} tokens @param {Record<string, number>} levels
 * @returns {Line[]}
 */
export function lines(source, tokens, levels) {
  const parser = new Parser(source, tokens, levels);
  return parser.lines();
}

/** Goes through the tokens once; every rule begins at the next one and ends after its last. */
class Parser {
  /** @param {string} source @param {Token[]} tokens @param {Record<string, number>} levels */
  constructor(source, tokens, levels) {
    this.source = source;
    this.tokens = tokens;
    this.levels = new Map(Object.entries(levels));
    this.signs = [...this.levels.keys()];
    this.place = 0;
  }
  get next() {
    return this.tokens[this.place];
  }
  /** The next token's text if it is one of these marks, which is then over; or "". */
  take(/** @type {string[]} */ ...texts) {
    const { kind, text } = this.next;
    if (kind !== "mark" || !texts.includes(text)) return "";
    this.place += 1;
    return text;
  }
  lines() {
    const found = [];
    for (; this.place < this.tokens.length; this.place++) {
      if (this.next.kind !== "end") found.push(this.line());
      if (this.next.kind !== "end") throw this.misread();
    }
    return found;
  }
  line() {
    const sides = [this.listed("")];
    const marks = [];
    for (let mark = this.take(...ASSIGNMENTS); mark; mark = this.take(...ASSIGNMENTS)) {
      marks.push(mark);
      sides.push(this.listed(""));
    }
    return { sides, marks };
  }
  /** One expression; or several with commas between them, a tuple. @param {string} closing */
  listed(closing) {
    const { start } = this.next;
    const operands = [];
    let commas = 0;
    while (this.next.kind !== "end" && ![closing, "="].includes(this.next.text)) {
      operands.push(this.item());
      if (!this.take(",")) break;
      commas += 1;
    }
    const isClosed = closing === "" || this.take(closing) !== "";
    if (!isClosed || (closing === "" && operands.length === 0)) throw this.misread();
    const [only] = operands;
    if (operands.length === 1 && commas === 0 && only.kind !== "starred") return only;
    return this.node("tuple", "", operands, start);
  }
  /** An expression, with stars before it or not. */
  item() {
    const { start } = this.next;
    const stars = this.take("*", "**");
    const value = this.expression();
    return stars ? this.node("starred", stars, [value], start) : value;
  }
  /** Operands with signs between them; what waits for a looser sign is kept aside. */
  expression() {
    /** @type {Array<{left: Node, sign: string, start: number}>} */
    const waiting = [];
    for (;;) {
      let { start } = this.next;
      let value = this.operand();
      const level = this.level(this.next.text);
      for (let one = waiting.at(-1); one && this.level(one.sign) >= level; one = waiting.at(-1)) {
        start = one.start;
        value = this.node("binary", one.sign, [one.left, value], start);
        waiting.pop();
      }
      if (level < 0) return value;
      waiting.push({ left: value, sign: this.take(...this.signs), start });
    }
  }
  /** How tightly a sign binds; what is no sign ends an expression. @param {string} sign */
  level(sign) {
    return this.levels.get(sign) ?? -1;
  }
  /** A name, a number or brackets; the brackets of calls behind it, the signs before it. */
  operand() {
    const signs = [];
    for (let { start } = this.next, sign; (sign = this.take("-", "+")); { start } = this.next)
      signs.push({ sign, start });
    const { start } = this.next;
    let value = this.atom();
    while (this.take("(")) value = this.node("call", "", [value, ...this.arguments()], start);
    for (const { sign, start } of signs.reverse()) value = this.node("unary", sign, [value], start);
    return value;
  }
  /** @returns {Node} */
  atom() {
    const { kind, text, start } = this.next;
    if (kind === "name" || kind === "number") {
      this.place += 1;
      return this.node(kind, text, [], start);
    }
    if (!this.take("(")) throw this.misread();
    const value = this.listed(")");
    return value.kind === "tuple" ? { ...value, start } : value;
  }
  /** What a call is given, up to its bracket; one that is given by a name is a "keyword". */
  arguments() {
    const found = [];
    while (!this.take(")")) {
      const { start } = this.next;
      const value = this.item();
      found.push(
        this.take("=") ? this.node("keyword", "=", [value, this.expression()], start) : value,
      );
      if (!this.take(",") && this.next.text !== ")") throw this.misread();
    }
    return found;
  }
  /**
   * A node that begins at a character and ends with the last token that is over.
   * @param {Node["kind"]} kind @param {string} text @param {Node[]} operands @param {number} start
   * @returns {Node}
   */
  node(kind, text, operands, start) {
    const { stop } = this.tokens[this.place - 1];
    const depth = 1 + Math.max(0, ...operands.map((one) => one.depth));
    return { kind, text, operands, start, stop, depth };
  }
  /** The next token cannot stand where it does; what ends too early does so at its end. */
  misread() {
    const { kind, start } = this.next;
    const place = kind === "end" && this.place > 0 ? this.tokens[this.place - 1].stop : start;
    const problem = _("this line does not read as `name = expression`");
    return new EquationError(problem, placeOf(this.source, place));
  }
}

/**
 * A cell in writing, as rnnviz/notation writes it: for equations that are being typed. Both writers
 * are held to the same cells (tests/notation/test_in_the_browser.py). No DOM.
 *
 * @typedef {"screen"|"latex"} Spelling
 * @typedef {Record<Spelling, string>} Spelled
 * @typedef {Object} Notation  how everything is written (rnnviz/notation/writer.py)
 * @property {Record<string, Spelled & {binds: number, needs: number[]}>} operations
 * @property {Record<string, Spelled>} marks
 * @property {Record<string, string>} greek @property {Record<string, string>} accents
 * @property {number} loosest @property {number} tightest
 *
 * @typedef {"value"|"parameter"|"number"|"operator"|"function"|"bracket"} Kind
 * @typedef {{kind: Kind, what: string|number}} Token
 * @typedef {import("../maths/header.js").Cell} Cell
 */

import { baseOf, isParameter, isPart } from "./names.js";

/**
 * The words of `name = expression`.
 * @param {Cell} cell @param {string} name @param {Notation} notation
 * @returns {Token[]}
 */
export function equation(cell, name, { operations, loosest, tightest }) {
  const steps = new Map(cell.steps.map((step) => [step[0], step]));
  /** @param {Kind} kind @param {string|number} what @returns {Token} */
  const token = (kind, what) => ({ kind, what });
  const bracket = (/** @type {string} */ mark) => token("bracket", mark);
  const stepOf = (/** @type {string} */ of) => steps.get(of) ?? [of, "identity", []];

  /** @param {string} of @returns {Token[]} */
  function step(of) {
    const [, op, args] = stepOf(of);
    const { needs } = operations[op];
    const { form } = cell.operations[op];
    if (op === "identity" && !isPart(of) && !isPart(String(args[0])))
      return operand(args[0], loosest);
    if (form === "function")
      return [
        token("function", op),
        ...args.flatMap((arg, k) => [bracket(k ? "," : "("), ...operand(arg, loosest)]),
        bracket(")"),
      ];
    if (form === "prefix") return [token("operator", op), ...operand(args[0], needs[0])];
    const isScaled = op === "mul" && args.some((arg) => typeof arg === "number");
    const sign = token("operator", isScaled ? "times" : op);
    return [...operand(args[0], needs[0]), sign, ...operand(args[1], needs[1])];
  }
  /** In brackets where it binds less tightly than is needed. @param {string|number} arg @param {number} need */
  function operand(arg, need) {
    const { tokens, binds } = written(arg);
    return binds < need ? [bracket("("), ...tokens, bracket(")")] : tokens;
  }
  /** @param {string|number} arg */
  function written(arg) {
    if (typeof arg === "number")
      return { tokens: [token("number", arg)], binds: arg < 0 ? loosest : tightest };
    if (isPart(arg)) return { tokens: step(arg), binds: operations[stepOf(arg)[1]].binds };
    return { tokens: [token(isParameter(arg) ? "parameter" : "value", arg)], binds: tightest };
  }
  return [token("value", name), token("operator", "equals"), ...step(name)];
}

/** One word. @param {Token} token @param {Notation} notation @param {Spelling} spelling */
export function spelled({ kind, what }, notation, spelling) {
  if (typeof what === "number") return literal(what, spelling);
  const { operations, marks } = notation;
  if (kind === "value" || kind === "parameter") return symbol(what, notation, spelling);
  return (operations[what] ?? marks[what])[spelling];
}

/** All equations, aligned at their equals signs. @param {Cell} cell @param {Notation} notation */
export function latex(cell, notation) {
  const lines = cell.names.map((name) =>
    equation(cell, name, notation)
      .map((token) => spelled(token, notation, "latex"))
      .join("")
      .replace(" = ", " &= "),
  );
  return `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;
}

/** `h_prev` → `h_t−1`, LaTeX `h_{t-1}`. @param {string} name @param {Notation} notation @param {Spelling} spelling */
export function symbol(name, notation, spelling) {
  const { greek, accents } = notation;
  const { base, accent, below } = piecesOf(name, notation);
  if (spelling === "screen") {
    const under = below.map((one) => greek[one] ?? one).join(",");
    const text = `${greek[base] ?? base}${accents[accent] ?? ""}`;
    return under ? `${text}_${under}` : text;
  }
  const word = (/** @type {string} */ one) => latexWord(one, notation);
  const text = accent ? `\\${accent}{${word(base)}}` : word(base);
  return below.length > 0 ? `${text}_{${below.map(word).join(",")}}` : text;
}

/** A name's base, its accent and its subscripts, the time among them. @param {string} name @param {Notation} notation */
function piecesOf(name, { accents }) {
  if (isParameter(name))
    return { base: name[0], accent: "", below: [name.slice(2)].filter(Boolean) };
  const time = name.endsWith("_prev") ? "t−1" : "t";
  let [base, ...below] = baseOf(name).split("_");
  const numbered = /^([A-Za-z])([0-9]+)$/.exec(base);
  if (numbered) [base, below] = [numbered[1], [numbered[2], ...below]];
  const accent = Object.hasOwn(accents, below.at(-1) ?? "") ? (below.pop() ?? "") : "";
  return { base, accent, below: [...below.filter(Boolean), time] };
}

/** @param {string} word @param {Notation} notation */
function latexWord(word, { greek }) {
  if (Object.hasOwn(greek, word)) return `\\${word}`;
  const isAlone = word === "t−1" || /^[0-9]+$/.test(word) || (word.length === 1 && word !== "_");
  return isAlone ? word.replace("−", "-") : `\\mathrm{${word.replaceAll("_", "\\_")}}`;
}

/** A number as its author wrote it, every digit. @param {number} value @param {Spelling} spelling */
function literal(value, spelling) {
  const isSmall = value !== 0 && Math.abs(value) < 1e-4;
  const [mantissa, power] = (isSmall ? value.toExponential() : String(value)).split("e");
  const raised =
    spelling === "latex"
      ? `${mantissa} \\times 10^{${Number(power)}}`
      : `${mantissa}e${Number(power)}`;
  const text = power === undefined ? mantissa : raised;
  return spelling === "screen" ? text.replaceAll("-", "−") : text;
}

/** A text as it is typed: the cell that it is, or what is wrong with it and where. No DOM. */

import { _ } from "../drawing/texts.js";
import { parse } from "../equations/parsing.js";
import { EquationError } from "../equations/problems.js";

/** @typedef {import("../maths/header.js").Cell} Cell */
/** @typedef {{message: string, line: number, column: number, place: string}} Problem */
/** @typedef {{cell: Cell, problem: null}|{cell: null, problem: Problem}} Written */

/**
 * @param {string} text
 * @param {Pick<import("./header.js").WritingHeader, "language"|"operations">} header
 * @returns {Written}
 */
export function written(text, { language, operations }) {
  try {
    return { cell: parse(text, language, operations), problem: null };
  } catch (error) {
    if (!(error instanceof EquationError)) throw error;
    return { cell: null, problem: problemOf(text, error) };
  }
}

/** @param {string} text @param {EquationError} error @returns {Problem} */
function problemOf(text, { message: problem, line, column }) {
  const sentence = _("Line {line}, column {column}: {problem}", { line, column, problem });
  const message = /[.?!。？！]$/.test(sentence) ? sentence : _("{sentence}.", { sentence });
  const before = lineOf(text, line).slice(0, column - 1);
  const place = `${lineOf(text, line)}\n${before.replace(/[^\t]/g, " ")}^`;
  return { message, line, column, place };
}

/** Where a line and column are in a text. @param {string} text @param {Problem} problem */
export function positionOf(text, { line, column }) {
  const ends = [...text.matchAll(/\r\n?|\n/g)].map((end) => end.index + end[0].length);
  return (line === 1 ? 0 : ends[line - 2]) + column - 1;
}

/** @param {string} text @param {number} line  from 1 */
const lineOf = (text, line) => text.split(/\r\n?|\n/)[line - 1] ?? "";

/**
 * A text or numbers that a reader types, as rnnviz/scenes has them (own_text.py, own_numbers.py), as far
 * as the networks here read them: letters they know, one or two numbers a step. No DOM.
 */

import { _ } from "../drawing/texts.js";

/** @typedef {{words: string[], rows: number[][]}} Sequence  a word and the inputs of each step */
/** @typedef {import("./header.js").OwnSequences} OwnSequences */

const MOST_INPUTS = 2;
const LARGEST = 1e6;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BETWEEN = /\s*[,;]\s+|\s+/; // a sign that stands within a number parts none

/** What is wrong with what was typed, in a sentence. */
export class Refusal extends Error {}

/** @param {string} text @param {OwnSequences} own @returns {Sequence} */
export function readText(text, { letters, longest }) {
  const places = new Map(letters.map(([letter], k) => [letter, k]));
  const typed = [...text];
  refuseLength(typed.length, longest);
  const codes = typed.map((letter, k) => {
    const place = places.get(letter);
    if (place !== undefined) return place;
    const holes = { letter, step: k + 1, letters: letters.map(([, shown]) => shown).join("") };
    throw new Refusal(
      _(
        "“{letter}”, character {step}, is not among the letters that these networks read: {letters}. The app reads any.",
        holes,
      ),
    );
  });
  return {
    words: codes.map((code) => letters[code][1]),
    rows: codes.map((code) => letters.map((_letter, k) => Number(k === code))),
  };
}

/** @param {string} text @param {OwnSequences} own @returns {Sequence} */
export function readNumbers(text, { longest }) {
  const lines = text.split(/\n/).filter((line) => /[^\s,;]/.test(line));
  const cells = lines.map((line) => line.trim().replace(/[,;]$/, "").split(BETWEEN));
  const rows = (cells.length === 1 ? cells[0].map((cell) => [cell]) : cells).map(numbersIn);
  refuseLength(rows.length, longest);
  const width = rows[0].length;
  const at = rows.findIndex((row) => row.length !== width || row.length > MOST_INPUTS);
  if (at >= 0)
    throw new Refusal(
      _(
        "Row {row} has {count} numbers: here each step is a row of one or two, as many in each. The app reads more.",
        {
          row: at + 1,
          count: rows[at].length,
        },
      ),
    );
  return { words: rows.map((row) => (width === 1 ? wordOf(row[0]) : "")), rows };
}

/** @param {string[]} cells @param {number} k  of the row */
const numbersIn = (cells, k) =>
  cells.map((cell) => {
    const number = NUMBER.test(cell) ? Number(cell) : NaN;
    if (Math.abs(number) <= LARGEST) return number;
    const holes = { text: cell, row: k + 1, most: LARGEST.toLocaleString("en") };
    throw new Refusal(
      _(
        "“{text}” in row {row} is no number that is read here: write 0.5, 1, -0.3, with a point, up to {most}.",
        holes,
      ),
    );
  });

/** @param {number} steps @param {number} longest */
function refuseLength(steps, longest) {
  if (steps === 0) throw new Refusal(_("There is nothing to read yet: type some."));
  if (steps > longest)
    throw new Refusal(
      _("These are {steps} steps: up to {most} are read here, more in the app.", {
        steps,
        most: longest,
      }),
    );
}

/** A number with two decimals at most, or two digits below 0.1; no more zeros than it needs. @param {number} number */
function wordOf(number) {
  const isSmall = number !== 0 && Math.abs(number) < 0.1;
  return (isSmall ? ofTwoDigits(number) : trimmed(number)).replaceAll("-", "−");
}

/** @param {number} number */
function ofTwoDigits(number) {
  const near = Number(number.toPrecision(2));
  return Math.abs(near) < 1e-4 ? near.toExponential().replace(/e-(\d)$/, "e-0$1") : String(near);
}

/** A half goes to the even digit, as Python has it. @param {number} number */
function trimmed(number) {
  const isHalf = (Math.abs(number) * 8) % 2 === 1; // between two hundredths
  const below = Math.floor(Math.abs(number) * 100);
  const even = (Math.sign(number) * (below + (below % 2))) / 100;
  const short = (isHalf ? even : number).toFixed(2).replace(/\.?0+$/, "");
  return short === "-0" ? "0" : short;
}

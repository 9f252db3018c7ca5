/** One number as a visitor types it. No DOM. */

import { tenTo } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";

const POWER = 6;
/** No weight, and nothing that is read or held, is larger in size. */
export const LARGEST = 10 ** POWER;
const LONGEST = 40;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NOT_FINITE = /^[+-]?(nan|inf|infinity|∞)$/i;

/**
 * @typedef {{value: number, problem: null}|{value: null, problem: string}} Reading  problem: a
 *   sentence
 */

/**
 * A decimal comma is as good as a point, the long minus as good as the short.
 * @param {string} text @returns {Reading}
 */
export function readNumber(text) {
  return reading(text, {
    notFinite: (word) => _("“{text}” is no weight: it has to be a finite number.", { text: word }),
    tooLarge: (word, bound) =>
      _("{text} is too large: a weight lies between −{bound} and {bound}.", { text: word, bound }),
  });
}

/**
 * The same of a number that is read or held.
 * @param {string} text @returns {Reading}
 */
export function readValue(text) {
  return reading(text, {
    notFinite: (word) => _("“{text}” is no finite number.", { text: word }),
    tooLarge: (word, bound) =>
      _("{text} is too large: a number here lies between −{bound} and {bound}.", {
        text: word,
        bound,
      }),
  });
}

/**
 * @param {string} text
 * @param {{notFinite: (word: string) => string, tooLarge: (word: string, bound: string) => string}} why
 * @returns {Reading}
 */
function reading(text, { notFinite, tooLarge }) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  if (plain === "") return refused(_("A number belongs here."));
  if (NOT_FINITE.test(plain)) return refused(notFinite(plain));
  if (plain.length > LONGEST || !NUMBER.test(plain))
    return refused(_("“{text}” is no number.", { text: cut(text.trim()) }));
  const value = Number(plain);
  if (Math.abs(value) > LARGEST) return refused(tooLarge(plain, tenTo(POWER)));
  return { value: value + 0, problem: null };
}

/** @param {string} problem @returns {Reading} */
const refused = (problem) => ({ value: null, problem });

/** What a visitor typed, as much of it as a sentence has room for. @param {string} text */
export function cut(text) {
  const letters = [...text];
  return letters.length > 20 ? `${letters.slice(0, 20).join("")}…` : text;
}

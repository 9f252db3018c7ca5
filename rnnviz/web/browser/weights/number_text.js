/** One number as a visitor types it. No DOM. */

import { tenTo } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";

const POWER = 6;
/** No weight is larger in size. */
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
  const plain = text.trim().replace("−", "-").replace(",", ".");
  if (plain === "") return refused(_("A number belongs here."));
  if (NOT_FINITE.test(plain))
    return refused(_("“{text}” is no weight: it has to be a finite number.", { text: plain }));
  if (plain.length > LONGEST || !NUMBER.test(plain))
    return refused(_("“{text}” is no number.", { text: cut(text.trim()) }));
  return bounded(Number(plain), plain);
}

/**
 * @param {number} value @param {string} text  as it was typed
 * @returns {Reading}
 */
function bounded(value, text) {
  if (Math.abs(value) <= LARGEST) return { value: value + 0, problem: null };
  const bound = tenTo(POWER);
  return refused(
    _("{text} is too large: a weight lies between −{bound} and {bound}.", { text, bound }),
  );
}

/** @param {string} problem @returns {Reading} */
const refused = (problem) => ({ value: null, problem });

/** What a visitor typed, as much of it as a sentence has room for. @param {string} text */
export function cut(text) {
  const letters = [...text];
  return letters.length > 20 ? `${letters.slice(0, 20).join("")}…` : text;
}

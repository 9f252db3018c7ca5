/** The page's question, as a room is asked it. */

import { _ } from "../drawing/texts.js";
import { GUESSES, nearest, outcomeWords, questionWords } from "./question_words.js";

/** @typedef {import("./header.js").Asked} Asked */

/** The same for everybody who is asked this. @param {Asked} about */
export const keyOf = (about) => `gradients ${JSON.stringify(about)}`;

/**
 * @param {Asked} about @param {string} cell  its title
 * @param {import("./question_words.js").Outcome} found
 * @returns {import("../drawing/asking.js").Asked}
 */
export function askedOf(about, cell, found) {
  const options = GUESSES.filter(([guess]) => guess !== "show");
  const right = options.findIndex(([guess]) => guess === nearest(found.log10Ratio));
  const { verdict, reasons } = outcomeWords("show", found, about);
  return {
    key: keyOf(about),
    text: questionWords(about, cell),
    options: options.map(([, text]) => _(text)),
    answers: right < 0 ? [] : [right],
    outcome: [...verdict, ...reasons].join(" "),
  };
}

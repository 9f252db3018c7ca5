/** What is asked first, what can be guessed, and what is measured: in words. No DOM. */

import { percent } from "../drawing/number_format.js";
import { _, N_, ngettext } from "../drawing/texts.js";
import { ratio } from "./words.js";

/**
 * @typedef {import("./context.js").Guess} Guess
 * @typedef {Exclude<Guess, "show">} Answer
 * @typedef {import("./header.js").Asked} Asked
 *
 * @typedef {Object} Outcome  of the plain RNN
 * @property {number} log10Ratio  NaN: it left the range of float64
 * @property {number} slope  the mean of its function's
 * @property {number} steps  back, from the last to the first
 * @property {number} shrinking  how many of these made the gradient smaller
 */

/** @type {[Guess, string][]} */
export const GUESSES = [
  ["grows", N_("much more: it grows")],
  ["same", N_("about as much")],
  ["tenth", N_("a tenth")],
  ["thousandth", N_("a thousandth")],
  ["millionth", N_("a millionth")],
  ["less", N_("10⁻¹² or less")],
  ["show", N_("just show me")],
];
const WORDS = new Map(GUESSES);
/** The exponents that the answers stand for. @type {[Answer, number][]} */
const EXPONENTS = [
  ["same", 0],
  ["tenth", -1],
  ["thousandth", -3],
  ["millionth", -6],
  ["less", -12],
];
const GROWTH = 0.5; // decades from which it is more, and not about as much

/** @param {Asked} asked @param {string} cell  its title */
export function questionWords({ length, scale }, cell) {
  return _(
    "At length {length} and recurrent scale {scale}, how much of the last step's gradient is left at step 1 in the {cell}?",
    { length, scale, cell },
  );
}

/** The guess that is nearest to what is measured; null: there is no ratio. @param {number} log10Ratio */
export function nearest(log10Ratio) {
  if (Number.isNaN(log10Ratio) || log10Ratio === Infinity) return null;
  if (log10Ratio > GROWTH) return "grows";
  if (log10Ratio < -12) return "less";
  const far = (/** @type {[Answer, number]} */ [, one]) => Math.abs(one - log10Ratio);
  return EXPONENTS.reduce((best, one) => (far(one) < far(best) ? one : best))[0];
}

/**
 * The guess and what is measured, and what made it so: one sentence each.
 * @param {Guess} guess @param {Outcome} outcome @param {Asked} asked
 */
export function outcomeWords(guess, outcome, asked) {
  const mine = guess === "show" ? [] : [_("You said {guess}.", { guess: worded(guess) })];
  return { verdict: [...mine, verdictWords(guess, outcome)], reasons: reasons(outcome, asked) };
}

/** @param {Guess} guess */
const worded = (guess) => _(/** @type {string} */ (WORDS.get(guess)));

/** @param {Guess} guess @param {Outcome} outcome */
function verdictWords(guess, { log10Ratio }) {
  const answer = nearest(log10Ratio);
  if (answer === null)
    return _("The gradient left the range of float64 (10³⁰⁸): there is no ratio.");
  const measured = ratio(log10Ratio);
  if (guess === answer) return _("Measured: {measured}. Your guess is the nearest.", { measured });
  return _("Measured: {measured}. Nearest is “{answer}”.", { measured, answer: worded(answer) });
}

/** @param {Outcome} outcome @param {Asked} asked */
function reasons({ slope, steps, shrinking, log10Ratio }, { scale, activation }) {
  if (nearest(log10Ratio) === null) return [];
  const shrank = ngettext(
    "{count} of the {steps} steps back made the gradient smaller.",
    "{count} of the {steps} steps back made the gradient smaller.",
    shrinking,
    { steps },
  );
  return [slopeWords(activation, slope, scale), shrank];
}

/** @param {string} activation @param {number} slope @param {number} scale */
function slopeWords(activation, slope, scale) {
  const radius = scale.toFixed(2);
  const mean = slope.toFixed(2);
  if (activation === "tanh")
    return _(
      "Each step back multiplies by U (spectral radius {radius}) and by the slope of tanh: 1 at most, here {mean} on average.",
      { radius, mean },
    );
  if (activation === "relu")
    return _(
      "Each step back multiplies by U (spectral radius {radius}) and by the slope of ReLU: 1 where h is above 0, else 0; here it is 1 in {share} of all cases.",
      { radius, share: percent(slope) },
    );
  return _(
    "Each step back multiplies by U (spectral radius {radius}) and by nothing else: there is no function.",
    { radius },
  );
}

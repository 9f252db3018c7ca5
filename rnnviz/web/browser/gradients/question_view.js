/** Predict, commit, reveal: a guess about the plain RNN, kept beside what is measured. */

import { element, mark, write } from "../drawing/dom.js";
import { lookup } from "../maths/lookup.js";
import { createExperiment } from "./experiment.js";
import { measure } from "./measure.js";
import { titleOf } from "./series.js";
import { ratio } from "./words.js";

/** What can be guessed: a power of ten that is left, or one of two words; and what is shown for it. */
const GROWS = "grows",
  SHOW = "show";
/** @typedef {number|typeof GROWS|typeof SHOW} Guess */
/** @type {[Guess, string][]} */
const CHOICES = [
  [GROWS, "more: it grows"],
  [-1, "a tenth"],
  [-3, "a thousandth"],
  [-6, "a millionth"],
  [-12, "10⁻¹²"],
  [SHOW, "just show me"],
];
const OPTIONS = new Map(CHOICES);
const SHORTEST = 10; // steps; a shorter sequence leaves nothing to guess

/**
 * Guesses of this tab, by what was asked; they outlive the page.
 * @type {Map<string, Guess>}
 */
const GUESSES = new Map();

/** @typedef {import("./header.js").Knobs} Knobs */

/**
 * @param {import("./experiment.js").Payload} payload @param {Knobs} given  those it is asked about
 * @param {() => void} reveal
 */
export function questionView(payload, given, reveal) {
  const length = given.length < SHORTEST ? payload.header.knobs.length.default : given.length;
  const knobs = { ...given, length, loss: "last" };
  const { plain } = payload.header;
  const key = JSON.stringify({ ...knobs, cells: null });
  const who = titleOf(plain, { activation: knobs.activation, plain });
  const asked =
    `At length ${knobs.length} and recurrent scale ${knobs.scale}, how much of the last ` +
    `step's gradient is left at step 1 in the ${who}?`;
  const say = element("p", { class: "outcome", "aria-live": "polite" });
  const pills = CHOICES.map(([guess, text]) =>
    element("button", { type: "button", class: "pill", on: { click: () => answer(guess) } }, text),
  );
  const choices = element(
    "div",
    { class: "pills", role: "group", "aria-label": "Your guess" },
    ...pills,
  );
  const first = element("b", {}, "Guess first. ");
  const text = element("p", { class: "asked" }, first, asked);

  /** @param {Guess} guess */
  function answer(guess) {
    GUESSES.set(key, guess);
    show();
    reveal();
  }
  function show() {
    const guess = GUESSES.get(key);
    first.hidden = choices.hidden = guess !== undefined;
    say.hidden = guess === undefined;
    if (guess === undefined) return;
    const found = measure(createExperiment(payload).run(plain, knobs));
    const curve = lookup(found.curves, "h");
    write(say, `${said(guess, curve)} ${why(knobs, curve)}`);
    mark(say, "answer", null, curve.log10Ratio);
  }
  show();
  return {
    element: element(
      "section",
      { class: "question", "aria-label": "A question first" },
      text,
      choices,
      say,
    ),
    isOpen: () => !GUESSES.has(key),
  };
}

/** @param {Guess} guess @param {import("./measure.js").Curve} curve */
function said(guess, { log10Ratio, condition }) {
  const mine = guess === SHOW ? "" : `You said ${OPTIONS.get(guess)}. `;
  if (condition !== "measured") return `${mine}There is no ratio to give here: see below.`;
  const powers = [...OPTIONS.keys()].filter((one) => typeof one === "number");
  const near = powers.reduce((best, one) =>
    Math.abs(one - log10Ratio) < Math.abs(best - log10Ratio) ? one : best,
  );
  const nearest = log10Ratio > 0 ? GROWS : near;
  const verdict =
    guess === nearest ? "that is the nearest" : `nearest is “${OPTIONS.get(nearest)}”`;
  return `${mine}Measured: ${ratio(log10Ratio)}; ${verdict}.`;
}

/** @param {Knobs} knobs @param {import("./measure.js").Curve} curve */
function why({ scale, activation }, { log10Ratio }) {
  if (activation === "tanh" && scale >= 1 && log10Ratio < -1)
    return (
      "A spectral radius of 1 does not keep it: the inputs push tanh to where it is flat, " +
      "and there every step back is multiplied by less than 1."
    );
  return "";
}

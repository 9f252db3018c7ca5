/** Predict, commit, reveal: a guess about the plain RNN, kept beside what is measured. */

import { element, mark, touches, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { createVoting } from "../drawing/voting.js";
import { lookup } from "../maths/lookup.js";
import { createSetup } from "./setup.js";
import { measure, slopesOf } from "./measure.js";
import { GUESSES, outcomeWords, questionWords } from "./question_words.js";
import { titleOf } from "./series.js";
import { askedOf, keyOf } from "./voting.js";

const SHORTEST = 10; // steps; a shorter sequence leaves nothing to guess

/**
 * @typedef {import("./header.js").Asked} Asked
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("./setup.js").Payload} Payload
 */

/**
 * @param {Payload} payload
 * @param {import("../drawing/store.js").Store<import("./context.js").State>} store
 */
export function questionView(payload, store) {
  let drawn = payload;
  const { header } = payload;
  const outcome = element("p", { class: "outcome", "aria-live": "polite" });
  const pills = GUESSES.map(([guess, text]) => {
    const on = { click: () => store.set({ guess, asked: askedAt(header, store.state.knobs) }) };
    return element("button", { type: "button", class: "pill", on }, _(text));
  });
  const about = { class: "pills", role: "group", "aria-label": _("Your guess") };
  const choices = element("div", about, ...pills);
  const first = element("b", {}, _("Guess first."), " ");
  const question = element("span", {});
  const aboutNow = () => store.state.asked ?? askedAt(header, store.state.knobs);
  /** @param {Asked} about */
  const cellOf = (about) => titleOf(header.plain, { ...about, plain: header.plain });
  /** In the room. @param {number|null} place */
  const chosen = (place) =>
    store.set({ guess: place === null ? "show" : GUESSES[place][0], asked: aboutNow() });
  const voting = createVoting(
    () => keyOf(aboutNow()),
    askedNow,
    { turned: show, chosen },
    () => asking.checkVisibility(), // a unit of the course asks another one in its place
  );
  const asking = section(
    element("p", { class: "asked" }, first, question),
    choices,
    voting.element,
    outcome,
  );

  /** As a room is asked it. */
  function askedNow() {
    const about = aboutNow();
    return askedOf(about, cellOf(about), outcomeAt(drawn, about, store.state.knobs));
  }
  function show() {
    const { guess, knobs } = store.state;
    const about = aboutNow();
    first.hidden = choices.hidden = guess !== null || voting.isOn();
    outcome.hidden = guess === null || voting.isOn();
    write(question, questionWords(about, cellOf(about)));
    voting.announce();
    if (guess === null || voting.isOn()) return;
    const found = outcomeAt(drawn, about, knobs);
    const { verdict, reasons } = outcomeWords(guess, found, about);
    outcome.replaceChildren(element("b", {}, verdict.join(" ")), " ", reasons.join(" "));
    mark(outcome, "answer", null, found.log10Ratio);
  }
  return {
    element: asking,
    isOpen: () => store.state.guess === null,
    /** Other draws: another seed. @param {Payload} next */
    redraw(next) {
      drawn = next;
      show();
    },
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      const isOpen = store.state.guess === null;
      if (touches(changed, "mount", "guess", "asked") || (isOpen && changed.has("knobs"))) show();
    },
    destroy: voting.stop,
  };
}

/** @param {Node[]} parts */
const section = (...parts) =>
  element("section", { class: "question", "aria-label": _("A question first") }, ...parts);

/**
 * What the plain RNN depends on, but for the seed; of a longer sequence where there is nothing to guess.
 * @param {Payload["header"]} header @param {Knobs} knobs
 * @returns {Asked}
 */
function askedAt(header, { length, scale, activation, input_scale, hidden }) {
  const asked = length < SHORTEST ? header.knobs.length.default : length;
  return { length: asked, scale, activation, input_scale, hidden };
}

/**
 * @param {Payload} payload @param {Asked} asked @param {Knobs} knobs  the others make no difference
 * @returns {import("./question_words.js").Outcome}
 */
export function outcomeAt(payload, asked, knobs) {
  const at = { ...knobs, ...asked, loss: "last" };
  const { plain } = payload.header;
  const ran = createSetup(payload).run(plain, at);
  const { total, log10Ratio } = lookup(measure(ran).curves, "h");
  const slopes = slopesOf(ran.run, activationOf(ran.layer));
  const steps = total.length - 1;
  let shrinking = 0;
  for (let t = 0; t < steps; t++) if (total[t] < total[t + 1]) shrinking++;
  return {
    log10Ratio,
    slope: slopes.reduce((sum, one) => sum + one, 0) / slopes.length,
    steps,
    shrinking,
  };
}

/** @param {import("./header.js").Layer} layer */
const activationOf = ({ plain }) => plain?.function ?? "identity";

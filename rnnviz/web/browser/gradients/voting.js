/** The page's question in a room: while the room votes on it, it stands in the room's bar alone. */

import { askInRoom } from "../drawing/asking.js";
import { element } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";
import { GUESSES, nearest, outcomeWords, questionWords } from "./question_words.js";

const VOTED_ON = N_("The room votes on this: in the bar at the top.");

/**
 * @typedef {import("./context.js").Guess} Guess
 * @typedef {import("./header.js").Asked} Asked
 */

/**
 * @param {() => Asked} about  what the question is about now
 * @param {() => import("../drawing/asking.js").Asked} question
 * @param {{turned: () => void, guess: (guess: Guess) => void}} follow  turned: the room votes on it
 *   from now on, or no more. guess: what was voted for here, once the room is shown its votes.
 */
export function createVoting(about, question, { turned, guess }) {
  const node = element("p", { hidden: true }, _(VOTED_ON));
  let announced = "";
  let opened = 0; // the turn of the room's questions whose vote has become the guess
  const room = askInRoom(() => keyOf(about()), question, hear);

  /** @param {import("../drawing/asking.js").Vote|null} vote */
  function hear(vote) {
    const isOn = vote?.isOpen ?? false;
    if (node.hidden === isOn) {
      node.hidden = !isOn;
      turned();
    }
    if (!vote || isOn || opened === vote.turn) return;
    opened = vote.turn;
    guess(vote.mine === null ? "show" : GUESSES[vote.mine][0]);
  }
  return {
    element: node,
    isOn: () => !node.hidden,
    /** The question is another one, or the same. */
    announce() {
      const key = keyOf(about());
      if (key === announced) return;
      announced = key;
      room.announce();
    },
    stop: room.stop,
  };
}

/** The same for everybody who is asked this. @param {Asked} about */
const keyOf = (about) => `gradients ${JSON.stringify(about)}`;

/**
 * The question as a room is asked it.
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

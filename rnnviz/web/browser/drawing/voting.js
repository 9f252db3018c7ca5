/**
 * A question that is asked in the browser, in a room: while the room votes on it, it stands in the
 * room's bar alone; once the votes are shown, the visitor's own is their guess.
 */

import { askInRoom } from "./asking.js";
import { element } from "./dom.js";
import { N_, _ } from "./texts.js";

const VOTED_ON = N_("The room votes on this: in the bar at the top.");

/** @typedef {ReturnType<typeof createVoting>} Voting */

/**
 * @param {() => string} key  of the question as it stands now @param {() => import("./asking.js").Asked} question
 * @param {{turned: () => void, chosen: (place: number|null) => void}} follow  turned: the room votes
 *   on it from now on, or no more. chosen: the place of what was voted for here, null where nothing
 *   was, once the room is shown its votes.
 * @param {() => boolean} [stands]  whether it is on the page
 */
export function createVoting(key, question, { turned, chosen }, stands) {
  const node = element("p", { hidden: true }, _(VOTED_ON));
  let announced = "";
  let opened = 0; // the turn of the room's questions whose vote has become the guess
  const room = askInRoom(key, question, hear, stands);

  /** @param {import("./asking.js").Vote|null} vote */
  function hear(vote) {
    const isOn = vote?.isOpen ?? false;
    if (node.hidden === isOn) {
      node.hidden = !isOn;
      turned();
    }
    if (!vote || isOn || opened === vote.turn) return;
    opened = vote.turn;
    chosen(vote.mine);
  }
  return {
    element: node,
    isOn: () => !node.hidden,
    /** The question is another one, or the same. */
    announce() {
      if (key() === announced) return;
      announced = key();
      room.announce();
    },
    stop: room.stop,
  };
}

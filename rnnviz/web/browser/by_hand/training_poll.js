/**
 * The polls of a training. Who stops polling lets the training stop. No DOM.
 *
 * @typedef {{id: string, updates: number, weights: Record<string, number[]>}} Wanted
 * @typedef {{number: number, wanted: Wanted|null}} Poll
 */

import { createPolls } from "../drawing/polls.js";

const PAUSE = 180; // milliseconds after an answer

/** @param {(poll: Poll) => void} send @param {import("../drawing/polls.js").Held} [isHeld] */
export function trainingPoll(send, isHeld) {
  /** @type {Wanted|null} */
  let wanted = null;
  const polls = createPolls((number) => send({ number, wanted }), isHeld);
  return {
    get isOn() {
      return wanted !== null;
    },
    /** @param {Wanted} next */
    start(next) {
      wanted = next;
      polls.ask();
    },
    /** Whether this is news of what is wanted. @param {{id: string, answers: number}} news */
    hear({ id, answers }) {
      if (id !== wanted?.id || !polls.hear(answers)) return false;
      polls.later(PAUSE);
      return true;
    },
    /** It is over: the server is asked no more. */
    rest() {
      wanted = null;
      polls.stop();
    },
    /** The server is to drop it. */
    stop() {
      wanted = null;
      polls.ask();
      polls.stop();
    },
  };
}

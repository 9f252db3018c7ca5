/**
 * The polls of a training: one at a time, the next a little after the answer to the last, and again
 * where none came. Who stops polling lets the training stop. No DOM.
 *
 * @typedef {{id: string, updates: number, weights: Record<string, number[]>}} Wanted
 * @typedef {{number: number, wanted: Wanted|null}} Poll
 */

const PAUSE = 180; // milliseconds after an answer
const PATIENCE = 1500;

/** @param {(poll: Poll) => void} send */
export function trainingPoll(send) {
  let number = 0;
  let timer = 0;
  /** @type {Wanted|null} */
  let wanted = null;

  function ask() {
    number += 1;
    clearTimeout(timer);
    timer = wanted === null ? 0 : setTimeout(ask, PATIENCE);
    send({ number, wanted });
  }
  return {
    get isOn() {
      return wanted !== null;
    },
    /** @param {Wanted} next */
    start(next) {
      wanted = next;
      ask();
    },
    /** Whether this is news of what is wanted. @param {{id: string, answers: number}} news */
    hear({ id, answers }) {
      if (wanted === null || id !== wanted.id || answers !== number) return false;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
      return true;
    },
    /** It is over: the server is asked no more. */
    rest() {
      clearTimeout(timer);
      wanted = null;
    },
    /** The server is to drop it. */
    stop() {
      wanted = null;
      ask();
    },
  };
}

/**
 * Asking a server again and again: one poll at a time, the next some time after its answer, and
 * another where no answer came. No DOM.
 */

/** Milliseconds in which the rest of an answer's page comes in. */
export const BREATH = 30;
const PATIENCE = 1500;
const LAST_PATIENCE = 20_000;

/**
 * @typedef {(isAgain: boolean) => boolean} Held  whether nothing may be asked now; isAgain: where an
 *   answer is awaited, that may be on its way
 */

/**
 * @param {(number: number) => void} put  send the poll of this number
 * @param {Held} [isHeld]
 */
export function createPolls(put, isHeld = () => false) {
  let number = 0,
    asked = -Infinity,
    timer = 0,
    isWaiting = false;

  /** @param {number} wait */
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }
  function ask() {
    const isAgain = isWaiting && performance.now() - asked < LAST_PATIENCE;
    if (isHeld(isAgain)) return later(BREATH);
    number += 1;
    asked = performance.now();
    isWaiting = true;
    later(PATIENCE);
    put(number);
  }
  return {
    /** Whether a poll has no answer yet. */
    get isWaiting() {
      return isWaiting;
    },
    /** Milliseconds since the last poll was sent. */
    get age() {
      return performance.now() - asked;
    },
    ask,
    later,
    /** Whether the poll of this number is the last: then it has its answer. @param {number} answered */
    hear(answered) {
      if (answered !== number) return false;
      isWaiting = false;
      clearTimeout(timer);
      return true;
    },
    /** Ask no more. */
    stop() {
      isWaiting = false;
      clearTimeout(timer);
    },
  };
}

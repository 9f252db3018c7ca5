/**
 * Questions that are asked in the browser, and the bar of a room: the bar calls when it has news, and
 * each question that stands on the page says that it does, and hears whether the room votes on it.
 *
 * @typedef {{key: string, text: string, options: string[], answers: number[], outcome: string}} Asked
 *   key: what it is about, the same in every browser that shows it; answers: the places of what is
 *   right, none where it is not known; outcome: in words
 * @typedef {{turn: number, isOpen: boolean, mine: number|null}} Vote  turn: rises with each question
 *   that a room is asked; mine: the place of what was chosen here
 * @typedef {(key: string, question: () => Asked) => Vote|null} Call  null: the room is asked
 *   something else, or nothing
 */

const CALL = "rnnviz-room";
const ANSWER = "rnnviz-asked";

/**
 * Have a question at hand for the room, if there is one.
 * @param {() => string} key  of the question as it stands now
 * @param {() => Asked} question  worked out only where a teacher looks
 * @param {(vote: Vote|null) => void} follow  called when what the room does with it may be other
 * @param {() => boolean} [stands]  whether it is on the page: what is hidden is not asked
 */
export function askInRoom(key, question, follow, stands = () => true) {
  /** @param {Event} event */
  function hear(event) {
    if (!stands()) return follow(null);
    follow(/** @type {CustomEvent<Call>} */ (event).detail(key(), question));
  }
  globalThis.addEventListener?.(CALL, hear);
  return {
    /** It stands here now, or is another one now. */
    announce: () => globalThis.dispatchEvent?.(new CustomEvent(ANSWER)),
    stop: () => globalThis.removeEventListener?.(CALL, hear),
  };
}

/** Call all questions that stand on the page. @param {Call} call */
export function callQuestions(call) {
  globalThis.dispatchEvent(new CustomEvent(CALL, { detail: call }));
}

/** Hear when one more is there. @param {() => void} listener @returns {() => void} to stop */
export function whenAsked(listener) {
  globalThis.addEventListener(ANSWER, listener);
  return () => globalThis.removeEventListener(ANSWER, listener);
}

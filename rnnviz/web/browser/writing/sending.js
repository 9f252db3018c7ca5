/**
 * What is typed goes to the server when the typing pauses. What comes back may be the answer to an
 * earlier text, or another text altogether (a link, Back, an alteration): only that is to be taken over.
 */

const PAUSE = 400; // milliseconds
/** Who leaves the box may have pressed a link, which Streamlit would forget for what is sent then. */
const AFTER_LEAVING = 1500;

/** @typedef {{text: string, base: string}} Kept  what was typed, and what the server had then */
/** @typedef {{read: () => Kept|null, write: (kept: Kept|null) => void}} Keep */

/**
 * @param {{text: string, turn: number}} answered  what the server has
 * @param {(written: {text: string, turn: number}) => void} send
 * @param {Keep} keep  where a text is safe until it is answered
 */
export function sending(answered, send, keep) {
  let { text: base, turn } = answered;
  /** @type {string|null} */
  let waiting = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  function flush() {
    if (waiting === null) return;
    turn += 1;
    send({ text: waiting, turn });
    waiting = null;
  }
  /** @param {number} time */
  function later(time) {
    clearTimeout(timer);
    timer = setTimeout(flush, time);
  }
  return {
    /** @param {string} text */
    type(text) {
      waiting = text;
      keep.write({ text, base });
      later(PAUSE);
    },
    leave() {
      if (waiting !== null) later(AFTER_LEAVING);
    },
    /** What was typed and never answered, as the page was left for another. */
    unanswered() {
      const kept = keep.read();
      return kept !== null && kept.base === base && kept.text !== base ? kept.text : null;
    },
    /**
     * Whether the server has answered all that was typed, so that its text is the one in force.
     * @param {{text: string, turn: number}} next
     */
    isAnswered(next) {
      if (waiting !== null || next.turn < turn) return false;
      base = next.text;
      keep.write(null);
      return true;
    },
    stop: () => clearTimeout(timer),
  };
}

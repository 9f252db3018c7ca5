/**
 * Changes of the code line on their way to the server: all settings at once, so that of several in a
 * row only the last need arrive. What comes back may answer an earlier one.
 */

const PAUSE = 120; // milliseconds without another change

/** @typedef {import("./header.js").CallHeader} CallHeader */

/**
 * @param {CallHeader} header
 * @param {(asked: object) => void} send
 */
export function createEdits(header, send) {
  let { turn, moves } = header;
  /** @type {Map<string, string>} */
  const wanted = new Map();
  let values = valuesOf(header);
  let timer = 0;

  function flush(isAsked = false) {
    if (wanted.size === 0 && !isAsked) return;
    turn += 1;
    send({ turn, settings: Object.fromEntries(values), changed: [...wanted.keys()] });
    wanted.clear();
  }
  return {
    /** @param {string} key @param {string} value */
    set(key, value) {
      values = new Map(values).set(key, value);
      wanted.set(key, value);
      clearTimeout(timer);
      timer = setTimeout(flush, PAUSE);
    },
    /** What is looked at is told: numbers of it are missing. */
    ask() {
      clearTimeout(timer);
      timer = setTimeout(() => flush(true), PAUSE);
    },
    /** @param {string} code */
    paste(code) {
      clearTimeout(timer);
      wanted.clear();
      turn += 1;
      send({ turn, code });
    },
    /** @param {string} key */
    value: (key) => values.get(key) ?? "",
    /** Whether this is the answer to what was asked last, or leads elsewhere. @param {CallHeader} next */
    take(next) {
      const isElsewhere = next.moves !== moves;
      if (!isElsewhere && (wanted.size > 0 || next.turn < turn)) return false;
      if (isElsewhere) wanted.clear();
      ({ turn, moves } = next);
      values = valuesOf(next);
      return true;
    },
    stop: () => clearTimeout(timer),
  };
}

/** @param {CallHeader} header */
const valuesOf = ({ settings }) =>
  new Map(Object.entries(settings).map(([key, { value }]) => [key, value]));

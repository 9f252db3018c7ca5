/**
 * How far a learner is: what they guessed, and how they passed each act. It stays in their browser;
 * where that keeps nothing for the page, it is known while the page is open. No DOM.
 *
 * @typedef {"done"|"shown"|"skipped"} How  an act was passed
 * @typedef {{guess: number|null, acts: How[]}} Passed  guess: the place of the option; -1 is “just
 *   show me”, null is none yet
 * @typedef {ReturnType<typeof createProgress>} Progress
 */

const KEY = "rnnviz course";
const VERSION = 1;
export const SHOW_ME = -1;
/** @type {How[]} */
const WAYS = ["done", "shown", "skipped"];
const MOST = 1e6; // letters of a file that is read
/** @type {Passed} */
const NOTHING = { guess: null, acts: [] };

/** @param {() => Storage} storage  may throw, and so may all that it gives */
export function createProgress(storage) {
  let known = attempt(() => read(storage().getItem(KEY) ?? ""), null) ?? new Map();

  /** @param {Map<string, Passed>} next */
  function keep(next) {
    known = next;
    attempt(() => storage().setItem(KEY, text()), undefined);
  }
  /** As a file has it. */
  const text = () =>
    JSON.stringify({ what: KEY, version: VERSION, units: Object.fromEntries(known) });
  /** @param {string} key  of a unit @returns {Passed} */
  const of = (key) => known.get(key) ?? NOTHING;
  return {
    of,
    /** @param {string} key @param {number} guess */
    guess: (key, guess) => keep(new Map(known).set(key, { ...of(key), guess })),
    /** The next act was passed. @param {string} key @param {How} how */
    pass: (key, how) => keep(new Map(known).set(key, { ...of(key), acts: [...of(key).acts, how] })),
    /** It is as if it had not been begun. @param {string} key */
    again: (key) => keep(new Map([...known].filter(([one]) => one !== key))),
    clear: () => keep(new Map()),
    text,
    /** Take over what a file says; whether it is one of these. @param {string} file */
    take(file) {
      const found = read(file);
      if (found !== null) keep(found);
      return found !== null;
    },
  };
}

/** @param {string} text @returns {Map<string, Passed>|null} null: it is not of a course */
function read(text) {
  if (text.length > MOST) return null;
  const kept = attempt(() => JSON.parse(text), null);
  if (kept?.what !== KEY || kept.version !== VERSION || !isObject(kept.units)) return null;
  return new Map(Object.entries(kept.units).flatMap(([key, passed]) => entry(key, passed)));
}

/** @param {string} key @param {unknown} passed @returns {[string, Passed][]} */
function entry(key, passed) {
  if (!isObject(passed)) return [];
  const { guess, acts } = passed;
  if (guess !== null && !(Number.isInteger(guess) && Number(guess) >= SHOW_ME)) return [];
  if (!Array.isArray(acts) || !acts.every((how) => WAYS.includes(how))) return [];
  return [[key, { guess: guess === null ? null : Number(guess), acts }]];
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @template T @param {() => T} act @param {T} otherwise  where the browser refuses */
function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

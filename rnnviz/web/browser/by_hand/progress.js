/**
 * Which challenges were solved in this browser. Where it keeps nothing for the page, as in a private
 * window, it is known while the page is open. No DOM.
 *
 * @typedef {ReturnType<typeof createProgress>} Progress
 */

const KEY = "rnnviz challenges solved";

/** @param {() => Storage} storage  may throw, and so may all that it gives */
export function createProgress(storage) {
  const solved = new Set(attempt(() => read(storage()), /** @type {string[]} */ ([])));
  return {
    /** @param {string} key */
    has: (key) => solved.has(key),
    /** Whether it was not known to be solved. @param {string} key */
    add(key) {
      if (solved.has(key)) return false;
      solved.add(key);
      attempt(() => storage().setItem(KEY, JSON.stringify([...solved])), undefined);
      return true;
    },
    clear() {
      solved.clear();
      attempt(() => storage().removeItem(KEY), undefined);
    },
  };
}

/** @param {Storage} storage @returns {string[]} */
function read(storage) {
  /** @type {unknown} */
  const kept = JSON.parse(storage.getItem(KEY) ?? "[]");
  return Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : [];
}

/** @template T @param {() => T} act @param {T} otherwise  where the browser refuses */
function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

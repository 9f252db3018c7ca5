/**
 * What is being looked at, in one place. Views read `state` and are told which keys changed.
 */

/**
 * @template {object} S
 * @typedef {(changed: ReadonlySet<Extract<keyof S, string>>) => void} Listener  is given the keys
 *   whose value is a new one
 */

/**
 * @template {object} S
 * @typedef {Object} Store
 * @property {Readonly<S>} state
 * @property {(patch: Partial<S>) => void} set  change some keys; listeners hear once
 * @property {(listener: Listener<S>) => () => void} subscribe  gives what stops the listening
 */

/**
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<Listener<S>>} */
  const listeners = new Set();
  return {
    get state() {
      return state;
    },

    set(patch) {
      /** @type {Set<Extract<keyof S, string>>} */
      const changed = new Set();
      for (const key in patch) if (!Object.is(state[key], patch[key])) changed.add(key);
      if (changed.size === 0) return;
      state = { ...state, ...patch };
      for (const listener of listeners) listener(changed);
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

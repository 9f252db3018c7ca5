/**
 * What is being looked at, in one place. Views read `state` and are told which keys changed.
 *
 * @typedef {Object} State
 * @property {number} step  time step, from 0
 * @property {number} part  inside one step: how many of the cell's named values are done, from 0
 * @property {"steps"|"inside"} level
 * @property {number} layer  index in header.layers
 * @property {number} item  sequence of the batch
 * @property {number} unit  from 0
 * @property {string|null} name  the value in focus
 * @property {{unit?: number, step?: number, name?: string}|null} hover
 * @property {boolean} playing
 * @property {number} speed  steps per second
 * @property {import("../stepper/changes.js").History} history  what the visitor changed, with its
 *   past
 * @property {{units: "one"|"all", steps: "one"|"on"|"every"}} reach  how far a held value reaches
 * @property {{name: string, unit: number, step: number}|null} explained
 * @property {"values"|"difference"} shown  in the maps
 */

/** @param {State} initial */
export function createStore(initial) {
  let state = initial;
  const listeners = new Set();
  return {
    get state() {
      return state;
    },

    /** Change some keys; listeners hear once, with the keys whose value is a new one. */
    set(patch) {
      const changed = new Set(
        Object.keys(patch).filter((key) => !Object.is(state[key], patch[key])),
      );
      if (changed.size === 0) return;
      state = { ...state, ...patch };
      for (const listener of listeners) listener(changed);
    },

    /** @param {(changed: Set<string>) => void} listener @returns {() => void} to stop listening */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * From time step to time step, and inside one; and where a pass is played, on to its next moment.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").StateStore} StateStore
 * @typedef {import("./model.js").Model} Model
 */

import { momentAt, momentsOf, placeAt } from "./unrolled/passes.js";
import { columnsOf } from "./time_window.js";

/** @param {number} value @param {number} last */
export const clamp = (value, last) => Math.min(Math.max(value, 0), last);

/** The layer in view. @param {StateStore} store @param {Model} model */
export const layerOf = (store, model) => model.header.layers[store.state.layer];

/**
 * From time step to time step, and inside one.
 * @param {StateStore} store @param {Model} model
 */
export function stepping(store, model) {
  const parts = () => layerOf(store, model).cell.names.length;
  const isReverse = () => Boolean(layerOf(store, model).reverse);
  const begun = (/** @type {State["level"]} */ level) => (level === "inside" ? 1 : parts());

  /** One time step in the order the layer reads (+1) or against it (−1); whether there was one. */
  function read(/** @type {number} */ by) {
    const { step: from, level } = store.state;
    const step = from + (isReverse() ? -by : by);
    if (step < 0 || step >= model.T) return false;
    store.set({ step, part: by > 0 ? begun(level) : parts() });
    return true;
  }
  /**
   * On (+1) or back (−1) by the smallest thing the level shows; whether there was somewhere to go.
   * @param {number} by
   */
  function advance(by) {
    const { level, part, pass } = store.state;
    if (pass) return toMoment(moment() + by);
    const next = part + by;
    if (level === "steps" || next < 1 || next > parts()) return read(by);
    store.set({ part: next });
    return true;
  }
  const moment = () => momentAt(store.state, model.T, isReverse());
  /** Of both passes; whether there is such a moment. @param {number} to */
  function toMoment(to) {
    const last = momentsOf(model.T) - 1;
    if (to < 0 || to > last) return false;
    const isOver = to === last ? { playing: false } : {};
    const place = placeAt(to, model.T, isReverse());
    store.set({ ...place, level: "steps", part: parts(), ...isOver });
    return true;
  }
  return {
    goTo: (/** @type {number} */ step) => goTo(store, model, step),
    advance,

    /** → and ← : along the sequence, or inside one step on and back. @param {number} by */
    press(by) {
      const { level, pass } = store.state;
      const isLeft = level === "steps" && isReverse() !== (pass === "backward");
      return advance(isLeft ? -by : by);
    },

    /**
     * A window further (+1) or back (−1) over a long run; the step goes along, if it must.
     * @param {number} by
     */
    turnPage(by) {
      const columns = columnsOf(model.T);
      const from = clamp(store.state.from + by * columns, model.T - columns);
      const step = Math.min(Math.max(store.state.step, from), from + columns - 1);
      store.set({ from, step, part: begun(store.state.level) });
    },

    /** @param {State["level"]} level */
    setLevel: (level) => store.set({ level, part: begun(level) }),

    /** At the end it begins anew. @param {boolean} playing */
    play(playing) {
      const { step, level, part, pass } = store.state;
      const end = isReverse() ? 0 : model.T - 1;
      if (playing && !pass && step === end && (level === "steps" || part === parts()))
        store.set({ step: model.T - 1 - end, part: begun(level) });
      store.set({ playing });
    },
    /** The moment of both passes that is shown, from 0. */
    moment,
    toMoment,
    /** Both passes from the first moment on, where they are not under way. */
    playPasses() {
      if (!store.state.pass) toMoment(0);
      store.set({ playing: true });
    },
    /** @param {number} speed */
    setSpeed: (speed) => store.set({ speed }),
  };
}

/** @param {StateStore} store @param {Model} model @param {number} step */
export function goTo(store, model, step) {
  const part = layerOf(store, model).cell.names.length;
  store.set({ step: clamp(step, model.T - 1), part });
}

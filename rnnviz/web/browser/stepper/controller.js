/**
 * What a visitor can do, each one a change of the store. Pointer, keys and buttons all come here.
 */

import { UNTOUCHED, advance, amend, drop, put, redo, stretch, undo } from "./changes.js";

/** @typedef {ReturnType<typeof createController>} Controller */

/**
 * @param {ReturnType<typeof import("../drawing/store.js").createStore>} store
 * @param {ReturnType<typeof import("./model.js").createModel>} model
 */
export function createController(store, model) {
  const clamp = (value, last) => Math.min(Math.max(value, 0), last);
  const layer = () => model.header.layers[store.state.layer];
  const parts = () => layer().cell.names.length;
  const isReverse = () => Boolean(layer().reverse);

  /** One time step in the order the layer reads (+1) or against it (−1); whether there was one. */
  function read(by) {
    const step = store.state.step + (isReverse() ? -by : by);
    if (step < 0 || step >= model.T) return false;
    store.set({ step, part: store.state.level === "inside" && by > 0 ? 1 : parts() });
    return true;
  }

  const controller = {
    goTo: (step) => store.set({ step: clamp(step, model.T - 1), part: parts() }),

    /** Spatially: later in the sequence is to the right, whichever way a layer reads. */
    shift: (by) => controller.goTo(store.state.step + by),

    /**
     * On (+1) or back (−1) by the smallest thing the level shows; whether there was somewhere to
     * go.
     */
    advance(by) {
      const { level, part } = store.state;
      if (level === "steps") return read(by);
      const next = part + by;
      if (next < 1 || next > parts()) return read(by);
      store.set({ part: next });
      return true;
    },

    /** → and ← : along the sequence, or inside one step on and back. */
    press: (by) =>
      store.state.level === "inside"
        ? controller.advance(by)
        : controller.advance(isReverse() ? -by : by),

    setLevel: (level) => store.set({ level, part: level === "inside" ? 1 : parts() }),
    play(playing) {
      const end = isReverse() ? 0 : model.T - 1;
      if (
        playing &&
        store.state.step === end &&
        (store.state.level === "steps" || store.state.part === parts())
      ) {
        store.set({ step: model.T - 1 - end, part: store.state.level === "inside" ? 1 : parts() });
      }
      store.set({ playing });
    },
    setSpeed: (speed) => store.set({ speed }),

    select(place) {
      const { unit, step, name } = place;
      if (unit !== undefined) store.set({ unit: clamp(unit, layer().hidden - 1) });
      if (name !== undefined) store.set({ name });
      if (step !== undefined) controller.goTo(step);
    },
    hover: (place) => store.set({ hover: place }),

    setLayer(index) {
      store.set({ layer: index, name: null, explained: null });
      store.set({ unit: clamp(store.state.unit, layer().hidden - 1), part: parts() });
    },
    setItem(item) {
      model.take(item);
      store.set({ item });
    },
    show: (shown) => store.set({ shown }),
    setReach: (reach) => store.set({ reach: { ...store.state.reach, ...reach } }),

    explain: (name, unit, step) => store.set({ explained: { name, unit, step } }),
    closeExplanation: () => store.set({ explained: null }),

    /** A new change; while `going` (a drag under way) it takes the place of its own last one. */
    change(change, { going = false } = {}) {
      const { history } = store.state;
      const present = put(history.present, change);
      store.set({ history: going ? amend(history, present) : advance(history, present) });
    },

    /** Hold a value of the layer in view, as far as the visitor's choice of reach says. */
    hold(name, unit, value, { step = store.state.step, going = false } = {}) {
      const { reach, layer: index } = store.state;
      const span = stretch(reach.steps, step, model.T, isReverse());
      controller.change(
        {
          kind: "hold",
          layer: index,
          name,
          unit: reach.units === "all" ? null : unit,
          ...span,
          value,
        },
        { going },
      );
    },

    release(key) {
      const { history } = store.state;
      store.set({ history: advance(history, drop(history.present, key)) });
    },
    releaseAll: () => store.set({ history: advance(store.state.history, UNTOUCHED.present) }),
    undo: () => store.set({ history: undo(store.state.history) }),
    redo: () => store.set({ history: redo(store.state.history) }),
  };
  return controller;
}

/**
 * What a visitor can do, each one a change of the store. Pointer, keys and buttons all come here.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").StateStore} StateStore
 * @typedef {import("./model.js").Model} Model
 * @typedef {{going?: boolean}} Progress  going: a drag is under way
 *
 * @typedef {ReturnType<typeof createController>} Controller
 */

import {
  advance as advanced,
  amend,
  drop,
  isOfWeights,
  put,
  redo,
  stretch,
  undo,
} from "./changes/changes.js";
import { edited, held, heldWhole } from "./changes/holding.js";
import { inOrder } from "./figures/figure_names.js";
import { clamp, goTo, layerOf, stepping } from "./stepping.js";

/** @param {StateStore} store @param {Model} model */
export function createController(store, model) {
  return {
    ...stepping(store, model),
    ...looking(store, model),
    ...changing(store, model),
  };
}

/** @param {import("./changes/changes.js").Changes} a @param {import("./changes/changes.js").Changes} b */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * What is looked at: a layer, a sequence, a unit, a value, a number's arithmetic.
 * @param {StateStore} store @param {Model} model
 */
function looking(store, model) {
  const lastUnit = () => layerOf(store, model).hidden - 1;
  return {
    /** @param {import("./state.js").Place} place */
    select({ unit, step, name }) {
      if (unit !== undefined) store.set({ unit: clamp(unit, lastUnit()) });
      if (name !== undefined) store.set({ name });
      if (step !== undefined) goTo(store, model, step);
    },
    /** @param {State["hover"]} place */
    hover: (place) => store.set({ hover: place }),

    /** @param {number} index */
    setLayer(index) {
      const ranking = { ...store.state.ranking, name: "" };
      store.set({ layer: index, name: null, explained: null, selection: null, ranking });
      const part = layerOf(store, model).cell.names.length;
      store.set({ unit: clamp(store.state.unit, lastUnit()), part });
    },
    /** @param {number} item */
    setItem(item) {
      model.take(item);
      store.set({ item });
    },
    /**
     * All that a link says at once; where it says nothing, as it is seen at first.
     * @param {import("./link/link.js").View} view @param {State} first  of the link's layer and sequence
     */
    lookAt({ changes, ...sight }, first) {
      const { history } = store.state;
      store.set({
        ...first,
        ...sight,
        ...{ hover: store.state.hover, reach: store.state.reach, notice: store.state.notice },
        history: isSame(changes, history.present) ? history : advanced(history, changes),
      });
    },
    /** @param {State["shown"]} shown */
    show: (shown) => store.set({ shown }),

    /** @param {string} name @param {number} unit @param {number} step */
    explain: (name, unit, step) => store.set({ explained: { name, unit, step } }),
    closeExplanation: () => store.set({ explained: null }),

    /** @param {Partial<State["ranking"]>} part */
    rank: (part) => store.set({ ranking: { ...store.state.ranking, ...part } }),
    /** @param {State["weights"]} weights */
    openWeights: (weights) => store.set({ weights }),

    /** Open a picture, or close it. @param {import("./state.js").Figure} figure */
    turnFigure(figure) {
      const { figures, pass, playing } = store.state;
      const isOpen = figures.includes(figure);
      const over = isOpen && figure === "unrolled" && pass ? { pass: null, playing: false } : {};
      const others = figures.filter((one) => one !== figure);
      store.set({ figures: isOpen ? others : inOrder([...others, figure]), playing, ...over });
    },

    /** Squares of a map, to be held together. @param {State["selection"]} selection */
    selectSquares: (selection) => store.set({ selection }),
  };
}

/**
 * What is changed about the run, and the way back.
 * @param {StateStore} store @param {Model} model
 */
function changing(store, model) {
  /**
   * A new change; while `going` it takes the place of its own last one.
   * @param {import("./changes/changes.js").Change} change @param {Progress} [progress]
   */
  function change(change, { going = false } = {}) {
    const { history } = store.state;
    const present = put(history.present, change);
    store.set({ history: going ? amend(history, present) : advanced(history, present) });
  }
  /** @param {import("./changes/changes.js").Changes} present */
  const leave = (present) => store.set({ history: advanced(store.state.history, present) });
  /** Weights that are the network itself stay, whatever else is released. */
  const typed = () =>
    model.header.weights.typed ? store.state.history.present.filter(isOfWeights) : [];
  return {
    change,

    /**
     * Another number in place of one that the sequence in view reads.
     * @param {number} step @param {number} input @param {number} value @param {Progress} [progress]
     */
    changeInput: (step, input, value, progress) =>
      change({ kind: "input", item: model.item, step, input, value }, progress),

    /**
     * Hold a value of the layer in view, as far as the visitor's choice of reach says.
     * @param {string} name @param {number} unit @param {number} value
     * @param {Progress & {step?: number}} [progress]
     */
    hold(name, unit, value, { step = store.state.step, going = false } = {}) {
      const { reach, layer } = store.state;
      const isReverse = Boolean(layerOf(store, model).reverse);
      const span = stretch(reach.steps, step, model.T, isReverse);
      const units = reach.units === "all" ? null : unit;
      const at = { unit, step, size: model.size(layer, name) };
      const { history } = store.state;
      const one = { kind: /** @type {const} */ ("hold"), layer, name, unit: units, ...span, value };
      const present = held(history.present, one, at);
      store.set({ history: going ? amend(history, present) : advanced(history, present) });
    },
    /** A hold with its own reach. @param {import("./changes/holding.js").Hold} hold */
    holdWhole: (hold) => leave(heldWhole(store.state.history.present, hold)),

    /** @param {Partial<State["reach"]>} reach */
    setReach: (reach) => store.set({ reach: { ...store.state.reach, ...reach } }),

    /** These changes and no others. @param {import("./changes/changes.js").Changes} present */
    try: (present) => leave([...typed(), ...present]),

    /**
     * A change with another range or value in its place.
     * @param {string} key @param {import("./changes/changes.js").Change} change
     */
    edit: (key, change) => leave(edited(store.state.history.present, key, change)),
    /** @param {string} key  of the change that is taken back */
    release: (key) => leave(drop(store.state.history.present, key)),
    /** @param {(change: import("./changes/changes.js").Change) => boolean} isMeant */
    releaseThose: (isMeant) =>
      leave(store.state.history.present.filter((change) => !isMeant(change))),
    releaseAll: () => leave(typed()),
    isReleasable: (/** @type {import("./changes/changes.js").Change} */ change) =>
      !typed().includes(change),

    /**
     * All numbers of some parameters at once.
     * @param {ReadonlyMap<string, ArrayLike<number>>} arrays @param {Progress} [progress]
     */
    setParameters(arrays, { going = false } = {}) {
      const { history } = store.state;
      let { present } = history;
      for (const [array, numbers] of arrays)
        present = put(present, { kind: "parameter", array, values: Array.from(numbers) });
      store.set({ history: going ? amend(history, present) : advanced(history, present) });
    },
    undo: () => store.set({ history: undo(store.state.history) }),
    redo: () => store.set({ history: redo(store.state.history) }),
  };
}

/**
 * What every view gets: the run, the store, what can be done, and what views ask of the whole.
 *
 * @typedef {import("./header.js").StepHeader} StepHeader
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./state.js").StateStore} StateStore
 * @typedef {import("./controller.js").Controller} Controller
 *
 * @typedef {Object} Basis  the run and where the visitor is in it
 * @property {StepHeader} header
 * @property {Model} model
 * @property {StateStore} store
 * @property {Controller} controller
 * @property {import("../drawing/root.js").Root["tip"]} tip
 * @property {() => import("../drawing/theme.js").Theme} theme
 * @property {(layer: number) => import("./words.js").Words} words
 *
 * @typedef {Basis & ReturnType<typeof questions>} Context
 */

import { isHeld } from "../maths/holds.js";
import { boundsOf } from "./model.js";

/**
 * @param {StateStore} store @param {Model} model @param {StepHeader} header
 * @param {Controller} controller
 */
export function questions(store, model, header, controller) {
  const places = header.layers.map(({ cell }) => new Map(cell.names.map((name, k) => [name, k])));
  const placeOf = (/** @type {string} */ name) =>
    places[store.state.layer].get(name.split(".")[0]) ?? -1;
  return {
    /** Inside one step: whether it is computed just now. @param {string} name */
    isActive: (name) => store.state.level === "inside" && placeOf(name) === store.state.part - 1,
    /** Inside one step: whether it is not computed yet. @param {string} name */
    isWaiting: (name) => store.state.level === "inside" && placeOf(name) >= store.state.part,

    /** @param {number} layer @param {string} name @param {number} unit @param {number} step */
    isHeld(layer, name, unit, step) {
      const { run } = model.live.layers[layer];
      return run.values.has(name) && isHeld(run, name, unit, step);
    },

    /**
     * How far a value can be dragged from where it is.
     * @param {number} layer @param {string} name @param {number} unit @param {number} step
     * @returns {import("../drawing/drag.js").Reading}
     */
    reading(layer, name, unit, step) {
      const range = model.range(layer, name);
      const value = model.number(layer, name, unit, step);
      const { low, high } = range.isGate ? range : boundsOf(header.layers[layer].cell, name);
      const far = { low: low ?? -4 * range.high, high: high ?? 4 * range.high };
      const travel = low !== null && high !== null ? high - low : 2 * range.high;
      return { value, ...far, travel };
    },

    /**
     * The input of the first layer is changed; everything else is held.
     * @param {string} name @param {number} unit @param {number} value
     * @param {boolean} going  a drag is under way
     */
    setValue(name, unit, value, going) {
      const { layer, step } = store.state;
      const rounded = Number(value.toPrecision(3));
      if (name === "x" && header.layers[layer].layer === 0)
        controller.changeInput(step, unit, rounded, { going });
      else controller.hold(name, unit, rounded, { going });
    },
  };
}

/**
 * What every view gets: the run, the store, what can be done, and what views ask of the whole.
 *
 * @typedef {Object} Stage  what every view gets
 * @property {object} header
 * @property {ReturnType<typeof import("./model.js").createModel>} model
 * @property {ReturnType<typeof import("../drawing/store.js").createStore>} store
 * @property {import("./controller.js").Controller} controller
 * @property {() => import("../drawing/theme.js").Theme} theme
 * @property {(layer: number) => import("./words.js").Words} words
 * @property {(name: string) => boolean} isActive  inside one step: being computed now
 * @property {(name: string) => boolean} isWaiting  inside one step: not computed yet
 */

import { isHeld } from "../maths/holds.js";
import { boundsOf } from "./model.js";

/**
 * @param {ReturnType<typeof import("../drawing/store.js").createStore>} store
 * @param {ReturnType<typeof import("./model.js").createModel>} model
 * @param {object} header
 * @param {import("./controller.js").Controller} controller
 */
export function questions(store, model, header, controller) {
  const places = header.layers.map(({ cell }) => new Map(cell.names.map((name, k) => [name, k])));
  const placeOf = (name) => places[store.state.layer].get(name.split(".")[0]) ?? -1;
  return {
    isActive: (name) => store.state.level === "inside" && placeOf(name) === store.state.part - 1,
    isWaiting: (name) => store.state.level === "inside" && placeOf(name) >= store.state.part,
    isHeld(layer, name, unit, step) {
      const { run } = model.live.layers[layer];
      return run.values.has(name) && isHeld(run, name, unit, step);
    },
    /** How far a value can be dragged from where it is. */
    reading(layer, name, unit, step) {
      const { low, high, isGate } = model.range(layer, name);
      const value = model.number(layer, name, unit, step);
      const known = isGate ? { low, high } : boundsOf(header.layers[layer].cell, name);
      const far = { low: known.low ?? -4 * high, high: known.high ?? 4 * high };
      const isBounded = known.low !== null && known.high !== null;
      return { value, ...far, travel: isBounded ? known.high - known.low : 2 * high };
    },
    /** The input of the first layer is changed; everything else is held. */
    setValue(name, unit, value, going) {
      const { layer, step } = store.state;
      const rounded = Number(value.toPrecision(3));
      if (name === "x" && header.layers[layer].layer === 0)
        controller.change(
          { kind: "input", item: model.item, step, input: unit, value: rounded },
          { going },
        );
      else controller.hold(name, unit, rounded, { going });
    },
  };
}

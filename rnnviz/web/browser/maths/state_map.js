/**
 * One step of a cell as a map of its state: all states stacked in the order of the cell, from before
 * the step to after it, the input fixed. Many states at once, and the Jacobian at each. No DOM.
 *
 * @typedef {Object} OneStep  what is the same for every state
 * @property {Map<string, Float64Array>} params
 * @property {ArrayLike<number>} input  of the step
 * @property {readonly Held[]} [holds]  in force at the step
 * @typedef {Pick<import("./holds.js").Hold, "name"|"unit"|"value">} Held
 */

import { giveParameters, prepare } from "./engine.js";
import { clearHolds, fillHeld, markHolds } from "./holds.js";
import { lookup } from "./lookup.js";
import { jacobians } from "./single_steps.js";

/** @typedef {ReturnType<typeof createStateMap>} StateMap */

/**
 * @param {import("./header.js").LayerSpec} spec
 * @param {number} count  how many states are mapped at once
 */
export function createStateMap(spec, count) {
  const run = prepare(spec, count);
  const { states, nodes } = run;
  const hidden = states[0]?.now.size ?? 0;
  const size = states.length * hidden;
  const after = new Float64Array(count * size);
  const matrices = Array.from({ length: count }, () => new Float64Array(size * size));
  return {
    count,
    size,
    /**
     * @param {OneStep} step @param {Float64Array} before  count x size
     * @returns {Float64Array} after: count x size, written over by the next call
     */
    evaluate({ params, input, holds = [] }, before) {
      giveParameters(run, params);
      const x = lookup(run.slots, "x");
      for (let t = 0; t < count; t++) x.data.set(input, t * x.size);
      states.forEach((state, s) => spread(before, state.before.data, s));
      clearHolds(run.slots);
      markHolds(
        run,
        holds.map((hold) => ({ ...hold, from: 0, to: count })),
      );
      const leaves = [x, ...states.map((state) => state.before)].filter(({ isHeld }) => isHeld);
      for (let t = 0; t < count; t++) {
        for (const leaf of leaves) fillHeld(leaf, t);
        for (const node of nodes) {
          node.forward(node, t, 0, node.y.size);
          if (node.y.isHeld) fillHeld(node.y, t);
        }
      }
      states.forEach((state, s) => gather(state.now.data, s));
      return after;
    },
    /**
     * d after / d before at each of the states evaluated last: count matrices, size x size, written
     * over by the next call.
     */
    jacobians() {
      const rows = jacobians(run, matrices);
      while (!rows.next().done);
      return matrices;
    },
  };

  /** @param {Float64Array} from @param {Float64Array} into @param {number} s */
  function spread(from, into, s) {
    for (let t = 0; t < count; t++)
      for (let k = 0; k < hidden; k++) into[t * hidden + k] = from[t * size + s * hidden + k];
  }
  /** @param {Float64Array} from @param {number} s */
  function gather(from, s) {
    for (let t = 0; t < count; t++)
      for (let k = 0; k < hidden; k++) after[t * size + s * hidden + k] = from[t * hidden + k];
  }
}

/**
 * Which ways the gradient of a layer takes over time: what comes to h from above at each step, and
 * what each state hands back to the step before. No DOM.
 *
 * @typedef {Object} WayBack  lengths of vectors, T numbers each; every one stands at the step it
 *   comes to
 * @property {Float64Array} above  of what the loss, or the layer above, gives dL/dh_t
 * @property {Map<string, Float64Array>} states  of each state that is handed on: what dL/dstate_t
 *   gets from the step that reads the state; 0 where no step reads it
 */

import { timeAt } from "./engine.js";
import { rowNorms } from "./norms.js";

/** Call after `backward`. @param {import("./engine.js").Run} run @returns {WayBack} */
export function wayBack(run) {
  const above = new Float64Array(run.T);
  rowNorms(run.dh, above);
  return {
    above,
    states: new Map(run.states.map((state) => [state.name, handedBack(run, state)])),
  };
}

/** @param {import("./engine.js").Run} run @param {import("./engine.js").RunState} state */
function handedBack(run, { before }) {
  const { size, gradient } = before;
  const arriving = new Float64Array(run.T * size);
  for (let k = 1; k < run.T; k++) {
    const [to, from] = [timeAt(run, k - 1), timeAt(run, k)];
    for (let unit = 0; unit < size; unit++) {
      const isCut = before.isHeld && before.mask[from * size + unit] === 1;
      if (!isCut) arriving[to * size + unit] = gradient[from * size + unit];
    }
  }
  const norms = new Float64Array(run.T);
  rowNorms(arriving, norms);
  return norms;
}

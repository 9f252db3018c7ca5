/** All lesions of a layer, computed in slices, so that the page answers meanwhile. No DOM. */

import { lesioned, lesionsOf } from "../../maths/lesions.js";

/** @typedef {import("../../maths/lesions.js").Lesioned} Lesioned */

const SLICE = 24; // milliseconds at a time
const REST = 60; // milliseconds before it begins: weights may be dragged

/**
 * @param {Object} follow
 * @param {(done: number, all: number) => void} follow.progress  after each slice
 * @param {(found: Lesioned[]) => void} follow.end
 */
export function lesionRuns({ progress, end }) {
  let timer = 0;
  /** @param {Iterator<Lesioned>} runs @param {Lesioned[]} found @param {number} all */
  function slice(runs, found, all) {
    const begin = performance.now();
    while (performance.now() - begin < SLICE) {
      const next = runs.next();
      if (next.done) return end(found);
      found.push(next.value);
    }
    progress(found.length, all);
    timer = setTimeout(slice, 0, runs, found, all);
  }
  return {
    /**
     * Those before are forgotten.
     * @param {import("../model.js").Model} model
     * @param {{item: number, layer: number, steps: number[]}} what
     */
    start({ header, ghostArrays }, what) {
      clearTimeout(timer);
      const all = lesionsOf(header.layers[what.layer]).length;
      timer = setTimeout(slice, REST, lesioned(header, ghostArrays, what), [], all);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Lesions: each gate of each unit, and each gate whole, held at 0 and at 1 throughout, one at a time;
 * and what becomes of the answer and of the loss. Runs forward only. No DOM.
 *
 * @typedef {{name: string, unit: number|null, value: number}} Lesion  unit: null is every one
 * @typedef {import("./effect.js").Effect & {answer: number, share: number}} AnswerEffect  answer: the
 *   output that is likeliest after, and its number
 * @typedef {Lesion & {answer: AnswerEffect|null, loss: number}} Lesioned  answer: null where no
 *   readout gives one. loss: L after
 */

import { sizeOf } from "./engine.js";
import { answersOf, argmax, largestEffect, rowOf } from "./effect.js";
import { lookup } from "./lookup.js";
import { runForward } from "./network.js";

/**
 * Which of a cell's values are held in turn, and at what: its gates; where it has none, its states.
 * @param {import("./header.js").LayerSpec["cell"]} cell
 * @returns {{names: readonly string[], values: readonly number[]}}
 */
export const heldInTurn = ({ gates, states }) =>
  gates.length > 0 ? { names: gates, values: [0, 1] } : { names: states, values: [0] };

/**
 * Those of a layer.
 * @param {import("./header.js").LayerSpec} layer
 * @returns {Lesion[]}
 */
export function lesionsOf(layer) {
  const { names, values } = heldInTurn(layer.cell);
  return names.flatMap((name) => {
    const size = sizeOf(layer, lookup(layer.cell.sizes, name));
    const units = [null, ...Array(size).keys()];
    return units.flatMap((unit) => values.map((value) => ({ name, unit, value })));
  });
}

/**
 * One after the other, so that whoever waits can do something else between two; the arrays of one
 * run serve all.
 * @param {import("./header.js").NetworkHeader} header @param {Map<string, Float64Array>} arrays
 * @param {{item: number, layer: number, steps: number[]}} what  layer: its place in the header's.
 *   steps: those whose answer counts
 * @returns {Generator<Lesioned, void, undefined>}
 */
export function* lesioned(header, arrays, { item, layer, steps }) {
  const untouched = runForward(header, arrays, { item });
  const before = answersOf(untouched);
  /** @type {import("./network.js").NetworkRun|null} */
  let into = null;
  for (const lesion of lesionsOf(header.layers[layer])) {
    const hold = { ...lesion, from: 0, to: untouched.T };
    into = runForward(header, arrays, { item, holds: new Map([[layer, [hold]]]), into });
    const after = answersOf(into);
    const answer = before && after && answerOf(before, after, steps);
    yield { ...lesion, answer, loss: into.loss };
  }
}

/**
 * @param {import("./effect.js").Answers} before @param {import("./effect.js").Answers} after
 * @param {number[]} steps
 * @returns {AnswerEffect}
 */
function answerOf(before, after, steps) {
  const effect = largestEffect(before, after, steps);
  const row = rowOf(after, effect.step);
  const answer = after.isSoftmax ? argmax(row) : effect.output;
  return { ...effect, answer, share: row[answer] };
}

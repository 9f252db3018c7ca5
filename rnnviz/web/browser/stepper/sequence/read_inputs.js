/** The inputs of a sequence as they are read: with what was changed in them, and what is held. No DOM. */

import { changedInputs } from "../changes/changes.js";
import { listOf } from "../changes/unit_sets.js";

/**
 * Where every direction of the first layer holds an input at the same number, that is what is read.
 * @param {import("../header.js").StepHeader} header @param {Float64Array} untouched  T x inputs; copied
 * @param {import("../changes/changes.js").Changes} changes @param {number} item  sequence of the batch
 */
export function readInputs({ layers, sequence }, untouched, changes, item) {
  const x = changedInputs(untouched, changes, item, layers[0].inputs, sequence.alphabet?.length);
  const ways = layers.flatMap(({ layer }, k) => (layer === 0 ? [k] : []));
  const [first, ...others] = ways.map((way) => heldIn(changes, way, layers[way].inputs, x.length));
  for (const [place, value] of first)
    if (others.every((held) => held.get(place) === value)) x[place] = value;
  return x;
}

/**
 * The place of each input that a direction holds → the number; a later hold wins.
 * @param {import("../changes/changes.js").Changes} changes @param {number} way @param {number} inputs
 * @param {number} length  of all inputs
 */
function heldIn(changes, way, inputs, length) {
  /** @type {Map<number, number>} */
  const held = new Map();
  for (const change of changes) {
    if (change.kind !== "hold" || change.layer !== way || change.name !== "x") continue;
    const to = Math.min(change.to, length / inputs);
    for (let t = change.from; t < to; t++)
      for (const input of listOf(change.unit, inputs)) held.set(t * inputs + input, change.value);
  }
  return held;
}

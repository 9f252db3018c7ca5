/**
 * Fresh weights in place of trained ones, those that Python draws from the seed, to the last bit
 * (rnnviz/network/initial.py). No DOM.
 */

import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { generatorOf } from "../maths/seeds.js";

/** @typedef {import("./archive.js").Piece} Piece */

const READOUT = 0,
  LAYER = [1, 0]; // the first, forward: what is spawned for each from the seed

/** @param {Piece} trained  of one layer and a readout @param {number} seed @returns {Piece} */
export function withFresh({ header, arrays, more }, seed) {
  const [, hidden] = lookup(arrays, "readout.W").shape;
  const inLayer = Object.keys(header.layers[0].cell.parameters);
  const streams = new Map([
    ...inLayer.map((name, k) => /** @type {const} */ ([`0.${name}`, [...LAYER, k]])),
    ["readout.W", [READOUT, 0]],
    ["readout.b", [READOUT, 1]],
  ]);
  const fresh = [...streams].map(([name, spawned]) => {
    const { shape } = lookup(arrays, name);
    return /** @type {const} */ ([name, { shape, numbers: drawn(shape, hidden, seed, spawned) }]);
  });
  const badge = _("fresh weights, seed {seed}: random, nothing learnt yet", { seed });
  const notes = more.notes.filter((/** @type {string} */ note) => !more.ofTrained.includes(note));
  return {
    header: { ...header, badge, id: `${header.id} fresh ${seed}` },
    arrays: new Map([...arrays, ...fresh]),
    more: { ...more, notes, questions: [] },
  };
}

/**
 * Uniform on ±1/√hidden, as PyTorch's.
 * @param {number[]} shape @param {number} hidden @param {number} seed @param {readonly number[]} spawned
 */
function drawn(shape, hidden, seed, spawned) {
  const generator = generatorOf(seed, spawned);
  const bound = 1 / Math.sqrt(hidden);
  const count = shape.reduce((product, size) => product * size, 1);
  return Float64Array.from({ length: count }, () => -bound + 2 * bound * generator.random());
}

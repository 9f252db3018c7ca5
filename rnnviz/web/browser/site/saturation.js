/** Whether typed numbers are too large for the gates, as rnnviz/scenes/saturation.py has it. No DOM. */

import { percent } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { forward } from "../maths/engine.js";
import { lookup } from "../maths/lookup.js";
import { pack, unpack } from "../maths/payload.js";

/** @typedef {import("./archive.js").Piece} Piece */
/** @typedef {import("./header.js").Saturation} Saturation */

/**
 * What is to be said of it; nothing, or one sentence.
 * @param {Piece} piece @param {Saturation} rule
 */
export function saturation(piece, { large, atAnEnd, most, ofGates, ofH }) {
  const { numbers } = lookup(piece.arrays, "x");
  const largest = numbers.reduce((found, one) => Math.max(found, Math.abs(one)), 0);
  if (largest <= large) return [];
  const { gates, values } = firstLayer(piece);
  const atEnds = values.filter((one) => {
    const size = Math.abs(one);
    return Math.min(size, Math.abs(1 - size)) < atAnEnd;
  });
  const share = atEnds.length / values.length;
  if (share < most) return [];
  const holes = { largest: sixDigits(largest), share: percent(share) };
  return [_(gates.length > 0 ? ofGates : ofH, holes)];
}

/** The gates of the first layer, and their values at each step; those of h, where it has none. @param {Piece} piece */
function firstLayer(piece) {
  /** @type {import("../maths/payload.js").Payload<import("../maths/header.js").NetworkHeader>} */
  const { header, arrays } = unpack(pack(piece.header, piece.arrays));
  const [layer] = header.layers;
  const { gates, parameters } = layer.cell;
  const weights = new Map(
    [...parameters.keys()].map((name) => [name, lookup(arrays, `0.${name}`)]),
  );
  const { shape } = lookup(piece.arrays, "x");
  const { values } = forward(layer, weights, lookup(arrays, "x"), { steps: shape[0] });
  const looked = gates.length > 0 ? gates : ["h"];
  return { gates, values: looked.flatMap((name) => [...lookup(values, name)]) };
}

/** @param {number} value */
const sixDigits = (value) =>
  Number(value.toPrecision(6)).toLocaleString("en", { maximumSignificantDigits: 6 });

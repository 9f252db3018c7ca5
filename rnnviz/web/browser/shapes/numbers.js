/** The numbers of the example, which the server computed: h and c of every cell. No DOM. */

import { cellOfOutput, cellOfState, isSkipped } from "./net.js";

/**
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./net.js").Cell} Cell
 * @typedef {import("./header.js").ExampleSpec} ExampleSpec
 * @typedef {{net: Net, header: {example: ExampleSpec}, arrays: Map<string, Float64Array>}} Looked
 */

/** How many numbers a state has, and how many of them were computed. @param {Looked} looked @param {"h"|"c"} state */
const sizesOf = ({ net, header: { example } }, state) =>
  state === "c" ? [net.hidden, example.hidden] : [net.out, example.out];

/**
 * All units of a cell's state, as far as they were computed; null: they were not sent. Where nothing
 * is computed, zeros.
 * @param {Looked} looked @param {Cell} cell @param {"h"|"c"} state
 */
export function unitsOf(looked, cell, state) {
  const { net, header, arrays } = looked;
  const [, computed] = sizesOf(looked, state);
  if (isSkipped(net, cell)) return new Float64Array(computed);
  const { items } = header.example;
  const place = items.indexOf(cell.item);
  const array = arrays.get(state);
  if (place === -1 || !array) return null;
  const row = cell.layer * net.directions + cell.direction;
  const start = ((row * net.length + cell.step) * items.length + place) * computed;
  return array.subarray(start, start + computed);
}

/** The entry of output that is looked at; null: not computed. @param {Looked & {output: import("./net.js").OutputEntry}} looked */
export function entryNumber(looked) {
  const { cell, unit } = cellOfOutput(looked.net, looked.output);
  return unitsOf(looked, cell, "h")?.[unit] ?? null;
}

/** That of h_n. @param {Looked & {state: import("./net.js").StateEntry}} looked */
export function stateNumber(looked) {
  const { cell, unit } = cellOfState(looked.net, looked.state);
  return unitsOf(looked, cell, "h")?.[unit] ?? null;
}

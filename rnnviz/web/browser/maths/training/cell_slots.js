/** Where a cell's values and gradients of a whole batch lie (see cell.js). No DOM. */

import { sizeOf } from "../engine.js";
import { lookup } from "../lookup.js";

/** @typedef {import("../rules.js").Slot} Slot */
/** @typedef {import("../header.js").LayerSpec} LayerSpec */
/** @typedef {import("./cell.js").Extent} Extent */

export const NONE = new Float64Array();

/** Whether products with matrices are all that reads a value. @param {LayerSpec["cell"]} cell @param {string} name */
const isOnlyMultiplied = ({ steps }, name) =>
  steps.every(([, op, args]) => op === "matmul" || !args.includes(name));

/**
 * A state lies in an array with one time step more: n_prev is n, one step further on.
 * @param {LayerSpec} spec @param {Extent} extent @param {boolean} wantsInput
 */
export function slotsOf(spec, { steps, batch, learns }, wantsInput) {
  const { cell, reverse } = spec;
  const widthOf = (/** @type {string} */ name) => sizeOf(spec, lookup(cell.sizes, name));
  const array = (/** @type {number} */ length, wanted = learns) =>
    wanted ? new Float64Array(length) : NONE;
  /** @type {Map<string, Slot>} */
  const slots = new Map();
  const asked = wantsInput || !isOnlyMultiplied(cell, "x");
  const x = array(steps * batch * spec.inputs, learns && asked);
  slots.set("x", slot(NONE, x, batch * spec.inputs));
  for (const state of cell.states) {
    const size = batch * widthOf(`${state}_prev`),
      whole = (steps + 1) * size;
    const [data, gradient] = [array(whole, true), array(whole)];
    const ways = [`${state}_prev`, state];
    for (const [k, name] of (reverse ? ways.reverse() : ways).entries())
      slots.set(name, slot(...shifted(data, gradient, k * size, steps * size), size));
  }
  for (const [name, shape] of cell.parameters) {
    const [rows] = shape.map((one) => sizeOf(spec, one));
    if (shape.length === 2) slots.set(name, slot(NONE, NONE, rows, 0));
    else slots.set(name, slot(array(batch * rows, true), array(batch * rows), batch * rows, 0));
  }
  for (const [name] of cell.steps) {
    const size = batch * widthOf(name);
    if (!slots.has(name))
      slots.set(name, slot(array(steps * size, true), array(steps * size), size));
  }
  return slots;
}

/**
 * @param {Float64Array} data @param {Float64Array} gradient @param {number} size
 * @param {number} stride
 * @returns {Slot}
 */
export function slot(data, gradient, size, stride = size) {
  return { data, gradient, size, stride };
}

/**
 * @param {Float64Array} data @param {Float64Array} gradient @param {number} from
 * @param {number} length
 * @returns {[Float64Array, Float64Array]}
 */
const shifted = (data, gradient, from, length) => [
  data.subarray(from, from + length),
  gradient.subarray(from, from + length),
];

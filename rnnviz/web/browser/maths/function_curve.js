/** A function of one operand by itself: its values and slopes, from the operation's own rules. No DOM. */

import { lookup } from "./lookup.js";
import { RULES } from "./rules.js";

/**
 * @param {string} operation  one of one operand
 * @param {ArrayLike<number>} at
 * @returns {{values: Float64Array, slopes: Float64Array}}
 */
export function functionCurve(operation, at) {
  const { forward, backward } = lookup(RULES, operation);
  const size = at.length;
  const slot = (/** @type {Float64Array} */ data, /** @type {number} */ gradient) => ({
    data,
    gradient: new Float64Array(size).fill(gradient),
    size,
    stride: 0,
  });
  const a = slot(Float64Array.from(at), 0);
  const y = slot(new Float64Array(size), 1);
  const node = { y, a, b: a };
  forward(node, 0, 0, size);
  backward(node, 0, 0, size);
  return { values: y.data, slopes: a.gradient };
}

/**
 * What each operation computes (FORWARD) and how a gradient passes back through it (BACKWARD):
 * one line per operation, twice. The elementwise rules below are read unit by unit.
 *
 * A rule is called as rule(node, t, begin, end): it writes units begin..end-1 of node.y at time step t
 * (or, backward, reads their gradient). node.y, node.a and node.b are slots (see engine.js): `data`,
 * `gradient`, and `stride`, the distance between two time steps (0 for parameters and numbers).
 */

import { multiply, multiplyBack } from "./matmul.js";

/** @typedef {{data: Float64Array, gradient: Float64Array, size: number, stride: number}} Slot */
/** @typedef {{y: Slot, a: Slot, b: Slot}} Node */
/** @typedef {(node: Node, t: number, begin: number, end: number) => void} Rule */

const logistic = (a) => 1 / (1 + Math.exp(-a));
const softplus = (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));

/** @type {Map<string, Rule>} */
export const FORWARD = new Map([
  ["matmul", multiply],
  ["add", pairs((a, b) => a + b)],
  ["sub", pairs((a, b) => a - b)],
  ["mul", pairs((a, b) => a * b)],
  ["neg", each((a) => -a)],
  ["identity", each((a) => a)],
  ["sigmoid", each(logistic)],
  ["tanh", each(Math.tanh)],
  ["relu", each((a) => Math.max(a, 0))],
  ["exp", each(Math.exp)],
  ["softplus", each(softplus)],
  ["hard_sigmoid", each((a) => Math.min(Math.max(a / 6 + 0.5, 0), 1))],
]);

/** g is the gradient of the result y; each function gives what reaches the operand a (then b). */
/** @type {Map<string, Rule>} */
export const BACKWARD = new Map([
  ["matmul", multiplyBack],
  ["add", pairsBack((g) => g, (g) => g)],
  ["sub", pairsBack((g) => g, (g) => -g)],
  ["mul", pairsBack((g, a, b) => g * b, (g, a) => g * a)],
  ["neg", eachBack((g) => -g)],
  ["identity", eachBack((g) => g)],
  ["sigmoid", eachBack((g, y) => g * (y * (1 - y)))],
  ["tanh", eachBack((g, y) => g * (1 - y * y))],
  ["relu", eachBack((g, y) => (y > 0 ? g : 0))],
  ["exp", eachBack((g, y) => g * y)],
  ["softplus", eachBack((g, y, a) => g * logistic(a))],
  ["hard_sigmoid", eachBack((g, y, a) => (a > -3 && a < 3 ? g / 6 : 0))],
]);

/** @param {(a: number) => number} f @returns {Rule} */
function each(f) {
  return (node, t, begin, end) => {
    const y = node.y.data, a = node.a.data;
    const from = t * node.y.stride, start = t * node.a.stride;
    for (let k = begin; k < end; k++) y[from + k] = f(a[start + k]);
  };
}

/** @param {(a: number, b: number) => number} f @returns {Rule} */
function pairs(f) {
  return (node, t, begin, end) => {
    const y = node.y.data, a = node.a.data, b = node.b.data;
    const from = t * node.y.stride, left = t * node.a.stride, right = t * node.b.stride;
    for (let k = begin; k < end; k++) y[from + k] = f(a[left + k], b[right + k]);
  };
}

/** @param {(g: number, y: number, a: number) => number} f @returns {Rule} */
function eachBack(f) {
  return (node, t, begin, end) => {
    const y = node.y.data, g = node.y.gradient, a = node.a.data, da = node.a.gradient;
    const from = t * node.y.stride, start = t * node.a.stride;
    for (let k = begin; k < end; k++) da[start + k] += f(g[from + k], y[from + k], a[start + k]);
  };
}

/**
 * @param {(g: number, a: number, b: number) => number} toA
 * @param {(g: number, a: number, b: number) => number} toB
 * @returns {Rule}
 */
function pairsBack(toA, toB) {
  return (node, t, begin, end) => {
    const g = node.y.gradient, a = node.a.data, b = node.b.data;
    const da = node.a.gradient, db = node.b.gradient;
    const from = t * node.y.stride, left = t * node.a.stride, right = t * node.b.stride;
    for (let k = begin; k < end; k++) {
      const dy = g[from + k], leftValue = a[left + k], rightValue = b[right + k];
      da[left + k] += toA(dy, leftValue, rightValue);
      db[right + k] += toB(dy, leftValue, rightValue);
    }
  };
}

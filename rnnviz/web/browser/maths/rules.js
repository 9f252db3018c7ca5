/**
 * What each operation computes (FORWARD) and how a gradient passes back through it (BACKWARD):
 * one loop over units per operation, twice.
 *
 * A rule is called as rule(node, t, begin, end): it writes units begin..end-1 of node.y at time step t
 * (or, backward, reads their gradient). node.y, node.a and node.b are slots (see engine.js): `data`,
 * `gradient`, and `stride`, the distance between two time steps (0 for parameters and numbers).
 *
 * The loops are written out, each its own: one loop that was handed its arithmetic as a function
 * would call it for every number, and take four times as long.
 */

import { multiply, multiplyBack } from "./matmul.js";

/** @typedef {{data: Float64Array, gradient: Float64Array, size: number, stride: number}} Slot */
/** @typedef {{y: Slot, a: Slot, b: Slot}} Node  b is a where an operation takes one operand */
/** @typedef {(node: Node, t: number, begin: number, end: number) => void} Rule */

const logistic = (a) => 1 / (1 + Math.exp(-a));
const softplus = (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));

/** y from a and b: n numbers, which begin at i in y, at j in a, at k in b. */
/** @type {Map<string, Rule>} */
export const FORWARD = new Map([
  ["matmul", multiply],
  ["add", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = a[j + m] + b[k + m];
  })],
  ["sub", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = a[j + m] - b[k + m];
  })],
  ["mul", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = a[j + m] * b[k + m];
  })],
  ["neg", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = -a[j + m];
  })],
  ["identity", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = a[j + m];
  })],
  ["sigmoid", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = logistic(a[j + m]);
  })],
  ["tanh", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = Math.tanh(a[j + m]);
  })],
  ["relu", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = Math.max(a[j + m], 0);
  })],
  ["exp", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = Math.exp(a[j + m]);
  })],
  ["softplus", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = softplus(a[j + m]);
  })],
  ["hard_sigmoid", ahead((y, a, b, i, j, k, n) => {
    for (let m = 0; m < n; m++) y[i + m] = Math.min(Math.max(a[j + m] / 6 + 0.5, 0), 1);
  })],
]);

/** g, the gradient of the result y, is added as what reaches the operands: to da, and to db. */
/** @type {Map<string, Rule>} */
export const BACKWARD = new Map([
  ["matmul", multiplyBack],
  ["add", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) {
      da[j + m] += g[i + m];
      db[k + m] += g[i + m];
    }
  })],
  ["sub", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) {
      da[j + m] += g[i + m];
      db[k + m] -= g[i + m];
    }
  })],
  ["mul", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) {
      da[j + m] += g[i + m] * b[k + m];
      db[k + m] += g[i + m] * a[j + m];
    }
  })],
  ["neg", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) da[j + m] -= g[i + m];
  })],
  ["identity", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) da[j + m] += g[i + m];
  })],
  ["sigmoid", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) da[j + m] += g[i + m] * (y[i + m] * (1 - y[i + m]));
  })],
  ["tanh", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) da[j + m] += g[i + m] * (1 - y[i + m] * y[i + m]);
  })],
  ["relu", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) if (y[i + m] > 0) da[j + m] += g[i + m];
  })],
  ["exp", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) da[j + m] += g[i + m] * y[i + m];
  })],
  ["softplus", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) da[j + m] += g[i + m] * logistic(a[j + m]);
  })],
  ["hard_sigmoid", back((g, y, a, b, da, db, i, j, k, n) => {
    for (let m = 0; m < n; m++) if (a[j + m] > -3 && a[j + m] < 3) da[j + m] += g[i + m] / 6;
  })],
]);

/** @returns {Rule} */
function ahead(loop) {
  return ({ y, a, b }, t, begin, end) =>
    loop(
      y.data, a.data, b.data,
      t * y.stride + begin, t * a.stride + begin, t * b.stride + begin, end - begin,
    );
}

/** @returns {Rule} */
function back(loop) {
  return ({ y, a, b }, t, begin, end) =>
    loop(
      y.gradient, y.data, a.data, b.data, a.gradient, b.gradient,
      t * y.stride + begin, t * a.stride + begin, t * b.stride + begin, end - begin,
    );
}

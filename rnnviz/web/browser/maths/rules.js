/**
 * What each operation computes, and how a gradient passes back through it: one loop over units per
 * operation, twice. All else about operations comes with the payload, from Python's table.
 *
 * A rule is called as rule(node, t, begin, end): it writes units begin..end-1 of node.y at time step t
 * (or, backward, reads their gradient).
 *
 * The loops are written out, each its own: one loop that was handed its arithmetic as a function
 * would call it for every number, and take four times as long.
 */

import { multiply, multiplyBack } from "./matmul.js";

/**
 * Where a value's numbers are, over all time steps.
 *
 * @typedef {Object} Slot
 * @property {Float64Array} data
 * @property {Float64Array} gradient  dL/d(data)
 * @property {number} size  how many numbers belong together: units, or those of a whole parameter
 * @property {number} stride  from one time step to the next; 0: the same numbers at every step
 */
/** @typedef {{y: Slot, a: Slot, b: Slot}} Node  b is a where an operation takes one operand */
/** @typedef {(node: Node, t: number, begin: number, end: number) => void} Rule */
/** @typedef {{forward: Rule, backward: Rule}} Rules */
/** @typedef {Float64Array} Numbers */
/**
 * y from a and b, n numbers, which begin at i in y, at j in a, at k in b.
 * @typedef {(y: Numbers, a: Numbers, b: Numbers, i: number, j: number, k: number, n: number)
 *   => void} Forward
 */
/**
 * g, the gradient of the result y, is added as what reaches the operands: to da, and to db.
 * @typedef {(g: Numbers, y: Numbers, a: Numbers, b: Numbers, da: Numbers, db: Numbers,
 *   i: number, j: number, k: number, n: number) => void} Backward
 */

/** @param {number} a */
const logistic = (a) => 1 / (1 + Math.exp(-a));
/** @param {number} a */
const softplus = (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));

/** 1 where a is the larger, 0 where b is, a half where they are alike. @param {number} a @param {number} b */
const shareOfLarger = (a, b) => (a > b ? 1 : a < b ? 0 : 0.5);

/** @type {Record<string, Rules>} */
const TABLE = {
  matmul: { forward: multiply, backward: multiplyBack },
  add: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = a[j + m] + b[k + m];
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += g[i + m];
        db[k + m] += g[i + m];
      }
    }),
  },
  sub: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = a[j + m] - b[k + m];
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += g[i + m];
        db[k + m] -= g[i + m];
      }
    }),
  },
  mul: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = a[j + m] * b[k + m];
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += g[i + m] * b[k + m];
        db[k + m] += g[i + m] * a[j + m];
      }
    }),
  },
  div: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = a[j + m] / b[k + m];
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += g[i + m] / b[k + m];
        db[k + m] -= (g[i + m] * y[i + m]) / b[k + m];
      }
    }),
  },
  neg: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = -a[j + m];
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] -= g[i + m];
    }),
  },
  identity: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = a[j + m];
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m];
    }),
  },
  sigmoid: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = logistic(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * (y[i + m] * (1 - y[i + m]));
    }),
  },
  tanh: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.tanh(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * (1 - y[i + m] * y[i + m]);
    }),
  },
  relu: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.max(a[j + m], 0);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) if (y[i + m] > 0) da[j + m] += g[i + m];
    }),
  },
  exp: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.exp(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * y[i + m];
    }),
  },
  softplus: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = softplus(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * logistic(a[j + m]);
    }),
  },
  hard_sigmoid: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.min(Math.max(a[j + m] / 6 + 0.5, 0), 1);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) if (a[j + m] > -3 && a[j + m] < 3) da[j + m] += g[i + m] / 6;
    }),
  },
  hard_sigmoid_02: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.min(Math.max(a[j + m] * 0.2 + 0.5, 0), 1);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) if (Math.abs(a[j + m]) < 2.5) da[j + m] += g[i + m] * 0.2;
    }),
  },
  hard_tanh: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.min(Math.max(a[j + m], -1), 1);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) if (Math.abs(y[i + m]) < 1) da[j + m] += g[i + m];
    }),
  },
  softsign: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = a[j + m] / (1 + Math.abs(a[j + m]));
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * (1 - Math.abs(y[i + m])) ** 2;
    }),
  },
  sin: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.sin(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * Math.cos(a[j + m]);
    }),
  },
  cos: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.cos(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] -= g[i + m] * Math.sin(a[j + m]);
    }),
  },
  abs: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.abs(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] * Math.sign(a[j + m]);
    }),
  },
  sqrt: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.sqrt(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += (g[i + m] * 0.5) / y[i + m];
    }),
  },
  log: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.log(a[j + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) da[j + m] += g[i + m] / a[j + m];
    }),
  },
  max: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.max(a[j + m], b[k + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += g[i + m] * shareOfLarger(a[j + m], b[k + m]);
        db[k + m] += g[i + m] * shareOfLarger(b[k + m], a[j + m]);
      }
    }),
  },
  min: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.min(a[j + m], b[k + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += g[i + m] * shareOfLarger(b[k + m], a[j + m]);
        db[k + m] += g[i + m] * shareOfLarger(a[j + m], b[k + m]);
      }
    }),
  },
};

/** @type {Map<string, Rules>} */
export const RULES = new Map(Object.entries(TABLE));

/** @param {Forward} loop @returns {Rule} */
function ahead(loop) {
  return ({ y, a, b }, t, begin, end) =>
    loop(
      y.data,
      a.data,
      b.data,
      t * y.stride + begin,
      t * a.stride + begin,
      t * b.stride + begin,
      end - begin,
    );
}

/** @param {Backward} loop @returns {Rule} */
function back(loop) {
  return ({ y, a, b }, t, begin, end) =>
    loop(
      y.gradient,
      y.data,
      a.data,
      b.data,
      a.gradient,
      b.gradient,
      t * y.stride + begin,
      t * a.stride + begin,
      t * b.stride + begin,
      end - begin,
    );
}

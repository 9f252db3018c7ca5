/**
 * Explain a number: the exact arithmetic behind a value or its gradient, as a structure. No DOM.
 *
 * @typedef {OperationReason|MatmulReason|HeldReason|Leaf|{kind: "number", value: number}
 *   |import("./pool_reasons.js").PoolReason} Reason  why a value is what it is
 * @typedef {Whence & {kind: "operation", value: number, op: string, operands: Reason[]}}
 *   OperationReason  operands: in its order
 * @typedef {Whence & {kind: "matmul", value: number, op: "matmul", matrix: string, vector: string,
 *   terms: Term[]}} MatmulReason  terms: the products, added in this order, are `value` to the last bit
 * @typedef {Whence & {kind: "held", value: number, computed?: Reason}} HeldReason  computed: what
 *   the equations give instead
 * @typedef {{kind: "parameter", value: number, name: string, unit: number}
 *   | Whence & {kind: "value"|"input", value: number}
 *   | Whence & {kind: "state", value: number, from: Whence|null}} Leaf  from: where it was computed;
 *   null is the initial state
 *
 * @typedef {{name: string, unit: number, t: number, layer?: number}} Whence  a number of a run, of the
 *   layer that is looked at where none is given
 * @typedef {{label: string, from: Whence, weight: number, value: number, product: number}} Term
 *   weight: a number of the matrix; value: a number of the vector, which `from` says where to find
 *
 * @typedef {Returned & ({kind: "outside"|"state"|"use"} | {kind: "matmul", terms: Term[]})}
 *   Contribution  what comes back from one use of a value
 * @typedef {Object} Returned
 * @property {string} name @property {number} t  what the value was used for
 * @property {number} slope  d(that)/d(value)
 * @property {number} gradient  dL/d(that)
 * @property {number} product
 */

import { timeAt } from "./engine.js";
import { isHeld } from "./holds.js";
import { lookup } from "./lookup.js";
import { RULES } from "./rules.js";

/** @typedef {import("./engine.js").Run} Run */
/** @typedef {import("./engine.js").RunNode} RunNode */

/**
 * Why a value is what it is. Unnamed parts are opened down to leaves; a value with a name of its
 * own is a leaf of kind "value", to be explained in turn.
 * @param {Run} run
 * @param {string} name  a value or a part (`i.2`), or a leaf
 * @param {number} unit @param {number} t
 * @returns {Reason}
 */
export function explain(run, name, unit, t) {
  const node = run.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) return leaf(run, name, unit, t);
  const computed = compute(run, node, unit, t);
  if (!isHeld(run, name, unit, t)) return computed;
  return { kind: "held", name, unit, t, value: node.y.data[t * node.y.size + unit], computed };
}

/** @param {Run} run @param {RunNode} node @param {number} unit @param {number} t @returns {Reason} */
function compute(run, node, unit, t) {
  const [name, op, args] = run.spec.cell.steps[run.nodes.indexOf(node)];
  if (op === "matmul") return product(node, args, unit, t);
  const operands = args.map((arg) => operand(run, arg, unit, t));
  return { kind: "operation", name, unit, t, op, operands, value: apply(op, operands) };
}

/**
 * @param {RunNode} node @param {Array<string|number>} args @param {number} unit @param {number} t
 * @returns {Reason}
 */
function product({ name, a, b }, args, unit, t) {
  const [matrix, vector] = args.map(String);
  const row = a.data.subarray(unit * b.size, (unit + 1) * b.size);
  const column = b.data.subarray(t * b.stride, t * b.stride + b.size);
  const terms = products(row, column, (k) => {
    return { label: `${matrix}[${unit}, ${k}]`, from: { name: vector, unit: k, t } };
  });
  return {
    kind: "matmul",
    name,
    unit,
    t,
    op: "matmul",
    matrix,
    vector,
    terms,
    value: total(terms),
  };
}

/**
 * @param {Float64Array} weights @param {Float64Array} values
 * @param {(k: number) => {label: string, from: Whence}} about
 * @returns {Term[]}
 */
function products(weights, values, about) {
  return Array.from(weights, (weight, k) => {
    return { ...about(k), weight, value: values[k], product: weight * values[k] };
  });
}

/** @param {Term[]} terms */
function total(terms) {
  return terms.reduce((sum, { product }) => sum + product, 0);
}

/**
 * @param {Run} run @param {string|number} arg @param {number} unit @param {number} t
 * @returns {Reason}
 */
function operand(run, arg, unit, t) {
  if (typeof arg === "number") return { kind: "number", value: arg };
  const isPart = arg.includes(".");
  return isPart ? explain(run, arg, unit, t) : leaf(run, arg, unit, t);
}

/** @param {Run} run @param {string} name @param {number} unit @param {number} t @returns {Reason} */
function leaf(run, name, unit, t) {
  const slot = run.slots.get(name);
  if (slot === undefined) throw new Error(`no value is called ${name}`);
  const value = slot.data[t * slot.stride + unit];
  if (run.params.has(name)) return { kind: "parameter", name, unit, value };
  if (isHeld(run, name, unit, t)) return { kind: "held", name, unit, t, value };
  if (name === "x") return { kind: "input", name, unit, t, value };
  const state = run.states.find(({ before }) => before === slot);
  if (state === undefined) return { kind: "value", name, unit, t, value };
  const k = timeAt(run, t);
  const from = k === 0 ? null : { name: state.name, unit, t: timeAt(run, k - 1) };
  return { kind: "state", name, unit, t, value, from };
}

/**
 * The rule itself, on single numbers: the explanation cannot disagree with the engine.
 * @param {string} op @param {Reason[]} operands
 */
function apply(op, operands) {
  const node = single(operands, 0);
  lookup(RULES, op).forward(node, 0, 0, 1);
  return node.y.data[0];
}

/** @param {Array<{value: number}>} operands @param {number} result */
function single(operands, result) {
  const [a, b = a] = operands.map(({ value }) => alone(value));
  return { y: alone(result), a, b };
}

/** @param {number} value */
function alone(value) {
  return { data: Float64Array.of(value), gradient: new Float64Array(1), size: 1, stride: 1 };
}

/**
 * Why a gradient is what it is: dL/d(value) is the sum of what comes back from every use of it.
 * Call after `backward`.
 * @param {Run} run
 * @param {string} name @param {number} unit @param {number} t
 * @returns {{value: number, contributions: Contribution[]}}
 */
export function explainGradient(run, name, unit, t) {
  const contributions = [...fromOutside(run, name, unit, t), ...fromNextStep(run, name, unit, t)];
  for (const [index, node] of run.nodes.entries()) {
    const [user, op, args] = run.spec.cell.steps[index];
    args.forEach((arg, place) => {
      if (arg !== name) return;
      if (op === "matmul") contributions.push(throughMatrix(run, node, `${args[0]}`, unit, t));
      else if (!isHeld(run, user, unit, t)) contributions.push(throughUse(node, place, unit, t));
    });
  }
  const { gradient, size } = lookup(run.slots, name);
  return { value: gradient[t * size + unit], contributions };
}

/**
 * @param {Run} run @param {string} name @param {number} unit @param {number} t
 * @returns {Contribution[]}
 */
function fromOutside(run, name, unit, t) {
  const gradient = name === "h" ? run.dh[t * lookup(run.slots, "h").size + unit] : 0;
  if (gradient === 0) return [];
  return [{ kind: "outside", name: "L", t, slope: 1, gradient, product: gradient }];
}

/**
 * @param {Run} run @param {string} name @param {number} unit @param {number} t
 * @returns {Contribution[]}
 */
function fromNextStep(run, name, unit, t) {
  const state = run.states.find((candidate) => candidate.name === name);
  const k = timeAt(run, t) + 1;
  if (state === undefined || k >= run.T) return [];
  const next = timeAt(run, k);
  const before = `${name}_prev`;
  if (isHeld(run, before, unit, next)) return [];
  const gradient = state.before.gradient[next * state.now.size + unit];
  return [{ kind: "state", name: before, t: next, slope: 1, gradient, product: gradient }];
}

/**
 * @param {RunNode} node @param {number} place  0 or 1: which operand @param {number} unit
 * @param {number} t
 * @returns {Contribution}
 */
function throughUse(node, place, unit, t) {
  const at = (/** @type {import("./rules.js").Slot} */ slot) => slot.data[t * slot.stride + unit];
  const one = single([{ value: at(node.a) }, { value: at(node.b) }], at(node.y));
  one.y.gradient[0] = 1;
  node.backward(one, 0, 0, 1);
  const slope = (place === 0 ? one.a : one.b).gradient[0];
  const gradient = node.y.gradient[t * node.y.stride + unit];
  return { kind: "use", name: node.name, t, slope, gradient, product: slope * gradient };
}

/**
 * @param {Run} run @param {RunNode} node @param {string} matrix @param {number} unit
 * @param {number} t
 * @returns {Contribution}
 */
function throughMatrix(run, node, matrix, unit, t) {
  const { y, a, b } = node;
  const terms = [];
  for (let row = 0; row < y.size; row++) {
    if (isHeld(run, node.name, row, t)) continue;
    const weight = a.data[row * b.size + unit];
    const value = y.gradient[t * y.stride + row];
    const from = { name: node.name, unit: row, t };
    const label = `${matrix}[${row}, ${unit}]`;
    terms.push({ label, weight, value, product: weight * value, from });
  }
  const gradient = total(terms);
  return { kind: "matmul", name: node.name, t, slope: 1, gradient, product: gradient, terms };
}

/**
 * Why a prediction is what it is (before softmax).
 * @param {import("./network.js").NetworkRun} network @param {Map<string, Float64Array>} arrays
 * @param {number} unit @param {number} t
 * @returns {Reason}  an operation "add" of a matmul and the bias
 */
export function explainPrediction(network, arrays, unit, t) {
  const { features, output } = network;
  const row = lookup(arrays, "readout.W").subarray(unit * features, (unit + 1) * features);
  const column = output.subarray(t * features, (t + 1) * features);
  const terms = products(row, column, (k) => {
    return { label: `W[${unit}, ${k}]`, from: { name: "output", unit: k, t } };
  });
  /** @type {MatmulReason} */
  const matmul = {
    kind: "matmul",
    name: "readout.1",
    unit,
    t,
    op: "matmul",
    matrix: "W",
    vector: "output",
    terms,
    value: total(terms),
  };
  /** @type {Reason} */
  const bias = { kind: "parameter", name: "b", unit, value: lookup(arrays, "readout.b")[unit] };
  const value = matmul.value + bias.value;
  const what = { name: "prediction", unit, t };
  return { kind: "operation", ...what, op: "add", operands: [matmul, bias], value };
}

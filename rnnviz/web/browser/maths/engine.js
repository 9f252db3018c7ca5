/**
 * One cell over time: every value of every time step, every gradient, and what is held. No DOM.
 *
 * A layer that reads its sequence backwards visits the last time step first; its values stand at the
 * time step of the input they read, so nothing is ever turned around.
 */

import { RULES } from "./rules.js";
import { clearHolds, fillHeld, freeUnits, markHolds } from "./holds.js";

/** @typedef {import("./holds.js").Hold} Hold */
/** @typedef {import("./rules.js").Slot} Slot */
/** @typedef {import("./rules.js").Rule} Rule */
/** @typedef {{steps: Array<[string, string, Array<string|number>]>, states: string[],
 *   parameters: Map<string, string[]>, sizes: Map<string, string>,
 *   operations: Record<string, Operation>}} Cell */
/**
 * What Python's table says of an operation besides its rules (rnnviz/operations).
 * text: before its operands' numbers or between them. chain: the operators a line of it goes on with.
 * low, high: the bounds of its value, null where there is none. isDirect: it is elementwise and no
 * function.
 * @typedef {{form: "function"|"infix"|"prefix", text: string, chain: string[], low: number|null,
 *   high: number|null, isDirect: boolean}} Operation
 */
/** @typedef {{cell: Cell, hidden: number, inputs: number, reverse?: boolean}} LayerSpec */
/** @typedef {import("./rules.js").Node & {name: string, forward: Rule, backward: Rule}} RunNode */
/**
 * @typedef {Object} Run
 * @property {LayerSpec} spec
 * @property {number} T
 * @property {Map<string, Float64Array>} values  T x size: x, every n_prev, every value and part
 * @property {Map<string, Float64Array>} params
 * @property {Map<string, Float64Array>} initial
 * @property {Hold[]} holds
 * @property {Map<string, Slot>} slots
 * @property {RunNode[]} nodes  one for each step
 * @property {Array<{name: string, now: Slot, before: Slot}>} states  n and n_prev
 * @property {Float64Array|null} dh  what `backward` was given
 * @property {Gradients} gradients  the arrays `backward` fills
 * @property {Set<Float64Array>} buffers  the same and those of numbers, to begin from zero
 */
/**
 * dL/d(value) for every value of every time step: the total derivative, whichever way it comes.
 * x and initial are what reaches beyond the cell: zero where x or the first n_prev is held.
 * @typedef {{values: Map<string, Float64Array>, x: Float64Array,
 *   initial: Map<string, Float64Array>, params: Map<string, Float64Array>}} Gradients
 */

/**
 * Run a cell over a sequence, recording everything.
 * @param {LayerSpec} spec
 * @param {Map<string, Float64Array>} params  row-major
 * @param {Float64Array} x  T x inputs
 * @param {{steps: number, initial?: Map<string, Float64Array>, holds?: Hold[],
 *   into?: Run|null}} options
 *   initial: states not named begin at zero. holds: a later one wins where two meet. into: a run whose
 *   arrays are written over and returned, if it was made for the same layer and length.
 * @returns {Run}
 */
export function forward(spec, params, x, { steps, initial = new Map(), holds = [], into = null }) {
  const run = into !== null && into.spec === spec && into.T === steps ? into : prepare(spec, steps);
  begin(run, params, x, initial, holds);
  for (let k = 0; k < steps; k++) {
    const t = timeAt(run, k);
    for (const state of run.states) carry(run, state, t, k);
    for (const node of run.nodes) {
      node.forward(node, t, 0, node.y.size);
      if (node.y.isHeld) fillHeld(node.y, t);
    }
  }
  return run;
}

/**
 * Carry dL/dh, given from outside, back through the run.
 * Nothing passes below a held value; its own gradient is recorded.
 * The arrays returned belong to the run: the next call writes over them.
 * @param {Run} run
 * @param {Float64Array} dh  T x hidden
 * @returns {Gradients}
 */
export function backward(run, dh) {
  for (const gradient of run.buffers) gradient.fill(0);
  run.slots.get("h").gradient.set(dh);
  run.dh = dh;
  for (let k = run.T - 1; k >= 0; k--) {
    const t = timeAt(run, k);
    if (k < run.T - 1) {
      const next = timeAt(run, k + 1);
      for (const { now, before } of run.states) carryBack(before, next, now.gradient, t);
    }
    for (let i = run.nodes.length - 1; i >= 0; i--) passBack(run.nodes[i], t);
  }
  for (const state of run.states) {
    const gradient = run.gradients.initial.get(state.name).fill(0);
    if (run.T > 0) carryBack(state.before, timeAt(run, 0), gradient, 0);
  }
  run.gradients.x.fill(0);
  for (let t = 0; t < run.T; t++) carryBack(run.slots.get("x"), t, run.gradients.x, t);
  return run.gradients;
}

/** The time step visited k-th. @param {Run} run @param {number} k */
export function timeAt(run, k) {
  return run.spec.reverse ? run.T - 1 - k : k;
}

/** @param {LayerSpec} spec @param {number} T @returns {Run} */
function prepare(spec, T) {
  const { cell } = spec;
  const width = (name) => spec[cell.sizes.get(name)];
  const slots = new Map([["x", overTime(T, spec.inputs)]]);
  for (const name of cell.states) slots.set(`${name}_prev`, overTime(T, width(name)));
  for (const [name, shape] of cell.parameters) slots.set(name, parameter(shape.map((d) => spec[d])));
  for (const [name] of cell.steps) slots.set(name, overTime(T, width(name)));
  const nodes = cell.steps.map((step) => compile(step, slots));
  const states = cell.states.map((name) => {
    return { name, now: slots.get(name), before: slots.get(`${name}_prev`) };
  });
  const given = { params: null, initial: null, holds: [], dh: null };
  const run = { spec, T, slots, nodes, states, values: new Map(), ...given };
  for (const [name, slot] of slots) if (!cell.parameters.has(name)) run.values.set(name, slot.data);
  run.gradients = gradientsOf(run, cell);
  const used = nodes.flatMap(({ y, a, b }) => [y, a, b]);
  run.buffers = new Set([...slots.values(), ...used].map(({ gradient }) => gradient));
  return run;
}

function gradientsOf({ slots, values, states }, cell) {
  const gradient = (name) => [name, slots.get(name).gradient];
  return {
    values: new Map([...values.keys()].map(gradient)),
    x: new Float64Array(slots.get("x").data.length),
    initial: new Map(states.map(({ name, now }) => [name, new Float64Array(now.size)])),
    params: new Map([...cell.parameters.keys()].map(gradient)),
  };
}

function overTime(T, size) {
  return slot(new Float64Array(T * size), new Float64Array(T * size), size, size);
}

function parameter(dimensions) {
  const length = dimensions.reduce((product, d) => product * d, 1);
  return slot(null, new Float64Array(length), length, 0);
}

/** A number in the text, as wide as the value it is combined with. */
function constant(value, size) {
  return slot(new Float64Array(size).fill(value), new Float64Array(size), size, 0);
}

function slot(data, gradient, size, stride) {
  return { data, gradient, size, stride, isHeld: false, mask: null, heldAt: null };
}

function compile([name, op, args], slots) {
  if (!RULES.has(op)) throw new Error(`no rule for the operation ${op}`);
  const y = slots.get(name);
  const operand = (arg) => (typeof arg === "number" ? constant(arg, y.size) : slots.get(arg));
  const a = operand(args[0]);
  const b = args.length > 1 ? operand(args[1]) : a;
  return { name, ...RULES.get(op), y, a, b };
}

function begin(run, params, x, initial, holds) {
  for (const name of run.spec.cell.parameters.keys()) {
    const slot = run.slots.get(name);
    const data = params.get(name);
    if (data === undefined) throw new Error(`the parameter ${name} has no values`);
    checkLength(name, data, slot.size);
    slot.data = data;
  }
  const input = run.slots.get("x");
  checkLength("x", x, input.data.length);
  Object.assign(run, { params, initial, holds });
  input.data.set(x);
  clearHolds(run.slots);
  markHolds(run, holds);
  if (input.isHeld) for (let t = 0; t < run.T; t++) fillHeld(input, t);
}

function checkLength(name, { length }, wanted) {
  if (length !== wanted) throw new Error(`${name} has ${length} numbers, not ${wanted}`);
}

/** n_prev at the time step visited k-th is n at the one before, or the initial state. */
function carry(run, { name, now, before }, t, k) {
  const { size } = now;
  const previous = k === 0 ? 0 : timeAt(run, k - 1) * size;
  const source = k === 0 ? run.initial.get(name) : now.data;
  const to = t * size;
  if (source === undefined) before.data.fill(0, to, to + size);
  else for (let j = 0; j < size; j++) before.data[to + j] = source[previous + j];
  if (before.isHeld) fillHeld(before, t);
}

/** A leaf's gradient at time step `from` reaches what it was copied from: row `to` of `gradient`. */
function carryBack(leaf, from, gradient, to) {
  const { size } = leaf;
  freeUnits(leaf, from, (begin, end) => {
    for (let j = begin; j < end; j++) gradient[to * size + j] += leaf.gradient[from * size + j];
  });
}

function passBack(node, t) {
  if (node.y.isHeld) freeUnits(node.y, t, (begin, end) => node.backward(node, t, begin, end));
  else node.backward(node, t, 0, node.y.size);
}

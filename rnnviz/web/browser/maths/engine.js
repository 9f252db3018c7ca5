/**
 * One cell over time: every value of every time step, every gradient, and what is held. No DOM.
 *
 * A layer that reads its sequence backwards visits the last time step first; its values stand at the
 * time step of the input they read, so nothing is ever turned around.
 */

import { RULES } from "./rules.js";
import { clearHolds, fillHeld, freeUnits, holdable, markHolds } from "./holds.js";
import { lookup } from "./lookup.js";

/** @typedef {import("./header.js").Cell} Cell */
/** @typedef {import("./header.js").LayerSpec} LayerSpec */
/** @typedef {import("./holds.js").Hold} Hold */
/** @typedef {import("./holds.js").HoldableSlot} HoldableSlot */
/** @typedef {import("./rules.js").Slot} Slot */
/** @typedef {import("./rules.js").Rules} Rules */
/** @typedef {{name: string, y: HoldableSlot, a: Slot, b: Slot} & Rules} RunNode */
/** @typedef {{name: string, now: HoldableSlot, before: HoldableSlot}} RunState  n and n_prev */
/** @typedef {Map<string, Float64Array>} Arrays */
/**
 * @typedef {Object} Run
 * @property {LayerSpec} spec
 * @property {number} T
 * @property {Arrays} values  T x size: x, every n_prev, every value and part
 * @property {Arrays} params
 * @property {Arrays} initial
 * @property {Hold[]} holds
 * @property {Map<string, HoldableSlot>} slots
 * @property {RunNode[]} nodes  one for each step
 * @property {RunState[]} states
 * @property {Float64Array} dh  what `backward` was given; zero before
 * @property {Gradients} gradients  the arrays `backward` fills
 * @property {Set<Float64Array>} buffers  the same and those of numbers, to begin from zero
 */
/**
 * dL/d(value) for every value of every time step: the total derivative, whichever way it comes.
 * x and initial are what reaches beyond the cell: zero where x or the first n_prev is held.
 * @typedef {{values: Arrays, x: Float64Array, initial: Arrays, params: Arrays}} Gradients
 */

/**
 * Run a cell over a sequence, recording everything.
 * @param {LayerSpec} spec
 * @param {Arrays} params  row-major
 * @param {Float64Array} x  T x inputs
 * @param {{steps: number, initial?: Arrays, holds?: Hold[], into?: Run|null}} options
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
 * @param {Float64Array} dh  T x the numbers of h
 * @returns {Gradients}
 */
export function backward(run, dh) {
  for (const gradient of run.buffers) gradient.fill(0);
  lookup(run.slots, "h").gradient.set(dh);
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
    const gradient = lookup(run.gradients.initial, state.name).fill(0);
    if (run.T > 0) carryBack(state.before, timeAt(run, 0), gradient, 0);
  }
  const x = lookup(run.slots, "x");
  run.gradients.x.fill(0);
  for (let t = 0; t < run.T; t++) carryBack(x, t, run.gradients.x, t);
  return run.gradients;
}

/** The time step visited k-th. @param {Run} run @param {number} k */
export function timeAt(run, k) {
  return run.spec.reverse ? run.T - 1 - k : k;
}

/**
 * A run of which nothing is computed yet.
 * @param {LayerSpec} spec @param {number} T
 * @returns {Run}
 */
export function prepare(spec, T) {
  const { cell } = spec;
  const slots = slotsOf(spec, T);
  const slot = (/** @type {string} */ name) => lookup(slots, name);
  const nodes = cell.steps.map((step) => compile(step, slots));
  const states = cell.states.map((name) => {
    return { name, now: slot(name), before: slot(`${name}_prev`) };
  });
  /** @type {Arrays} */
  const values = new Map();
  for (const [name, { data }] of slots) if (!cell.parameters.has(name)) values.set(name, data);
  const dh = new Float64Array(slot("h").data.length);
  const given = { params: new Map(), initial: new Map(), holds: [], dh };
  const gradients = gradientsOf(slots, states, cell);
  const used = nodes.flatMap(({ y, a, b }) => [y, a, b]);
  const buffers = new Set([...slots.values(), ...used].map(({ gradient }) => gradient));
  return { spec, T, slots, nodes, states, values, gradients, buffers, ...given };
}

/** @param {LayerSpec} spec @param {import("./header.js").Size} size */
export const sizeOf = (spec, size) => spec[size] ?? spec.hidden;

/** @param {LayerSpec} spec @param {number} T @returns {Map<string, HoldableSlot>} */
function slotsOf(spec, T) {
  const { cell } = spec;
  const overTime = (/** @type {string} */ name) => {
    const size = sizeOf(spec, lookup(cell.sizes, name));
    return slot(new Float64Array(T * size), size, size);
  };
  const slots = new Map([["x", overTime("x")]]);
  for (const name of cell.states) slots.set(`${name}_prev`, overTime(`${name}_prev`));
  for (const [name, shape] of cell.parameters) {
    const size = shape.reduce((product, dimension) => product * sizeOf(spec, dimension), 1);
    slots.set(name, slot(new Float64Array(size), size, 0));
  }
  for (const [name] of cell.steps) slots.set(name, overTime(name));
  return slots;
}

/** @param {Map<string, Slot>} slots @param {RunState[]} states @param {Cell} cell */
function gradientsOf(slots, states, { parameters }) {
  /** @type {Arrays[]} */
  const [values, params] = [new Map(), new Map()];
  for (const [name, { gradient }] of slots)
    (parameters.has(name) ? params : values).set(name, gradient);
  const x = new Float64Array(lookup(slots, "x").data.length);
  const initial = new Map(states.map(({ name, now }) => [name, new Float64Array(now.size)]));
  return { values, x, initial, params };
}

/** @param {Float64Array} data @param {number} size @param {number} stride */
function slot(data, size, stride) {
  return holdable({ data, gradient: new Float64Array(data.length), size, stride });
}

/** @param {Cell["steps"][number]} step @param {Map<string, HoldableSlot>} slots @returns {RunNode} */
function compile([name, op, args], slots) {
  const rules = RULES.get(op);
  if (rules === undefined) throw new Error(`no rule for the operation ${op}`);
  const y = lookup(slots, name);
  const [a, b = a] = args.map((arg) =>
    typeof arg === "number" ? constant(arg, y.size) : lookup(slots, arg),
  );
  return { name, ...rules, y, a, b };
}

/**
 * A number in the text, as wide as the value it is combined with.
 * @param {number} value @param {number} size
 */
function constant(value, size) {
  return slot(new Float64Array(size).fill(value), size, 0);
}

/**
 * @param {Run} run @param {Arrays} params @param {Float64Array} x @param {Arrays} initial
 * @param {Hold[]} holds
 */
function begin(run, params, x, initial, holds) {
  giveParameters(run, params);
  const input = lookup(run.slots, "x");
  checkLength("x", x, input.data.length);
  run.initial = initial;
  run.holds = holds;
  input.data.set(x);
  clearHolds(run.slots);
  markHolds(run, holds);
  if (input.isHeld) for (let t = 0; t < run.T; t++) fillHeld(input, t);
}

/** @param {Run} run @param {Arrays} params  row-major */
export function giveParameters(run, params) {
  for (const name of run.spec.cell.parameters.keys()) {
    const slot = lookup(run.slots, name);
    const data = params.get(name);
    if (data === undefined) throw new Error(`the parameter ${name} has no values`);
    checkLength(name, data, slot.size);
    slot.data = data;
  }
  run.params = params;
}

/** @param {string} name @param {Float64Array} numbers @param {number} wanted */
function checkLength(name, { length }, wanted) {
  if (length !== wanted) throw new Error(`${name} has ${length} numbers, not ${wanted}`);
}

/**
 * n_prev at the time step visited k-th is n at the one before, or the initial state.
 * @param {Run} run @param {RunState} state @param {number} t @param {number} k
 */
function carry(run, { name, now, before }, t, k) {
  const { size } = now;
  const previous = k === 0 ? 0 : timeAt(run, k - 1) * size;
  const source = k === 0 ? run.initial.get(name) : now.data;
  const to = t * size;
  if (source === undefined) before.data.fill(0, to, to + size);
  else for (let j = 0; j < size; j++) before.data[to + j] = source[previous + j];
  if (before.isHeld) fillHeld(before, t);
}

/**
 * A leaf's gradient at time step `from` reaches what it was copied from: row `to` of `gradient`.
 * @param {HoldableSlot} leaf @param {number} from @param {Float64Array} gradient @param {number} to
 */
function carryBack(leaf, from, gradient, to) {
  const { size } = leaf;
  freeUnits(leaf, from, (begin, end) => {
    for (let j = begin; j < end; j++) gradient[to * size + j] += leaf.gradient[from * size + j];
  });
}

/**
 * Through one node: nothing passes below what is held of it.
 * @param {RunNode} node @param {number} t
 */
export function passBack(node, t) {
  if (node.y.isHeld) freeUnits(node.y, t, (begin, end) => node.backward(node, t, begin, end));
  else node.backward(node, t, 0, node.y.size);
}

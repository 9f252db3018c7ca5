/**
 * One cell over a batch of sequences, forward and backward: every value and gradient of every time
 * step is kept. No DOM.
 *
 * Arrays are (time, batch, size). A cell's steps are run by the rules of one sequence (../rules.js):
 * a value of a whole batch is to them a longer vector, and a vector of parameters stands once for
 * each sequence. Products with a matrix alone are made for all sequences at once.
 */

import { lookup } from "../lookup.js";
import { slotsOf } from "./cell_slots.js";
import { compile } from "./cell_steps.js";

/** @typedef {import("../rules.js").Slot} Slot */
/** @typedef {import("../header.js").LayerSpec} LayerSpec */
/** @typedef {Map<string, Float64Array>} Arrays */
/** @typedef {{steps: number, batch: number, learns: boolean}} Extent  learns: it is taken back, too */
/** @typedef {import("./cell_steps.js").Step} Step */
/**
 * @typedef {Object} CellRun
 * @property {LayerSpec} spec
 * @property {Extent} extent
 * @property {Map<string, Slot>} slots  of x, each value and n_prev, each parameter
 * @property {Step[]} before  the steps that no state enters: of the whole sequence at once
 * @property {Step[]} during  the others, time step by time step
 * @property {Set<Float64Array>} gradients  to begin from zero
 */

/**
 * A run of which nothing is computed yet.
 * @param {LayerSpec} spec @param {Extent} extent
 * @param {boolean} wantsInput  whether dL/dx is asked for
 * @returns {CellRun}
 */
export function prepareCell(spec, extent, wantsInput) {
  const { cell } = spec;
  const slots = slotsOf(spec, extent, wantsInput);
  const moving = movingValues(cell);
  /** @type {[Step[], Step[]]} */
  const [before, during] = [[], []];
  const gradients = new Set([...slots.values()].map(({ gradient }) => gradient));
  for (const step of cell.steps) {
    const made = compile(step, { slots, spec, extent }, gradients);
    (moving.has(step[0]) ? during : before).push(made);
  }
  return { spec, extent, slots, before, during, gradients };
}

/**
 * @param {CellRun} run
 * @param {Arrays} parameters  row-major; a matrix is used where it lies
 * @param {Float64Array} x  (time, batch, inputs), used where it lies
 * @param {Uint8Array|null} absent  (time, batch): 1 where a sequence has no such step; null: nowhere
 */
export function forward(run, parameters, x, absent) {
  const { spec, slots, before, during, extent } = run;
  lookup(slots, "x").data = x;
  for (const [name, shape] of spec.cell.parameters) {
    const slot = lookup(slots, name),
      numbers = lookup(parameters, name);
    if (shape.length === 2) slot.data = numbers;
    else for (let k = 0; k < slot.size; k += numbers.length) slot.data.set(numbers, k);
  }
  for (const step of before) for (let t = 0; t < extent.steps; t++) step.forward(t);
  for (let k = 0; k < extent.steps; k++) {
    const t = timeAt(run, k);
    for (const step of during) step.forward(t);
    if (absent) carryOver(run, t, absent);
  }
}

/**
 * Carry dL/dh, given from outside, back; each slot's gradient is then the total one.
 * @param {CellRun} run
 * @param {Float64Array} dh  (time, batch, hidden); 0 where a sequence has no such step
 * @param {Arrays} gradients  of the parameters, written
 * @param {Uint8Array|null} absent  as `forward` was given
 * @param {number|null} truncate  nothing passes from a step that is a multiple of it to the one before
 */
export function backward(run, dh, gradients, absent, truncate) {
  const { spec, slots, before, during, extent } = run;
  for (const numbers of run.gradients) numbers.fill(0);
  for (const [name, shape] of spec.cell.parameters)
    if (shape.length === 2) lookup(slots, name).gradient = lookup(gradients, name).fill(0);
  lookup(slots, "h").gradient.set(dh);
  for (let k = extent.steps - 1; k >= 0; k--) {
    const t = timeAt(run, k);
    if (absent) dropAbsent(run, t, absent);
    const restore = truncate !== null && k > 0 && k % truncate === 0 ? kept(run, t) : null;
    for (let i = during.length - 1; i >= 0; i--) during[i].backward(t);
    restore?.();
  }
  for (let i = before.length - 1; i >= 0; i--)
    for (let t = 0; t < extent.steps; t++) before[i].backward(t);
  for (const [name, shape] of spec.cell.parameters)
    if (shape.length === 1) addUp(lookup(slots, name).gradient, lookup(gradients, name));
}

/** The time step visited k-th. @param {CellRun} run @param {number} k */
function timeAt({ spec, extent }, k) {
  return spec.reverse ? extent.steps - 1 - k : k;
}

/** The values that a state enters. @param {LayerSpec["cell"]} cell */
function movingValues({ states, steps }) {
  const moving = new Set(states.map((state) => `${state}_prev`));
  for (const [name, , args] of steps)
    if (args.some((arg) => typeof arg === "string" && moving.has(arg))) moving.add(name);
  return moving;
}

/**
 * Where a sequence has no step its states stand as they were.
 * @param {CellRun} run @param {number} t @param {Uint8Array} absent
 */
function carryOver({ spec, slots, extent: { batch } }, t, absent) {
  for (const state of spec.cell.states) {
    const now = lookup(slots, state),
      before = lookup(slots, `${state}_prev`);
    const width = now.size / batch;
    for (let item = 0; item < batch; item++) {
      if (!absent[t * batch + item]) continue;
      const at = t * now.stride + item * width;
      for (let k = at; k < at + width; k++) now.data[k] = before.data[k];
    }
  }
}

/**
 * What reaches a state where its sequence has no step reaches nothing that is learnt.
 * @param {CellRun} run @param {number} t @param {Uint8Array} absent
 */
function dropAbsent({ spec, slots, extent: { batch } }, t, absent) {
  for (const state of spec.cell.states) {
    const { gradient, size, stride } = lookup(slots, state);
    const width = size / batch;
    for (let item = 0; item < batch; item++) {
      const at = t * stride + item * width;
      if (absent[t * batch + item]) gradient.fill(0, at, at + width);
    }
  }
}

/**
 * The gradients that the states before this step have from elsewhere; called, they are so again.
 * @param {CellRun} run @param {number} t
 */
function kept({ spec, slots }, t) {
  const rows = spec.cell.states.map((state) => {
    const { gradient, size, stride } = lookup(slots, `${state}_prev`);
    const row = gradient.subarray(t * stride, t * stride + size);
    return { row, before: row.slice() };
  });
  return () => {
    for (const { row, before } of rows) row.set(before);
  };
}

/** Of a parameter that stands once for each sequence. @param {Float64Array} all @param {Float64Array} into */
function addUp(all, into) {
  into.fill(0);
  for (let k = 0; k < all.length; k += into.length)
    for (let j = 0; j < into.length; j++) into[j] += all[k + j];
}

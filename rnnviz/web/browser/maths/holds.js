/**
 * Interventions: values forced to a number, whatever the equations say.
 * @typedef {{name: string, unit: number|readonly number[]|null, from: number, to: number,
 *   value: number}} Hold
 *   unit: one or some; null holds every one. Time steps from..to-1, as in Python's range.
 * @typedef {Object} Holdable
 * @property {boolean} isHeld  some unit is, at some time step
 * @property {Uint8Array} mask  1 where a number of `data` is held; empty until one is
 * @property {Float64Array} heldAt  the number it is held at
 * @typedef {import("./rules.js").Slot & Holdable} HoldableSlot
 * @typedef {import("./engine.js").Run} Run
 */

import { lookup } from "./lookup.js";

/**
 * A slot of which nothing is held.
 * @param {import("./rules.js").Slot} slot
 * @returns {HoldableSlot}
 */
export function holdable({ data, gradient, size, stride }) {
  const [mask, heldAt] = [new Uint8Array(0), new Float64Array(0)];
  return { data, gradient, size, stride, isHeld: false, mask, heldAt };
}

/** @param {Map<string, HoldableSlot>} slots */
export function clearHolds(slots) {
  for (const slot of slots.values()) {
    if (slot.isHeld) slot.mask.fill(0);
    slot.isHeld = false;
  }
}

/** Note in the slots which units are held, and at what. @param {Run} run @param {Hold[]} holds */
export function markHolds(run, holds) {
  for (const hold of holds) {
    if (!run.values.has(hold.name)) throw new Error(`no value is called ${hold.name} to hold`);
    mark(lookup(run.slots, hold.name), hold, run.T);
  }
}

/** @param {HoldableSlot} slot @param {Hold} hold @param {number} T */
function mark(slot, { unit, from, to, value }, T) {
  slot.isHeld = true;
  if (slot.mask.length === 0) {
    slot.mask = new Uint8Array(slot.data.length);
    slot.heldAt = new Float64Array(slot.data.length);
  }
  const stretches = unit === null ? [[0, slot.size]] : [unit].flat().map((one) => [one, one + 1]);
  for (const [first, end] of stretches) {
    if (!(first >= 0 && end <= slot.size)) throw new Error(`there is no unit ${first} to hold`);
    for (let t = Math.max(from, 0); t < Math.min(to, T); t++) {
      slot.mask.fill(1, t * slot.size + first, t * slot.size + end);
      slot.heldAt.fill(value, t * slot.size + first, t * slot.size + end);
    }
  }
}

/**
 * Write the held numbers over what was computed at time step t.
 * @param {HoldableSlot} slot @param {number} t
 */
export function fillHeld({ data, mask, heldAt, size }, t) {
  for (let k = t * size; k < (t + 1) * size; k++) if (mask[k]) data[k] = heldAt[k];
}

/**
 * Whether a value is held.
 * @param {Run} run @param {string} name @param {number} unit @param {number} t
 */
export function isHeld(run, name, unit, t) {
  const slot = lookup(run.slots, name);
  return slot.isHeld && slot.mask[t * slot.size + unit] === 1;
}

/**
 * Call visit(begin, end) for every stretch of units not held at time step t.
 * @param {HoldableSlot} slot @param {number} t
 * @param {(begin: number, end: number) => void} visit
 */
export function freeUnits(slot, t, visit) {
  const { isHeld, mask, size } = slot;
  if (!isHeld) return visit(0, size);
  for (let begin = 0, unit = 0; unit <= size; unit++) {
    if (unit < size && !mask[t * size + unit]) continue;
    if (begin < unit) visit(begin, unit);
    begin = unit + 1;
  }
}

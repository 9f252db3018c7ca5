/**
 * Interventions: values forced to a number, whatever the equations say.
 * @typedef {{name: string, unit: number|null, from: number, to: number, value: number}} Hold
 *   unit: null holds every unit. Time steps from..to-1, as in Python's range.
 */

/** @param {Map<string, object>} slots */
export function clearHolds(slots) {
  for (const slot of slots.values()) {
    if (slot.isHeld) slot.mask.fill(0);
    slot.isHeld = false;
  }
}

/** Note in the slots which units are held, and at what. @param {object} run @param {Hold[]} holds */
export function markHolds(run, holds) {
  for (const hold of holds) {
    if (!run.values.has(hold.name)) throw new Error(`no value is called ${hold.name} to hold`);
    mark(run.slots.get(hold.name), hold, run.T);
  }
}

function mark(slot, { unit, from, to, value }, T) {
  slot.isHeld = true;
  slot.mask ??= new Uint8Array(slot.data.length);
  slot.heldAt ??= new Float64Array(slot.data.length);
  const [first, end] = unit === null ? [0, slot.size] : [unit, unit + 1];
  if (!(first >= 0 && end <= slot.size)) throw new Error(`there is no unit ${unit} to hold`);
  for (let t = Math.max(from, 0); t < Math.min(to, T); t++) {
    slot.mask.fill(1, t * slot.size + first, t * slot.size + end);
    slot.heldAt.fill(value, t * slot.size + first, t * slot.size + end);
  }
}

/** Write the held numbers over what was computed at time step t. */
export function fillHeld({ data, mask, heldAt, size }, t) {
  for (let k = t * size; k < (t + 1) * size; k++) if (mask[k]) data[k] = heldAt[k];
}

/**
 * Whether a value is held.
 * @param {object} run @param {string} name @param {number} unit @param {number} t
 */
export function isHeld(run, name, unit, t) {
  const slot = run.slots.get(name);
  return slot.isHeld && slot.mask[t * slot.size + unit] === 1;
}

/** Call visit(begin, end) for every stretch of units not held at time step t. */
export function freeUnits(slot, t, visit) {
  const { isHeld, mask, size } = slot;
  if (!isHeld) return visit(0, size);
  for (let begin = 0, unit = 0; unit <= size; unit++) {
    if (unit < size && !mask[t * size + unit]) continue;
    if (begin < unit) visit(begin, unit);
    begin = unit + 1;
  }
}

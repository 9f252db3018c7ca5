/**
 * What becomes of the holds there are when something is held, or a hold is another: there is never a
 * second one about the same. Values, no DOM.
 */

import { replace } from "./changes.js";
import { covers, listOf, unitsOf } from "./unit_sets.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Changes} Changes */
/** @typedef {Extract<Change, {kind: "hold"}>} Hold */

/**
 * The hold that a number stands at; of several the last, which wins.
 * @param {Changes} changes
 * @param {{layer: number, name: string, unit: number, step: number}} place
 * @returns {Hold|undefined}
 */
export function holdAt(changes, { layer, name, unit, step }) {
  return changes.findLast(
    /** @returns {one is Hold} */
    (one) =>
      one.kind === "hold" &&
      one.layer === layer &&
      one.name === name &&
      one.from <= step &&
      step < one.to &&
      covers(one.unit, unit),
  );
}

/**
 * A number is held: where it is held already, that hold gets the value, and grows to reach as far
 * as this one does.
 * @param {Changes} changes @param {Hold} hold
 * @param {{unit: number, step: number, size: number}} at  the number; of how many units
 * @returns {Changes}
 */
export function held(changes, hold, { unit, step, size }) {
  const { layer, name } = hold;
  const before = holdAt(changes, { layer, name, unit, step });
  if (before === undefined) return heldWhole(changes, hold);
  const units = [...listOf(before.unit, size), ...listOf(hold.unit, size)];
  const grown = {
    ...hold,
    unit: unitsOf(units, size),
    from: Math.min(before.from, hold.from),
    to: Math.max(before.to, hold.to),
  };
  return within(
    changes.map((one) => (one === before ? grown : one)),
    grown,
  );
}

/** Held from the first of its steps to the last, whatever was. @param {Changes} changes @param {Hold} hold */
export function heldWhole(changes, hold) {
  return within([...changes, hold], hold);
}

/**
 * A change with another range or value in the place of the one with this key.
 * @param {Changes} changes @param {string} key @param {Change} change
 */
export function edited(changes, key, change) {
  const found = replace(changes, key, change);
  return change.kind === "hold" ? within(found, change) : found;
}

/**
 * Of the holds before this one there stays what it leaves of them: steps at which it holds all of
 * their units are its own.
 * @param {Changes} changes  this one among them @param {Hold} hold
 */
function within(changes, hold) {
  const place = changes.indexOf(hold);
  return changes.flatMap((one, k) => (k < place ? rest(one, hold) : [one]));
}

/** @param {Change} one @param {Hold} by @returns {Change[]} */
function rest(one, by) {
  if (one.kind !== "hold" || one.layer !== by.layer || one.name !== by.name) return [one];
  if (by.to <= one.from || one.to <= by.from || !covers(by.unit, one.unit)) return [one];
  const [before, after] = [
    { ...one, to: by.from },
    { ...one, from: by.to },
  ];
  return [before, after].filter(({ from, to }) => from < to);
}

/**
 * Squares of a map that are chosen together: units and time steps, from one corner to the other.
 * Values, no DOM.
 *
 * @typedef {{unit: number, step: number}} Corner
 * @typedef {{name: string, anchor: Corner, head: Corner}} Selection  of the layer in view; anchor:
 *   where it was begun
 */

import { _ } from "../../drawing/texts.js";
import { listOf, unitsOf } from "../changes/unit_sets.js";

/**
 * Its first and last units and steps, from 0.
 * @param {Selection} selection
 */
export function endsOf({ anchor, head }) {
  return {
    low: Math.min(anchor.unit, head.unit),
    high: Math.max(anchor.unit, head.unit),
    first: Math.min(anchor.step, head.step),
    last: Math.max(anchor.step, head.step),
  };
}

/**
 * The hold of all of it at a number.
 * @param {Selection} selection @param {number} layer @param {number} size  units of the value
 * @param {number} value
 * @returns {import("../changes/holding.js").Hold}
 */
export function holdOf(selection, layer, size, value) {
  const { low, high, first, last } = endsOf(selection);
  const units = Array.from({ length: high - low + 1 }, (_, k) => low + k);
  const unit = unitsOf(units, size);
  return { kind: "hold", layer, name: selection.name, unit, from: first, to: last + 1, value };
}

/**
 * What a hold is of, as one selects it; null where its units are no neighbours.
 * @param {import("../changes/holding.js").Hold} hold @param {number} size  units of the value
 * @returns {Selection|null}
 */
export function selectionOf({ name, unit, from, to }, size) {
  const units = listOf(unit, size);
  const [low, high] = [units[0], units[units.length - 1]];
  if (high - low + 1 !== units.length) return null;
  return { name, anchor: { unit: low, step: from }, head: { unit: high, step: to - 1 } };
}

/**
 * One square further to a side; begun at the corner that is given where there is none.
 * @param {Selection|null} selection @param {string} name @param {Corner} begin
 * @param {{units: number, steps: number}} by @param {{units: number, steps: number}} room
 * @returns {Selection}
 */
export function extended(selection, name, begin, by, room) {
  const from = selection?.name === name ? selection : { anchor: begin, head: begin };
  const within = (/** @type {number} */ at, /** @type {number} */ count) =>
    Math.min(Math.max(at, 0), count - 1);
  const head = {
    unit: within(from.head.unit + by.units, room.units),
    step: within(from.head.step + by.steps, room.steps),
  };
  return { name, anchor: from.anchor, head };
}

/**
 * "forget gate: units 3 to 5, steps 4 to 9 selected".
 * @param {Selection} selection @param {string} title  of the value
 */
export function selectionInWords(selection, title) {
  const { low, high, first, last } = endsOf(selection);
  const [units, steps] = [`${low + 1}–${high + 1}`, `${first + 1}–${last + 1}`];
  return _("Selected of the {title}: units {units}, steps {steps}.", { title, units, steps });
}

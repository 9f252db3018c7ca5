/**
 * What a visitor changed about a run, and the way back. Values, no DOM.
 *
 * @typedef {{kind: "hold", layer: number, name: string, unit:
 *   import("./unit_sets.js").Units, from: number, to: number, value: number}
 *   | {kind: "input", item: number, step: number, input: number, value: number}
 *   | {kind: "symbol", item: number, step: number, value: number}
 *   | {kind: "weight", array: string, index: number, value: number}
 *   | {kind: "parameter", array: string, values: readonly number[]}} Change
 *   hold: time steps from..to-1. symbol: value is the place in the
 *   alphabet. parameter: all numbers of an array, row by row.
 * @typedef {readonly Change[]} Changes
 * @typedef {{past: Changes[], present: Changes, future: Changes[]}} History
 */

import { lookup } from "../../maths/lookup.js";

/** @type {History} */
export const UNTOUCHED = { past: [], present: [], future: [] };

/**
 * What a change is about: a second change of the same takes the first one's place.
 * @param {Change} change
 */
export function keyOf(change) {
  const place = Object.entries(change).filter(([name]) => name !== "value" && name !== "values");
  return JSON.stringify(place.map(([, at]) => at));
}

/**
 * A whole parameter takes the place of its single weights, and has later ones within it.
 * @param {Changes} changes @param {Change} change
 * @returns {Changes}
 */
export function put(changes, change) {
  if (change.kind === "weight") {
    const { array, index, value } = change;
    const whole = changes.find((known) => known.kind === "parameter" && known.array === array);
    if (whole?.kind === "parameter")
      return changes.with(changes.indexOf(whole), {
        ...whole,
        values: whole.values.with(index, value),
      });
  }
  const key = keyOf(change);
  const place = changes.findIndex((known) => keyOf(known) === key);
  const next = place < 0 ? [...changes, change] : changes.with(place, change);
  if (change.kind !== "parameter") return next;
  return next.filter((known) => known.kind !== "weight" || known.array !== change.array);
}

/** Whether it is about what the network is, and not about what it reads or is held at. @param {Change} change */
export function isOfWeights({ kind }) {
  return kind === "weight" || kind === "parameter";
}

/**
 * Another in the place of the one with this key; a third that is about the same goes.
 * @param {Changes} changes @param {string} key @param {Change} change
 * @returns {Changes}
 */
export function replace(changes, key, change) {
  const other = keyOf(change);
  return changes
    .filter((known) => keyOf(known) === key || keyOf(known) !== other)
    .map((known) => (keyOf(known) === key ? change : known));
}

/** @param {Changes} changes @param {string} key @returns {Changes} */
export function drop(changes, key) {
  return changes.filter((change) => keyOf(change) !== key);
}

/**
 * Whether it shows in a sequence: holds and weights are of every one.
 * @param {Change} change @param {number} item
 */
export function concerns(change, item) {
  return !("item" in change) || change.item === item;
}

/** A new entry in the past. @param {History} history @param {Changes} present @returns {History} */
export function advance(history, present) {
  return { past: [...history.past, history.present], present, future: [] };
}

/**
 * The same entry, further along: what a drag does between its start and its end.
 * @param {History} history @param {Changes} present @returns {History}
 */
export function amend(history, present) {
  return { ...history, present };
}

/** @param {History} history @returns {History} */
export function undo(history) {
  if (history.past.length === 0) return history;
  return {
    past: history.past.slice(0, -1),
    present: history.past[history.past.length - 1],
    future: [history.present, ...history.future],
  };
}

/** @param {History} history @returns {History} */
export function redo(history) {
  if (history.future.length === 0) return history;
  return {
    past: [...history.past, history.present],
    present: history.future[0],
    future: history.future.slice(1),
  };
}

/**
 * The time steps a hold reaches from `step`, in the order the layer reads.
 * @param {"one"|"on"|"every"} reach @param {number} step @param {number} T @param {boolean} reverse
 */
export function stretch(reach, step, T, reverse) {
  if (reach === "every") return { from: 0, to: T };
  if (reach === "one") return { from: step, to: step + 1 };
  return reverse ? { from: 0, to: step + 1 } : { from: step, to: T };
}

/**
 * @param {Changes} changes
 * @returns {Map<number, import("../../maths/holds.js").Hold[]>}  by layer, as the engine takes them
 */
export function holdsByLayer(changes) {
  /** @type {Map<number, import("../../maths/holds.js").Hold[]>} */
  const holds = new Map();
  for (const change of changes) {
    if (change.kind !== "hold") continue;
    const others = holds.get(change.layer) ?? [];
    holds.set(change.layer, [...others, change]);
  }
  return holds;
}

/**
 * The inputs of one sequence with the changes in them.
 * @param {Float64Array} x  T x inputs; copied
 * @param {Changes} changes
 * @param {number} item
 * @param {number} inputs
 * @param {number} [symbols]  how many of them are symbols, the first ones
 */
export function changedInputs(x, changes, item, inputs, symbols = inputs) {
  const result = x.slice();
  for (const change of changes) {
    if (change.kind !== "input" && change.kind !== "symbol") continue;
    if (change.item !== item) continue;
    if (change.kind === "input") result[change.step * inputs + change.input] = change.value;
    if (change.kind === "symbol") {
      result.fill(0, change.step * inputs, change.step * inputs + symbols);
      result[change.step * inputs + change.value] = 1;
    }
  }
  return result;
}

/** @param {Map<string, Float64Array>} arrays  left as they are @param {Changes} changes */
export function changedArrays(arrays, changes) {
  if (!changes.some(isOfWeights)) return arrays;
  const result = new Map(arrays);
  for (const change of changes) {
    if (change.kind === "parameter") result.set(change.array, Float64Array.from(change.values));
    if (change.kind !== "weight") continue;
    const { array, index, value } = change;
    if (result.get(array) === arrays.get(array)) result.set(array, lookup(arrays, array).slice());
    lookup(result, array)[index] = value;
  }
  return result;
}

/**
 * How each word of a link is read: what is looked at, and what was changed (see link.js). No DOM.
 *
 * @typedef {import("../changes/changes.js").Change} Change
 * @typedef {import("./link.js").Sight} Sight
 * @typedef {import("./link.js").Room} Room
 */

import { figureOf, inOrder } from "../figures/figure_names.js";
import { keyOf } from "../changes/changes.js";
import { readUnits } from "../changes/unit_sets.js";
import { readNumber, readValue } from "../../weights/number_text.js";
import {
  backwards,
  noInput,
  noLayer,
  noSequence,
  noStep,
  noSymbol,
  noUnit,
  noValue,
} from "./link_problems.js";

/** All units. */
export const EVERY = "every";
const SPEEDS = [0.5, 1, 2, 5, 10, 20]; // steps per second that can be chosen
const ALL = "all";
/** No weights. */
export const NONE = "none";

/**
 * A word of a link that says nothing of this room is the null of a reader; a change that cannot be
 * made is refused, with a sentence.
 * @typedef {(values: string[], room: Room, found: Partial<Sight>) => Partial<Sight>|null} Read
 * @typedef {{array: string, index: number, problem: string}} RefusedWeight
 * @typedef {{problem: string, key?: string}} Problem  key: of the change, where only its number is
 *   none
 * @typedef {RefusedWeight|Problem & {word: string}} Refused  word: as the link has it
 * @typedef {(values: string[], room: Room) => Change|RefusedWeight|Problem|null} ReadChange
 */

/** @type {Map<string, Read>} */
export const PLACES = new Map([
  ["step", ([step], { T }) => at("step", step, T)],
  ["from", ([step], { T }) => at("from", step, T)],
  ["layer", ([layer], { layers }) => at("layer", layer, layers.length)],
  ["sequence", ([item], { items }) => at("item", item, items)],
  ["unit", ([unit], { layers }, { layer = 0 }) => at("unit", unit, layers[layer].hidden)],
  ["inside", readInside],
  ["speed", ([speed]) => (SPEEDS.includes(Number(speed)) ? { speed: Number(speed) } : null)],
  ["shown", ([shown]) => (shown === "difference" ? { shown } : null)],
  ["focus", readFocus],
  ["explained", readExplained],
  ["weights", readWeights],
  ["figure", readFigure],
  ["ranking", readRanking],
  ["pass", readPass],
]);

/** @type {Map<string, ReadChange>} */
export const CHANGES = new Map([
  ["hold", readHold],
  ["input", readInput],
  ["symbol", readSymbol],
  ["weight", readWeight],
  ["parameter", readParameter],
]);

/**
 * A place from 1 to `count`, from 0; null where there is none.
 * @param {string|undefined} text @param {number} count
 */
function place(text, count) {
  const number = /^\d{1,9}$/.test(text ?? "") ? Number(text) : 0;
  return number >= 1 && number <= count ? number - 1 : null;
}

/**
 * @template {"step"|"from"|"layer"|"item"|"unit"} K
 * @param {K} key @param {string|undefined} text @param {number} count
 * @returns {Partial<Sight>|null}
 */
function at(key, text, count) {
  const found = place(text, count);
  return found === null ? null : { [key]: found };
}

/** @param {string|undefined} text */
function name(text) {
  try {
    return decodeURIComponent(text ?? "");
  } catch {
    return "";
  }
}

/** @type {Read} */
function readInside([part], { layers }, { layer = 0 }) {
  const found = place(part, layers[layer].parts);
  return found === null ? null : { level: "inside", part: found + 1 };
}

/** @type {Read} */
function readExplained([text, unit], { layers, others }, { layer = 0, step = 0 }) {
  const value = name(text);
  const found = place(unit, layers[layer].sizes.get(value) ?? others.get(value) ?? 0);
  return found === null ? null : { explained: { name: value, unit: found, step } };
}

/** @type {Read} */
function readFocus([text], { layers }, { layer = 0 }) {
  const value = name(text);
  return layers[layer].sizes.has(value) ? { name: value } : null;
}

/** Any gate's where it names none. @type {Read} */
function readRanking([of, text, at, by, way], { layers, others }, { layer = 0 }) {
  const gate = name(text);
  if (gate !== "" && !layers[layer].inTurn.includes(gate)) return null;
  if (of !== "units" && of !== "whole") return null;
  if (at !== "both" && at !== "0" && at !== "1") return null;
  if (by !== "held" && by !== "loss" && (by !== "answer" || !others.get("prediction"))) return null;
  if (way !== "up" && way !== "down") return null;
  return { ranking: { of, name: gate, at, by, isUp: way === "up" } };
}

/** Closed; all of them; or one. @type {Read} */
function readWeights([text], { arrays }) {
  const array = name(text);
  if (array === NONE) return { weights: null };
  return array === ALL || arrays.has(array) ? { weights: array } : null;
}

/** One word for each. @type {Read} */
function readFigure([name], _room, { figures = [] }) {
  const figure = figureOf(name);
  return figure === null ? null : { figures: inOrder([...figures, figure]) };
}

/** Which is played, where its picture is open. @type {Read} */
function readPass([pass], _room, { figures = [] }) {
  const isKnown = pass === "forward" || pass === "backward";
  return isKnown && figures.includes("unrolled") ? { pass } : null;
}

/** @type {ReadChange} */
function readHold([layer, text, who = "", steps = "", value], { layers, T }) {
  const index = place(layer, layers.length);
  if (index === null) return { problem: noLayer(layer, layers.length) };
  const held = name(text);
  const size = layers[index].sizes.get(held);
  if (size === undefined) return { problem: noValue(held) };
  const unit = who === EVERY ? null : readUnits(who, size);
  if (unit === undefined) return { problem: noUnit(who, size) };
  const [first, last, ...more] = steps.split("-");
  const [from, to] = [place(first, T), place(last, T)];
  if (from === null || to === null || more.length > 0) return { problem: noStep(steps, T) };
  if (from > to) return { problem: backwards(steps) };
  const hold = { layer: index, name: held, unit, from, to: to + 1 };
  return valued(value, (number) => ({ kind: "hold", ...hold, value: number }));
}

/** @type {ReadChange} */
function readInput([nth, step, which, value], { items, T, inputs }) {
  const [item, t, input] = [place(nth, items), place(step, T), place(which, inputs)];
  if (item === null) return { problem: noSequence(nth, items) };
  if (t === null) return { problem: noStep(step, T) };
  if (input === null) return { problem: noInput(which, inputs) };
  return valued(value, (number) => ({ kind: "input", item, step: t, input, value: number }));
}

/** @type {ReadChange} */
function readSymbol([nth, step, symbol], { items, T, symbols }) {
  const [item, t, value] = [place(nth, items), place(step, T), place(symbol, symbols)];
  if (item === null) return { problem: noSequence(nth, items) };
  if (t === null) return { problem: noStep(step, T) };
  if (value === null) return { problem: noSymbol(symbol, symbols) };
  return { kind: "symbol", item, step: t, value };
}

/**
 * A change whose number a link has; where that can be none, what it would have been of.
 * @param {string|undefined} text @param {(value: number) => Change} changeTo
 * @returns {Change|Problem}
 */
function valued(text, changeTo) {
  const { value, problem } = readValue(text ?? "");
  return problem === null ? changeTo(value) : { problem, key: keyOf(changeTo(0)) };
}

/** @type {ReadChange} */
function readWeight([text, nth, written], { arrays }) {
  const array = name(text);
  const index = place(nth, arrays.get(array) ?? 0);
  if (index === null) return null;
  const { value, problem } = readNumber(written ?? "");
  return problem === null ? { kind: "weight", array, index, value } : { array, index, problem };
}

/** @type {ReadChange} */
function readParameter([text, numbers], { arrays }) {
  const array = name(text);
  const words = (numbers ?? "").split(";");
  if (words.length !== arrays.get(array)) return null;
  const values = [];
  for (const [index, word] of words.entries()) {
    const { value, problem } = readNumber(word);
    if (problem !== null) return { array, index, problem };
    values.push(value);
  }
  return { kind: "parameter", array, values };
}

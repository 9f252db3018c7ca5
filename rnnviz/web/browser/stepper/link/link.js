/**
 * What is looked at, and what was changed, as a text for a link, and back. No DOM.
 *
 * Words between commas, each what it is about and its values between colons; every place counts
 * from 1, as on the screen. It ends with `end`, so that a link that was cut short is known:
 *
 *     layer:2,unit:3,sequence:4,step:8,from:5,inside:3,speed:5,shown:difference,explained:f:3,
 *     focus:f,figure:unrolled,pass:backward,figure:lesions,ranking:units:f:1:loss:up,
 *     hold:1:f:3:8-10:0.11,hold:1:f:every:1-15:0,hold:1:f:1-4+7:8-8:1,input:1:5:2:0.7,symbol:1:5:3,
 *     weight:1.W_f:12:0.3,weights:1.W_f,parameter:readout.b:0.5;0,end
 *
 * @typedef {import("../state.js").State} State
 * @typedef {import("../changes/changes.js").Change} Change
 *
 * @typedef {Pick<State, "step"|"from"|"unit"|"layer"|"item"|"level"|"part"|"speed"|"shown"
 *   |"name"|"explained"|"weights"|"figures"|"ranking"|"pass">}
 *   Sight
 * @typedef {Partial<Sight> & {changes: readonly Change[]}} View  what a link says
 * @typedef {Object} Room  what there is to look at
 * @property {number} T @property {number} items  sequences
 * @property {{hidden: number, parts: number, sizes: ReadonlyMap<string, number>,
 *   inTurn: readonly string[]}[]} layers  parts: named values; sizes: of every value, how many units
 *   it has; inTurn: the values that the table of lesions holds
 * @property {number} inputs @property {number} symbols  0: it reads numbers
 * @property {ReadonlyMap<string, number>} others  of each number that is no layer's, how many there are
 * @property {ReadonlyMap<string, number>} arrays  of each parameter, how many numbers it has
 */

import { figureOf, inOrder } from "../figures/figure_names.js";
import { keyOf } from "../changes/changes.js";
import { readUnits, spelled } from "../changes/unit_sets.js";
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

const END = "end";
/** A link that says nothing. */
export const NOTHING = END;
const EVERY = "every";
const MOST_WORDS = 2000;
const SPEEDS = [0.5, 1, 2, 5, 10, 20]; // steps per second that can be chosen
const [ALL, NONE] = ["all", "none"];

/**
 * A word of a link that says nothing of this room is the null of a reader; a change that cannot be
 * made is refused, with a sentence.
 * @typedef {(values: string[], room: Room, found: Partial<Sight>) => Partial<Sight>|null} Read
 * @typedef {{array: string, index: number, problem: string}} RefusedWeight
 * @typedef {{problem: string, key?: string}} Problem  key: of the change, where only its number is
 *   none
 * @typedef {RefusedWeight|Problem & {word: string}} Refused  word: as the link has it
 * @typedef {(values: string[], room: Room) => Change|RefusedWeight|Problem|null} ReadChange
 * @typedef {{isCut: boolean, misfits: readonly string[], refused: readonly Refused[]}} Faults
 *   misfits: the words that say nothing here
 */

/** @type {Map<string, Read>} */
const PLACES = new Map([
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
const CHANGES = new Map([
  ["hold", readHold],
  ["input", readInput],
  ["symbol", readSymbol],
  ["weight", readWeight],
  ["parameter", readParameter],
]);

/**
 * @param {Sight & Pick<State, "history">} state
 * @param {Sight} first  what is seen without a link, of this layer: of that, a link says nothing
 */
export function write(state, first) {
  const { step, from, unit, layer, item, level, part, speed, shown, explained } = state;
  const { name, weights, figures, ranking, pass, history } = state;
  const words = [
    layer === first.layer ? "" : `layer:${layer + 1}`,
    unit === first.unit ? "" : `unit:${unit + 1}`,
    item === first.item ? "" : `sequence:${item + 1}`,
    step === first.step ? "" : `step:${step + 1}`,
    from === first.from ? "" : `from:${from + 1}`,
    level === "inside" ? `inside:${part}` : "",
    speed === first.speed ? "" : `speed:${speed}`,
    shown === first.shown ? "" : `shown:${shown}`,
    name === null ? "" : `focus:${encodeURIComponent(name)}`,
    explained ? `explained:${encodeURIComponent(explained.name)}:${explained.unit + 1}` : "",
    weights === first.weights ? "" : `weights:${encodeURIComponent(weights ?? NONE)}`,
    ...figures.map((figure) => `figure:${figure}`),
    rankingWord(ranking) === rankingWord(first.ranking) ? "" : rankingWord(ranking),
    pass ? `pass:${pass}` : "",
    ...history.present.map(changeWord),
  ].filter(Boolean);
  return words.length > 0 ? [...words, END].join(",") : "";
}

/** @param {State["ranking"]} ranking */
function rankingWord({ of, name, at, by, isUp }) {
  return `ranking:${of}:${encodeURIComponent(name)}:${at}:${by}:${isUp ? "up" : "down"}`;
}

/** @param {Change} change */
function changeWord(change) {
  switch (change.kind) {
    case "hold": {
      const { layer, name, unit, from, to, value } = change;
      const who = unit === null ? EVERY : spelled(unit, "-", "+");
      return `hold:${layer + 1}:${encodeURIComponent(name)}:${who}:${from + 1}-${to}:${value}`;
    }
    case "input":
      return `input:${change.item + 1}:${change.step + 1}:${change.input + 1}:${change.value}`;
    case "symbol":
      return `symbol:${change.item + 1}:${change.step + 1}:${change.value + 1}`;
    case "weight":
      return `weight:${encodeURIComponent(change.array)}:${change.index + 1}:${change.value}`;
    case "parameter":
      return `parameter:${encodeURIComponent(change.array)}:${change.values.join(";")}`;
  }
}

/**
 * @param {string} text  of a link
 * @param {Room} room
 * @returns {{view: View} & Faults}  of a link that was cut short nothing is taken
 */
export function read(text, room) {
  const words = text.split(",", MOST_WORDS + 1);
  if (words.pop() !== END) return { view: { changes: [] }, isCut: true, misfits: [], refused: [] };
  /** @type {Partial<Sight>} */
  let sight = {};
  /** @type {Change[]} */
  const changes = [];
  /** @type {Refused[]} */
  const refused = [];
  /** @type {string[]} */
  const misfits = [];
  for (const word of words) {
    const [kind, ...values] = word.split(":");
    const place = PLACES.get(kind)?.(values, room, sight) ?? null;
    const change = CHANGES.get(kind)?.(values, room) ?? null;
    if (place !== null) sight = { ...sight, ...place };
    else if (change === null) misfits.push(word);
    else if ("array" in change && "problem" in change) refused.push(change);
    else if ("problem" in change) refused.push({ ...change, word });
    else changes.push(change);
  }
  return { view: { ...sight, changes }, isCut: false, misfits, refused };
}

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

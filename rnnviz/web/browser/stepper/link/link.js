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

import { spelled } from "../changes/unit_sets.js";
import { CHANGES, EVERY, NONE, PLACES } from "./reading.js";

const END = "end";
/** A link that says nothing. */
export const NOTHING = END;
const MOST_WORDS = 2000;

/**
 * @typedef {import("./reading.js").Refused} Refused
 * @typedef {{isCut: boolean, misfits: readonly string[], refused: readonly Refused[]}} Faults
 *   misfits: the words that say nothing here
 */

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

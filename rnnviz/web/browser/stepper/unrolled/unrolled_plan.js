/**
 * The network unrolled over time as marks: the same cell at every step, what it hands on, where the
 * gradient comes in and which ways it takes back. No DOM.
 *
 * @typedef {import("../../drawing/scales.js").Axis} Axis
 * @typedef {import("../../drawing/marks.js").Mark} Mark
 *
 * @typedef {import("./unrolled_columns.js").Columns} Columns
 * @typedef {import("./unrolled_columns.js").Grid} Grid
 *
 * @typedef {Object} Unrolled
 * @property {string[]} states  that are handed on, from the top of a cell to its bottom
 * @property {(state: string) => string} colour
 * @property {(t: number) => string} label  of what a step reads
 * @property {readonly number[]} asked  the steps at which L is, where it is of this layer's own h
 * @property {import("../../maths/way_back.js").WayBack} way
 * @property {boolean} isReverse
 * @property {Axis} axis  of the gradient's size
 */

import { dotMark, textMark } from "../../drawing/marks.js";
import { gridOf } from "./unrolled_columns.js";

const [LOSS, RADIUS] = [10, 8]; // of the sign of L: where it stands, and how large
const [TOP, LANE, FOOT] = [32, 24, 26]; // above the cells; of each state; below them
const [THERE, BACK] = [-5, 5]; // of a state's lane: where it goes forward, and where its gradient goes back
const [HEAD, ROOM] = [5, 18]; // of an arrow; a column that has room for arrows and letters
const ALPHAS = [0.3, 0.5, 0.75, 1];

/** How high the cells with all around them are. @param {number} states */
export const heightOf = (states) => TOP + LANE * Math.max(states, 1) + FOOT;

/**
 * The cells and what they hand on: `back` is there from the start, `forward` is seen as far as the
 * forward pass has come, `backward` as far as the backward pass has.
 * @param {Unrolled} network @param {Columns} columns
 * @returns {{back: Mark[], forward: Mark[], backward: Mark[]}}
 */
export function networkPlan(network, columns) {
  const grid = gridOf(columns);
  const look = { dash: [], alpha: 1 };
  const outline = grid.steps.map((t) => boxOf(t, network, grid));
  const lanes = network.states.map((state, k) => ({ state, y: laneAt(k), runs: ways(grid, k) }));
  /** @param {string} colour @param {number} width @param {number[][]} runs @returns {Mark} */
  const line = (colour, width, runs) => ({ kind: "line", runs, colour, width, ...look });
  const stems = grid.steps.map((t) => stemOf(t, network, grid));
  const quiet = [...lanes.flatMap(({ runs }) => runs), ...stems, ...outline];
  return {
    back: [
      line("var(--line)", 1, quiet),
      ...lanes.map(({ state, y }) => textMark(-6, y + 4, state, "end")),
      ...lettersOf(network, grid),
      ...lossMarks(network, grid),
    ],
    forward: [
      { kind: "area", runs: outline, fill: "var(--faint)", alpha: 1, name: "cells" },
      line("var(--soft)", 1.2, [...stems, ...outline]),
      ...lanes.map(({ state, runs }) => line(network.colour(state), 1.6, runs)),
      ...lanes.map(({ state, y }) => headsOf(state, y + THERE, network, grid)),
    ],
    backward: [...lanes.flatMap((lane) => wayMarks(lane, network, grid)), ...above(network, grid)],
  };
}

/** @param {number} k  of the states */
const laneAt = (k) => TOP + LANE * (k + 0.5);

/** @param {number} t @param {Unrolled} network @param {Grid} grid  a closed outline */
function boxOf(t, { states }, { left, right }) {
  const [a, b, top, bottom] = [left(t), right(t), TOP, TOP + LANE * Math.max(states.length, 1)];
  return [a, top, b, top, b, bottom, a, bottom, a, top];
}

/** From cell to cell, and from the edges. @param {Grid} grid @param {number} k  of the states */
function ways({ steps, left, right, column, middle }, k) {
  const y = laneAt(k) + THERE;
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const begin = [Math.max(middle(first) - column / 2, 0), y, left(first), y];
  const end = [right(last), y, middle(last) + column / 2, y];
  return [begin, ...steps.slice(1).map((t) => [right(t - 1), y, left(t), y]), end];
}

/** What a step reads comes from below. @param {number} t @param {Unrolled} network @param {Grid} grid */
function stemOf(t, { states }, { middle }) {
  const bottom = TOP + LANE * Math.max(states.length, 1);
  return [middle(t), bottom + 11, middle(t), bottom];
}

/** @param {Unrolled} network @param {Grid} grid @returns {Mark[]} */
function lettersOf({ states, label }, { steps, middle, column }) {
  if (column < ROOM * 0.8) return [];
  const y = TOP + LANE * Math.max(states.length, 1) + 23;
  const most = Math.max(1, Math.floor(column / 7));
  return steps.map((t) => {
    const text = label(t);
    const cut = text.length > most ? `${text.slice(0, Math.max(most - 1, 1))}…` : text;
    return textMark(middle(t), y, cut, "middle");
  });
}

/** L, above the cells whose answer counts. @param {Unrolled} network @param {Grid} grid @returns {Mark[]} */
function lossMarks({ asked }, { steps, middle, column }) {
  const shown = steps.filter((t) => asked.includes(t));
  if (shown.length === 0) return [];
  const radius = Math.min(RADIUS, Math.max(column * 0.36, 1.5));
  const points = shown.flatMap((t) => [middle(t), LOSS]);
  const stems = shown.map((t) => [middle(t), TOP, middle(t), LOSS + radius]);
  const look = { fill: "var(--ground)", colour: "var(--ink)", width: 1.2, name: "loss" };
  const letters = column < ROOM ? [] : shown;
  return [
    { kind: "line", runs: stems, colour: "var(--line)", width: 1, dash: [], alpha: 1 },
    dotMark("circle", points, radius, look),
    ...letters.map((t) => ({
      ...textMark(middle(t), LOSS + 4, "L", "middle"),
      colour: "var(--ink)",
      size: 11,
    })),
  ];
}

/**
 * What is handed on points to the step that reads it.
 * @param {string} state @param {number} y @param {Unrolled} network @param {Grid} grid
 * @returns {Mark}
 */
function headsOf(state, y, { colour, isReverse }, { steps, left, right, column }) {
  const to = (/** @type {number} */ t) =>
    isReverse ? head([right(t), y], [1, 0], HEAD) : head([left(t), y], [-1, 0], HEAD);
  const runs = column < ROOM ? [] : steps.map(to);
  return { kind: "area", runs, fill: colour(state), alpha: 1, name: `${state} forward` };
}

/**
 * An arrow's head.
 * @param {[x: number, y: number]} tip @param {[x: number, y: number]} from  the direction it comes
 *   from, of length 1 @param {number} size
 */
function head([x, y], [dx, dy], size) {
  const [bx, by, half] = [x + dx * size, y + dy * size, size * 0.7];
  return [x, y, bx - dy * half, by + dx * half, bx + dy * half, by - dx * half];
}

/**
 * The gradient on a state's way from a step to the one before it: the stronger, the more solid;
 * none where it is 0.
 * @param {{state: string, y: number}} lane @param {Unrolled} network @param {Grid} grid
 * @returns {Mark[]}
 */
function wayMarks({ state, y: lane }, { way, colour, isReverse, axis }, grid) {
  const sizes = way.states.get(state);
  if (sizes === undefined) return [];
  const y = lane + BACK;
  const { steps, left, right, column, middle } = grid;
  const end = (/** @type {number} */ t) => middle(t) + (isReverse ? -column : column) / 2;
  const last = isReverse ? steps[0] : steps[steps.length - 1];
  const outer = (/** @type {number} */ t) =>
    t === last ? end(t) : isReverse ? right(t - 1) : left(t + 1);
  const inner = isReverse ? left : right;
  const side = isReverse ? -1 : 1;
  const size = column < ROOM ? 0 : Math.min(2 * HEAD, (column - (right(last) - left(last))) * 0.5);
  return ALPHAS.flatMap((alpha, level) => {
    const those = steps.filter((t) => levelOf(sizes[t], axis) === level);
    if (those.length === 0) return [];
    const runs = those.map((t) => [outer(t), y, inner(t) + side * size, y]);
    const heads = size > 0 ? those.map((t) => head([inner(t), y], [side, 0], size)) : [];
    return strokes(runs, heads, { fill: colour(state), alpha, name: state });
  });
}

/** What comes to h from above. @param {Unrolled} network @param {Grid} grid @returns {Mark[]} */
function above({ way, colour, asked, axis }, { steps, middle, column }) {
  const start = (/** @type {number} */ t) => (asked.includes(t) ? LOSS + RADIUS : LOSS);
  return ALPHAS.flatMap((alpha, level) => {
    const those = steps.filter((t) => levelOf(way.above[t], axis) === level);
    if (those.length === 0) return [];
    const size = Math.min(2 * HEAD, column * 0.6);
    const runs = those.map((t) => [middle(t), start(t), middle(t), TOP - size]);
    const heads = those.map((t) => head([middle(t), TOP], [0, -1], size));
    return strokes(runs, heads, { fill: colour("h"), alpha, name: "above" });
  });
}

/**
 * @param {number[][]} runs @param {number[][]} heads
 * @param {{fill: string, alpha: number, name: string}} look @returns {Mark[]}
 */
function strokes(runs, heads, { fill, alpha, name }) {
  const line = { runs, colour: fill, width: 4, dash: [], alpha, name: `way of ${name}` };
  return [
    { kind: "line", ...line },
    { kind: "area", runs: heads, fill, alpha, name: `heads of ${name}` },
  ];
}

/** How solid, from 0 on; −1 for what is not drawn. @param {number} size @param {Axis} axis */
function levelOf(size, axis) {
  if (!(size > 0)) return -1;
  const share = Math.min(Math.max(axis.place(size), 0), 1);
  return Math.min(Math.floor(share * ALPHAS.length), ALPHAS.length - 1);
}

/**
 * What pictures are made of: a few kinds of marks, each at its place in pixels from the top left.
 * No DOM: `paint.js` puts them on a canvas or into an SVG.
 *
 * @typedef {string} Colour  as CSS writes it, variables included
 * @typedef {"circle"|"square"|"triangle"|"diamond"|"cross"|"kite"} Shape
 * @typedef {{runs: number[][], colour: Colour, width: number, dash: number[], alpha: number, name?:
 *   string}} Stroke  runs of x, y, x, y, …
 * @typedef {{runs: number[][], fill: Colour, alpha: number, name: string}} Area  closed outlines
 * @typedef {{x1: number, y1: number, x2: number, y2: number, colour: Colour, width: number, dash?:
 *   number[]}} Rule  one straight line
 * @typedef {{shape: Shape, points: number[], radius: number, fill: Colour, colour: Colour, width:
 *   number, name?: string}} Dots  the same symbol at each x, y
 * @typedef {{x: number, y: number, text: string, colour: Colour, anchor: "start"|"middle"|"end",
 *   size?: number, weight?: number, hasHalo?: boolean}} Words
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {Box & {fill: Colour}} Rect
 * @typedef {(context: CanvasRenderingContext2D, box: {left: number, top: number, width: number,
 *   height: number}) => void} Lay  draws a picture, stretched to a box
 * @typedef {Box & {left: number, across: number, lay: Lay}} Backing  a picture laid from `left`,
 *   `across` wide; seen within its box
 *
 * @typedef {{line: Stroke, area: Area, rule: Rule, dots: Dots, text: Words, rect: Rect, image: Backing}} Kinds
 * @typedef {keyof Kinds} Kind
 */
/**
 * @template {Kind} [K=Kind]
 * @typedef {{[P in K]: {kind: P} & Kinds[P]}[K]} Mark
 */

export const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3]];
/** @type {Record<Shape, (x: number, y: number, radius: number) => string>} */
const SYMBOLS = {
  circle: (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  square: (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  triangle: (x, y, r) => `M${x} ${y - 1.2 * r}l${1.2 * r} ${2 * r}h${-2.4 * r}z`,
  diamond: (x, y, r) =>
    `M${x} ${y - 1.3 * r}l${1.2 * r} ${1.3 * r}l${-1.2 * r} ${1.3 * r}l${-1.2 * r} ${-1.3 * r}z`,
  cross: (x, y, r) => `M${x - r} ${y}h${2 * r}M${x} ${y - r}v${2 * r}`,
  kite: (x, y, r) => `M${x} ${y + 1.2 * r}l${1.2 * r} ${-2 * r}h${-2.4 * r}z`,
};
export const MARKERS = /** @type {Shape[]} */ (Object.keys(SYMBOLS));

/**
 * How the k-th of some lines looks: known by colour, dash and marker together.
 * @param {number} k @param {Colour} colour
 */
export function lookOf(k, colour) {
  return { colour, dash: DASHES[k % DASHES.length], marker: MARKERS[k % MARKERS.length] };
}

/** The colour of a role, wherever there is a style sheet. @param {string} role */
export const roleColour = (role) => `var(--${role})`;

/**
 * @param {[x1: number, y1: number, x2: number, y2: number]} ends @param {string} colour
 * @param {number} width @param {number[]} [dash]
 * @returns {Mark<"rule">}
 */
export function ruleMark([x1, y1, x2, y2], colour, width, dash = []) {
  return { kind: "rule", x1, y1, x2, y2, colour, width, dash };
}

/**
 * @param {number} x @param {number} y @param {string} text
 * @param {"start"|"middle"|"end"} anchor
 * @returns {Mark<"text">}
 */
export function textMark(x, y, text, anchor) {
  return { kind: "text", x, y, text, anchor, colour: "var(--soft)" };
}

/**
 * @param {Shape} shape @param {number[]} points @param {number} radius
 * @param {{fill: string, colour: string, width: number, name?: string}} look
 * @returns {Mark<"dots">}
 */
export function dotMark(shape, points, radius, look) {
  return { kind: "dots", shape, points, radius, ...look };
}

/**
 * @typedef {{place: number, x: number, first: number, low: number, high: number, last: number}}
 *   Column  half a pixel of a line
 */

/**
 * Points for a line no finer than the screen: of each half of a pixel its first, least, greatest and
 * last. What is not a number breaks the line.
 * @param {ArrayLike<number>} xs  ascending
 * @param {ArrayLike<number>} ys
 * @returns {number[][]} runs of x, y, x, y, …
 */
export function thinned(xs, ys) {
  /** @type {number[][]} */
  const runs = [];
  /** @type {number[]|null} */
  let run = null;
  /** @type {Column|null} */
  let column = null;
  for (let k = 0; k < xs.length; k++) {
    const place = Math.round(2 * xs[k]),
      y = ys[k];
    if (!Number.isFinite(y)) {
      if (run !== null && column !== null) flush(run, column);
      run = column = null;
      continue;
    }
    if (run === null) runs.push((run = []));
    if (column !== null && column.place === place) {
      column.low = Math.min(column.low, y);
      column.high = Math.max(column.high, y);
      column.last = y;
    } else {
      if (column !== null) flush(run, column);
      column = { place, x: xs[k], first: y, low: y, high: y, last: y };
    }
  }
  if (run !== null && column !== null) flush(run, column);
  return runs;
}

/** @param {number[]} run @param {Column} column  whose points end the run */
function flush(run, { x, first, low, high, last }) {
  run.push(x, first);
  if (low !== first) run.push(x, low);
  if (high !== low) run.push(x, high);
  if (last !== high) run.push(x, last);
}

/**
 * What of a run, whose points go to the right, is between two places.
 * @param {number[]} run @param {number} left @param {number} right
 */
export function cropped(run, left, right) {
  const found = [];
  for (let k = 0; k < run.length; k += 2) {
    const x = run[k],
      y = run[k + 1];
    if (x >= left && x <= right) found.push(x, y);
    for (const edge of [left, right])
      if (x < edge && run[k + 2] > edge)
        found.push(edge, y + ((run[k + 3] - y) * (edge - x)) / (run[k + 2] - x));
  }
  return found;
}

/** As SVG writes a path. @param {number[][]} runs */
export function pathOf(runs) {
  let path = "";
  for (const run of runs)
    for (let k = 0; k < run.length; k += 2)
      path += `${k === 0 ? "M" : "L"}${run[k].toFixed(1)} ${run[k + 1].toFixed(1)}`;
  return path;
}

/** As SVG writes closed outlines. @param {number[][]} runs */
export const outlinesOf = (runs) => runs.map((run) => `${pathOf([run])}Z`).join("");

/** @param {Dots} dots */
export function symbolsOf({ shape, points, radius }) {
  let path = "";
  for (let k = 0; k < points.length; k += 2)
    path += SYMBOLS[shape](points[k], points[k + 1], radius);
  return path;
}

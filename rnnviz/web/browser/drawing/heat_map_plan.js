/**
 * A heat map as marks: a grid of numbers, a cell of colour each. `plan` says what stands where in
 * which colour, `placeOf` where a cell is, `cellAt` which cell is there. No DOM.
 *
 * @typedef {Object} Grid  the number of column c, row r: numbers[first + c * across + r * down]
 * @property {ArrayLike<number>} numbers
 * @property {number} columns
 * @property {number} rows
 * @property {number} [first]
 * @property {number} [across]  unless given, column stands after column, each from row 0 on
 * @property {number} [down]
 * @property {boolean} [isUpward]  row 0 stands at the bottom, not on top
 *
 * @typedef {ReturnType<typeof import("./colours.js").ramp>} Ramp
 * @typedef {Object} Look
 * @property {Ramp} ramp
 * @property {number} low  has the ramp's first colour, as all below it
 * @property {number} high
 * @property {number} broken  the pixel of what is no number
 * @property {import("./colours.js").Triple} ground  between the cells
 * @property {ArrayLike<number>|null} [minus]  taken off each number
 * @property {ArrayLike<number>|null} [ghost]  what was there: a notch in the cells that moved
 *
 * @typedef {{width: number, height: number, ratio: number}} Size  of the canvas, in its pixels;
 *   ratio: how many of them are one of CSS
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 * @typedef {{column: number, row: number}} Cell
 * @typedef {Object} Marks  cells line by line, from the top left
 * @property {Size} size
 * @property {number} columns  of the picture: where the grid has more than it has pixels, the cells
 *   that share one are shown by their mean
 * @property {number} rows
 * @property {Float64Array} values
 * @property {Uint32Array<ArrayBuffer>} pixels
 * @property {Int32Array} lefts  where each column begins, in the canvas's pixels; last its width
 * @property {Int32Array} tops
 * @property {{boxes: Box[], colour: string}} lines  between the cells
 * @property {{width: number, colours: (string|null)[]}} notches  at a cell's left: null for none
 */

import { css, level } from "./colours.js";

/** @param {Grid} grid @param {Size} size @param {Look} look @returns {Marks} */
export function plan(grid, size, look) {
  const { ramp, low, high, broken, ground, minus = null, ghost = null } = look;
  const columns = Math.min(grid.columns, size.width),
    rows = Math.min(grid.rows, size.height);
  const values = means(grid, grid.numbers, columns, rows);
  if (minus !== null) means(grid, minus, columns, rows).forEach((value, k) => (values[k] -= value));
  const pixels = new Uint32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const place = level(values[k], low, high);
    pixels[k] = place < 0 ? broken : ramp.pixels[place];
  }
  const ghosts = ghost === null ? null : means(grid, ghost, columns, rows);
  return {
    size,
    columns,
    rows,
    values,
    pixels,
    lefts: edges(columns, size.width),
    tops: edges(rows, size.height),
    lines: { boxes: linesOf(size, columns, rows), colour: css(ground) },
    notches: {
      width: Math.round(size.width / columns / 4), // none where it would cover its cell
      colours: ghosts === null ? [] : former(values, ghosts, look),
    },
  };
}

/**
 * The middle of a cell, as shares of the width and of the height.
 * @param {Pick<Grid, "columns"|"rows"|"isUpward">} grid @param {Cell} cell
 */
export function placeOf({ columns, rows, isUpward = false }, { column, row }) {
  const line = isUpward ? rows - 1 - row : row;
  return { x: (column + 0.5) / columns, y: (line + 0.5) / rows };
}

/**
 * The cell at these shares of the width and of the height.
 * @param {Grid} grid @param {{x: number, y: number}} place
 * @returns {Cell}
 */
export function cellAt({ columns, rows, isUpward = false }, { x, y }) {
  /** @param {number} share @param {number} count */
  const within = (share, count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
  const line = within(y, rows);
  return { column: within(x, columns), row: isUpward ? rows - 1 - line : line };
}

/**
 * One number a cell of the picture; what is no number is not averaged away.
 * @param {Grid} grid @param {ArrayLike<number>} numbers
 * @param {number} columns @param {number} rows
 */
function means(grid, numbers, columns, rows) {
  const { first = 0, across = grid.rows, down = 1, isUpward = false } = grid;
  const [top, step] = isUpward ? [first + (grid.rows - 1) * down, -down] : [first, down];
  const [x, y] = [starts(columns, grid.columns), starts(rows, grid.rows)];
  const found = new Float64Array(columns * rows);
  for (let line = 0, k = 0; line < rows; line++) {
    for (let column = 0; column < columns; column++, k++) {
      let sum = 0,
        count = 0;
      for (let c = x[column]; c < x[column + 1]; c++)
        for (let r = y[line]; r < y[line + 1]; r++, count++)
          sum += numbers[top + c * across + r * step];
      found[k] = sum / count;
    }
  }
  return found;
}

/**
 * Where each pixel's cells begin, and where the last's end: a cell is where its middle is.
 * @param {number} shown @param {number} count
 */
function starts(shown, count) {
  const found = new Int32Array(shown + 1);
  for (let k = 0; k <= shown; k++) found[k] = Math.ceil((k * count) / shown - 0.5);
  return found;
}

/** @param {number} count @param {number} length */
function edges(count, length) {
  return Int32Array.from({ length: count + 1 }, (_, k) => Math.round((k * length) / count));
}

/**
 * Lines of ground between the columns, and between the rows, where they are few.
 * @param {Size} size @param {number} columns @param {number} rows
 */
function linesOf({ width, height, ratio }, columns, rows) {
  const thick = Math.max(1, Math.round(ratio)),
    half = thick >> 1,
    thin = Math.max(1, half);
  const across = width / columns > 7 * ratio ? edges(columns, width).subarray(1, -1) : [],
    down = height / rows > 5 * ratio ? edges(rows, height).subarray(1, -1) : [];
  return [
    ...Array.from(across, (left) => ({ left: left - half, top: 0, width: thick, height })),
    ...Array.from(down, (top) => ({ left: 0, top, width, height: thin })),
  ];
}

/**
 * The colour that was, of each number that moved.
 * @param {Float64Array} values @param {Float64Array} ghosts @param {Look} look
 */
function former(values, ghosts, { ramp, low, high }) {
  const least = (high - low) / 200;
  /** @type {Array<string|null>} */
  const found = new Array(values.length).fill(null);
  for (let k = 0; k < values.length; k++) {
    if (!(Math.abs(values[k] - ghosts[k]) > least)) continue;
    const place = level(ghosts[k], low, high);
    if (place >= 0) found[k] = ramp.css[place];
  }
  return found;
}

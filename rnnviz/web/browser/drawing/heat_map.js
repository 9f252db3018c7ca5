/**
 * A heat map: a grid of numbers, a cell of colour each. `plan` says what stands where in which
 * colour, `placeOf` where a cell is, `cellAt` which cell is there: no DOM. `paint` puts a plan on a
 * canvas. The cursor is not part of it, so that a step redraws nothing.
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
import { element } from "./dom.js";
import { draggable } from "./drag.js";
import { contextOf, fitCanvas } from "./plot.js";

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

/**
 * @param {Marks} marks @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} small  scratch: a pixel for each cell, enlarged without smoothing
 * @param {number} [left]  where to begin, in the canvas's pixels
 */
export function paint(marks, canvas, small, left = 0) {
  const { size, columns, rows, pixels, lefts, tops, lines, notches } = marks;
  if (small.width !== columns) small.width = columns;
  if (small.height !== rows) small.height = rows;
  const picture = new ImageData(new Uint8ClampedArray(pixels.buffer), columns, rows);
  contextOf(small).putImageData(picture, 0, 0);
  const context = contextOf(canvas);
  context.clearRect(left, 0, size.width, size.height);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, left, 0, size.width, size.height);
  context.fillStyle = lines.colour;
  for (const box of lines.boxes) context.fillRect(left + box.left, box.top, box.width, box.height);
  notches.colours.forEach((colour, k) => {
    if (colour === null) return;
    const row = Math.floor(k / columns);
    context.fillStyle = colour;
    const top = tops[row];
    context.fillRect(left + lefts[k % columns], top, notches.width, tops[row + 1] - top);
  });
}

/** @typedef {{grid: Grid, look: Look, height: number}} Drawn  height: in CSS pixels */

/**
 * A map as wide as the page has room for, drawn anew when that changes. It says which cell is under
 * the pointer, null when none is any more.
 * @param {{label: string, hover?: (cell: Cell|null, event: MouseEvent) => void, press?: (cell:
 *   Cell) => void, drag?: (from: Cell, to: Cell) => void, class?: string, style?: string,
 *   tabindex?: number, "data-testid"?: string}} options
 *   drag: from the cell where it began to the one it is at; a press is none.
 */
export function heatMap({ label, hover = () => {}, press = () => {}, drag, ...attributes }) {
  const small = document.createElement("canvas");
  /** @type {Drawn|null} */
  let drawn = null;
  let width = 0,
    fitted = "";
  /** @param {MouseEvent} event */
  function at({ clientX, clientY }) {
    if (drawn === null) throw new Error("there is no map yet");
    const box = canvas.getBoundingClientRect();
    const [x, y] = [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
    return cellAt(drawn.grid, { x, y });
  }
  /** @type {import("./dom.js").Listeners} */
  const on = {
    pointermove: (event) => drawn && hover(at(event), event),
    pointerleave: (event) => hover(null, event),
    ...(drag ? {} : { click: (event) => drawn && press(at(event)) }),
  };
  const about = { class: "map", role: "img", "aria-label": label, ...attributes };
  const canvas = element("canvas", { ...about, on });
  const stop = drag ? dragged(canvas, () => drawn && at, { drag, press }) : () => {};
  /** @param {Drawn} what */
  function show({ grid, look, height }) {
    const room = `${width} ${height}`;
    if (room !== fitted) fitCanvas(canvas, width, height);
    fitted = room;
    const size = { width: canvas.width, height: canvas.height, ratio: canvas.height / height };
    paint(plan(grid, size, look), canvas, small);
  }
  const watch = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return;
    ({ width } = contentRect);
    if (drawn !== null && width > 0) show(drawn);
  });
  watch.observe(canvas);
  return {
    canvas,
    at,
    /** @param {Grid} grid @param {Look} look @param {number} height  in CSS pixels */
    draw(grid, look, height) {
      drawn = { grid, look, height };
      if (width > 0) show(drawn);
    },
    destroy() {
      watch.disconnect();
      stop();
    },
  };
}

/**
 * Cells that are dragged over; a finger that goes up or down scrolls the page.
 * @param {HTMLCanvasElement} canvas
 * @param {() => ((event: MouseEvent) => Cell)|null} where  which cell is there; null: none is yet
 * @param {{drag: (from: Cell, to: Cell) => void, press: (cell: Cell) => void}} follow
 * @returns {() => void} to stop
 */
function dragged(canvas, where, { drag, press }) {
  return draggable(canvas, {
    begin(event) {
      const at = where();
      return at && { at, from: at(event), isOn: event.pointerType !== "touch" };
    },
    move(grip, dx, dy, event) {
      grip.isOn ||= Math.abs(dx) > Math.abs(dy);
      if (grip.isOn) drag(grip.from, grip.at(event));
    },
    click: (_, grip) => grip && press(grip.from),
  });
}

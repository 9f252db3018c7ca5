/**
 * A heat map on a canvas: `paint` puts a plan on it. The cursor is not part of it, so that a step
 * redraws nothing.
 *
 * @typedef {import("./heat_map_plan.js").Grid} Grid
 * @typedef {import("./heat_map_plan.js").Look} Look
 * @typedef {import("./heat_map_plan.js").Cell} Cell
 * @typedef {import("./heat_map_plan.js").Marks} Marks
 */

import { element } from "./dom.js";
import { draggable } from "./drag.js";
import { cellAt, plan } from "./heat_map_plan.js";
import { contextOf, fitCanvas } from "./plot.js";

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

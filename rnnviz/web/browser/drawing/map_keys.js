/**
 * A heat map for keys too: arrows go from cell to cell, a ring says where they are, Enter presses.
 */

import { element, listen } from "./dom.js";
import { placeOf } from "./heat_map_plan.js";

/**
 * @typedef {import("./heat_map_plan.js").Grid} Grid
 * @typedef {import("./heat_map_plan.js").Cell} Cell
 * @typedef {{clientX: number, clientY: number}} Point
 */

/** Columns to the right and lines up that a key goes. @type {Map<string, [number, number]>} */
const WAYS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, 1]],
  ["ArrowDown", [0, -1]],
  ["Home", [-Infinity, 0]],
  ["End", [Infinity, 0]],
]);

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Object} follow
 * @param {(cell: Cell|null, at: Point) => void} follow.hover  which cell the keys are at; null: none
 *   any more
 * @param {(cell: Cell) => void} follow.press
 */
export function mapKeys(canvas, { hover, press }) {
  const ring = element("div", { class: "map-ring", hidden: true, "aria-hidden": "true" });
  /** @type {Grid|null} */
  let grid = null;
  /** @type {Cell|null} */
  let at = null;
  canvas.tabIndex = 0;

  /** @param {Grid} map @param {Cell|null} cell */
  function show(map, cell) {
    at = cell;
    ring.hidden = cell === null;
    const { x, y } = placeOf(map, cell ?? { column: 0, row: 0 });
    ring.style.left = `${100 * (x - 0.5 / map.columns)}%`;
    ring.style.top = `${100 * (y - 0.5 / map.rows)}%`;
    ring.style.width = `${100 / map.columns}%`;
    ring.style.height = `${100 / map.rows}%`;
    const box = canvas.getBoundingClientRect();
    hover(cell, { clientX: box.left + x * box.width, clientY: box.top + y * box.height });
  }
  /** @param {KeyboardEvent} event */
  function key(event) {
    if (grid === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS.get(event.key);
    if (way) show(grid, moved(grid, at, way));
    else if (at && (event.key === "Enter" || event.key === " ")) press(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const stop = listen(canvas, { keydown: key, blur: () => grid && at && show(grid, null) });
  return {
    element: element("div", { class: "map-host" }, canvas, ring),
    /** @param {Grid} next  what the map shows */
    use(next) {
      grid = next;
    },
    destroy: stop,
  };
}

/**
 * The cell that a key leads to; the first key to one in the middle.
 * @param {Pick<Grid, "columns"|"rows"|"isUpward">} grid @param {Cell|null} at
 * @param {[right: number, up: number]} way
 * @returns {Cell}
 */
export function moved({ columns, rows, isUpward = false }, at, [right, up]) {
  if (at === null) return { column: (columns - 1) >> 1, row: (rows - 1) >> 1 };
  const within = (/** @type {number} */ place, /** @type {number} */ count) =>
    Math.min(Math.max(place, 0), count - 1);
  const row = at.row + (isUpward ? up : -up);
  return { column: within(at.column + right, columns), row: within(row, rows) };
}

/**
 * A row of the page's one time axis: a label, a plot whose columns are the time steps, a note.
 * The cursor and the highlights lie over the plot and are moved, not redrawn.
 */

import { element } from "./dom.js";
import { _ } from "./texts.js";

/**
 * @param {number} T
 * @param {{label?: Node|null, note?: Node|null, rows?: number}} parts  rows: how many units a plot
 *   has, 0 for none
 */
export function plotRow(T, { label = null, note = null, rows = 0 } = {}) {
  const cursor = element("div", { class: "cursor" });
  const pointer = element("div", { class: "pointer", hidden: true });
  const band = element("div", { class: "band", hidden: true });
  const hoverBand = element("div", { class: "band hovered", hidden: true });
  const plot = element("div", { class: "plot" });
  const over = element(
    "div",
    { class: "over", "aria-hidden": "true" },
    band,
    hoverBand,
    pointer,
    cursor,
  );
  const row = element(
    "div",
    { class: "row" },
    element("div", { class: "row-label" }, label),
    element("div", { class: "row-plot" }, plot, over),
    element("div", { class: "row-note" }, note),
  );
  for (const node of [cursor, pointer]) node.style.width = `${100 / T}%`;
  for (const node of [band, hoverBand]) node.style.height = `${100 / Math.max(rows, 1)}%`;
  return {
    element: row,
    plot,
    /** @param {number} step */
    point: (step) => {
      cursor.style.transform = `translateX(${100 * step}%)`;
    },
    /** @param {number|undefined} step */
    hover(step) {
      pointer.hidden = step === undefined;
      if (step !== undefined) pointer.style.transform = `translateX(${100 * step}%)`;
    },
    /** Outline a unit's line. @param {number|null} unit @param {number|undefined} hovered */
    outline(unit, hovered) {
      place(band, unit);
      place(hoverBand, hovered);
    },
  };
}

/** @param {HTMLElement} band @param {number|null|undefined} unit  none: the band is hidden */
function place(band, unit) {
  const isNone = unit === null || unit === undefined;
  band.hidden = isNone;
  if (!isNone) band.style.transform = `translateY(${100 * unit}%)`;
}

/** The column under a pointer. @param {Element} plot @param {MouseEvent} event @param {number} T */
export function stepAt(plot, event, T) {
  const box = plot.getBoundingClientRect();
  return Math.min(Math.max(Math.floor(((event.clientX - box.left) / box.width) * T), 0), T - 1);
}

/**
 * Make a canvas as many device pixels as it covers. Asking the page for its size costs a layout, so
 * this is for when the size changed, not for every drawing.
 * @param {HTMLCanvasElement} canvas @param {number} cssWidth @param {number} cssHeight
 */
export function fitCanvas(canvas, cssWidth, cssHeight) {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(cssWidth * ratio));
  const height = Math.max(1, Math.round(cssHeight * ratio));
  canvas.style.height = `${cssHeight}px`;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** What draws on a canvas. @param {HTMLCanvasElement} canvas */
export function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no canvas to paint on");
  return context;
}

/**
 * The line under a chart that says how to read it, and where its numbers come from, unless the page
 * says that once for all.
 * @param {string} text @param {string|null} [badge]
 */
export function caption(text, badge = _("computed now")) {
  if (badge === null) return element("p", { class: "caption" }, text);
  return element("p", { class: "caption" }, element("span", { class: "badge" }, badge), ` ${text}`);
}

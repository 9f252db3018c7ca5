/** A chart under its title, with a few words on how to read it. */

import { chart } from "../drawing/chart.js";
import { element, write } from "../drawing/dom.js";
import { canvasSurface } from "../drawing/paint.js";

const EDGES = { left: 46, right: 8, top: 8, bottom: 20 };

/**
 * @typedef {Object} Pointer  of the pointer, and how a colour is put on a canvas
 * @property {import("../drawing/paint.js").Ink} ink
 * @property {(update: number) => void} [choose]
 * @property {(update: number|null) => void} [hover]
 * @property {(range: [number, number]) => void} [zoom]
 * @property {() => void} [all]
 */

/**
 * @param {string} title @param {string} note @param {number} height in pixels
 * @param {Pointer} pointer
 */
export function panel(title, note, height, { ink, choose, hover, zoom, all }) {
  const drawing = chart({
    label: title,
    size: { height, ...EDGES },
    surface: (attributes) => canvasSurface(attributes, ink),
    press: choose,
    hover,
    zoom,
    all,
  });
  const noted = element("span", { class: "quiet" }, note);
  const head = element("h3", {}, title, " ", noted);
  const line = element("div", { class: "panel-head" }, head, drawing.saving);
  return {
    element: element("section", { class: "panel" }, line, drawing.element),
    draw: drawing.draw,
    destroy: drawing.destroy,
    note: (/** @type {string} */ text) => write(noted, text),
  };
}

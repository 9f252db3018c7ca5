/** The charts of a forecast, each under its title, on a canvas. */

import { chart } from "../drawing/chart.js";
import { element, write } from "../drawing/dom.js";
import { canvasSurface } from "../drawing/paint.js";
import { termOf } from "../drawing/term.js";

const WIDE = 460; // pixels: a chart that is narrower has letters beside it, not names

/**
 * @typedef {Object} Follow  of the pointer
 * @property {(row: number) => void} [press]
 * @property {(range: [number, number]) => void} [zoom]
 * @property {() => void} [all]
 */

/**
 * @param {string} title
 * @param {{height: number, beside: number, bottom?: number}} size  beside: what is free at the right
 *   for names, where the chart is wide
 * @param {import("../drawing/paint.js").Ink} ink
 * @param {Follow} [follow] @param {string} [key]  of the title's entry in the glossary
 */
export function panel(title, { height, beside, bottom = 20 }, ink, follow = {}, key = "") {
  const drawing = chart({
    label: title,
    size: { height, top: 8, bottom, left: 46, right: 24 },
    edges: (width) => ({ left: 46, right: width < WIDE ? 24 : beside }),
    surface: (attributes) => canvasSurface(attributes, ink),
    ...follow,
  });
  const noted = element("span", { class: "quiet" });
  const head = element("h3", {}, key ? termOf(title, key) : title, " ", noted);
  const line = element("div", { class: "panel-head" }, head, drawing.saving);
  return {
    element: element("section", { class: "panel" }, line, drawing.element),
    box: drawing.element,
    draw: (/** @type {import("../drawing/picture.js").Picture} */ picture) =>
      drawing.draw(picture, null),
    note: (/** @type {string} */ text) => write(noted, text),
    destroy: drawing.destroy,
  };
}

/** A chart under its title, with a few words on how to read it. */

import { chart } from "../drawing/chart.js";
import { element, listen, write } from "../drawing/dom.js";
import { canvasSurface } from "../drawing/paint.js";
import { termOf } from "../drawing/term.js";
import { N_, _ } from "../drawing/texts.js";

const WIDE = 460; // pixels: a chart that is narrower has letters beside it, not names
const KEYS = N_("{title}: arrows move the update looked at, plus and minus zoom, 0 shows all");

/**
 * @typedef {Object} Pointer  of the pointer and the keys, and how a colour is put on a canvas
 * @property {import("../drawing/paint.js").Ink} ink
 * @property {(update: number) => void} [choose]
 * @property {(update: number|null) => void} [hover]
 * @property {(range: [number, number]) => void} [zoom]
 * @property {() => void} [all]
 * @property {(event: KeyboardEvent) => boolean} [key]  whether it was for the charts
 */

/** What is free beside the lines of a chart so wide: one for all, so that their axes are one. */
export const edgesOf = (/** @type {number} */ width) =>
  width < WIDE ? { left: 40, right: 24 } : { left: 46, right: 140 };

/**
 * @param {string} title @param {{height: number, top?: number, bottom?: number}} size in pixels
 * @param {Pointer} pointer
 */
export function drawingOf(title, { height, top = 6, bottom = 6 }, pointer) {
  const { ink, choose, hover, zoom, all, key } = pointer;
  const drawing = chart({
    label: title,
    size: { height, top, bottom, left: 0, right: 0 },
    edges: edgesOf,
    surface: (attributes) => canvasSurface(attributes, ink),
    press: choose,
    hover,
    zoom,
    all,
  });
  const stop = key ? reachable(drawing.element, title, key) : () => {};
  return {
    ...drawing,
    destroy() {
      stop();
      drawing.destroy();
    },
  };
}

/**
 * Have the keys reach a chart.
 * @param {HTMLElement} box @param {string} title
 * @param {(event: KeyboardEvent) => boolean} key
 */
function reachable(box, title, key) {
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", _(KEYS, { title }));
  return listen(box, {
    keydown(event) {
      if (!key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  });
}

/**
 * @param {string} title @param {{height: number, top?: number, bottom?: number}} size
 * @param {Pointer} pointer
 * @param {string} [key]  of the title's entry in the glossary
 */
export function panel(title, size, pointer, key) {
  const drawing = drawingOf(title, size, pointer);
  const noted = element("span", { class: "quiet" });
  const head = element("h3", {}, key ? termOf(title, key) : title, " ", noted);
  const line = element("div", { class: "panel-head" }, head, drawing.saving);
  return {
    element: element("section", { class: "panel" }, line, drawing.element),
    draw: drawing.draw,
    destroy: drawing.destroy,
    note: (/** @type {string} */ text) => write(noted, text),
  };
}

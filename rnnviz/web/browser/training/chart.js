/**
 * A chart over the updates, drawn on a canvas: it is redrawn many times a second without flicker.
 * Click chooses an update, dragging sideways zooms, a double click shows all again.
 */

import { element } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { LEFT, RIGHT, paint } from "./chart_drawing.js";

/**
 * @typedef {{xs: ArrayLike<number>, ys: ArrayLike<number>, colour: number[], dash?: number[], width?: number, alpha?: number, dots?: boolean}} Line
 * @typedef {{value: number, label: string, colour?: number[]}} Level  a horizontal line
 * @typedef {{x: number, kind: "change"|"stop"|"solved", colour: number[]}} Mark  at an update
 * @typedef {{range: [number, number], axis: object, tick: (value: number) => string, lines: Line[], levels?: Level[], marks?: Mark[],
 *   cursor: number|null, theme: import("../drawing/theme.js").Theme, unit?: string, paint?: (frame: object) => void}} Picture
 */

/**
 * @param {{height: number, label: string, choose: (x: number) => void, hover: (x: number|null) => void, zoom: (range: [number, number]) => void, all: () => void}} options
 */
export function chart({ height, label, choose, hover, zoom, all }) {
  const canvas = element("canvas", {
    class: "chart-canvas",
    style: `height:${height}px`,
    role: "img",
    "aria-label": label,
  });
  const select = element("div", { class: "selection", hidden: true, "aria-hidden": "true" });
  const box = element("div", { class: "chart-box" }, canvas, select);
  let drawn = null;

  const width = () => Math.max(1, canvas.clientWidth - LEFT - RIGHT);
  const valueAt = (clientX) => {
    const share = (clientX - canvas.getBoundingClientRect().left - LEFT) / width();
    const [low, high] = drawn.range;
    return low + Math.min(Math.max(share, 0), 1) * (high - low);
  };
  const stopDrag = draggable(canvas, {
    begin: (event) => (drawn === null ? null : { from: event.clientX }),
    move(grip, dx) {
      const left = canvas.getBoundingClientRect().left;
      const [a, b] = [grip.from, grip.from + dx].sort((m, n) => m - n);
      select.hidden = false;
      select.style.left = `${a - left}px`;
      select.style.width = `${b - a}px`;
      grip.range = [valueAt(a), valueAt(b)];
    },
    end(grip) {
      select.hidden = true;
      if (grip.range && grip.range[1] - grip.range[0] >= 2) zoom(grip.range);
    },
    click: (event) => drawn && choose(Math.round(valueAt(event.clientX))),
  });
  const listeners = {
    pointermove: (event) =>
      drawn && event.pointerType === "mouse" && hover(Math.round(valueAt(event.clientX))),
    pointerleave: () => hover(null),
    dblclick: () => all(),
  };
  for (const [event, listener] of Object.entries(listeners))
    canvas.addEventListener(event, listener);

  return {
    element: box,
    /** @param {Picture} picture */
    draw(picture) {
      drawn = picture;
      if (canvas.clientWidth) paint(canvas, height, picture);
    },
    destroy() {
      stopDrag();
      for (const [event, listener] of Object.entries(listeners))
        canvas.removeEventListener(event, listener);
    },
  };
}

/**
 * A chart on the page: as wide as there is room, followed by the pointer. A press chooses a place
 * across; where it can be zoomed, dragging sideways zooms and a double click shows all again.
 */

import { pointed, plan } from "./chart_plan.js";
import { element } from "./dom.js";
import { draggable } from "./drag.js";
import { svgSurface } from "./paint.js";

/** @typedef {import("./chart_plan.js").Picture} Picture */

/**
 * @param {Object} options
 * @param {string} options.label
 * @param {Omit<import("./chart_plan.js").Size, "width">} options.size
 * @param {(attributes: object) => {element: Element, paint: Function}} [options.surface]
 * @param {(at: number) => void} [options.press]
 * @param {(at: number|null, event: PointerEvent) => void} [options.hover]
 * @param {((range: [number, number]) => void)|null} [options.zoom]
 * @param {() => void} [options.all]
 */
export function chart({
  label,
  size,
  surface = svgSurface,
  press = () => {},
  hover = () => {},
  zoom = null,
  all = () => {},
}) {
  const { element: node, paint } = surface({ "aria-label": label, height: size.height });
  node.classList.toggle("zoomable", zoom !== null);
  const selection = element("div", { class: "selection", hidden: true, "aria-hidden": "true" });
  const box = element("div", { class: "chart-box" }, node, selection);
  let width = 0,
    picture = null,
    marks = [],
    at = null;

  const whole = () => ({ width, ...size });
  function repaint() {
    if (picture !== null && width > 0) paint(whole(), marks, pointed(picture, whole(), at));
  }
  function replan() {
    if (picture !== null && width > 0) marks = plan(picture, whole());
    repaint();
  }
  /** What stands across under a pointer. */
  function valueAt(clientX) {
    const { left, right } = size;
    const share = (clientX - node.getBoundingClientRect().left - left) / (width - left - right);
    return picture.across.value(Math.min(Math.max(share, 0), 1));
  }
  function nearest({ clientX }) {
    const { low, high } = picture.across;
    return Math.min(Math.max(Math.round(valueAt(clientX)), Math.ceil(low)), Math.floor(high));
  }
  const watch = new ResizeObserver(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    replan();
  });
  watch.observe(box);
  const isDrawn = () => picture !== null;
  const stop = listen(node, selection, { isDrawn, valueAt, nearest, press, hover, zoom, all });
  return {
    element: box,
    /** @param {Picture} next @param {number|null} [cursor] */
    draw(next, cursor = at) {
      picture = next;
      at = cursor;
      replan();
    },
    /** @param {number|null} next  where the cursor is */
    point(next) {
      at = next;
      repaint();
    },
    destroy() {
      watch.disconnect();
      stop();
    },
  };
}

/** A press chooses; where `zoom` is given, what is dragged over is zoomed to. */
function listen(node, selection, { isDrawn, valueAt, nearest, press, hover, zoom, all }) {
  const isFollowed = (event) => isDrawn() && (zoom === null || event.pointerType === "mouse");
  node.addEventListener(
    "pointermove",
    (event) => isFollowed(event) && hover(nearest(event), event),
  );
  node.addEventListener("pointerleave", (event) => hover(null, event));
  node.addEventListener("dblclick", all);
  return draggable(node, {
    begin: (event) => (zoom !== null && isDrawn() ? { from: event.clientX } : null),
    move(grip, dx) {
      const [a, b] = [grip.from, grip.from + dx].sort((m, n) => m - n);
      selection.hidden = false;
      selection.style.left = `${a - node.getBoundingClientRect().left}px`;
      selection.style.width = `${b - a}px`;
      grip.range = [valueAt(a), valueAt(b)];
    },
    end(grip) {
      selection.hidden = true;
      if (grip.range && grip.range[1] - grip.range[0] >= 2) zoom(grip.range);
    },
    click: (event) => isDrawn() && press(nearest(event)),
  });
}

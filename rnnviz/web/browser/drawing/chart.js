/**
 * A chart on the page: as wide as there is room, followed by the pointer. A press chooses a place
 * across; where it can be zoomed, dragging sideways zooms and a double click shows all again.
 */

import { pointed, plan } from "./chart_plan.js";
import { element } from "./dom.js";
import { draggable } from "./drag.js";
import { svgSurface } from "./paint.js";
import { saving } from "./saving.js";

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
  const watch = new ResizeObserver(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    replan();
  });
  watch.observe(box);
  /** How far across the lines a pointer is, 0 to 1. */
  function shareOf({ clientX }) {
    const { left, right } = size;
    const x = clientX - node.getBoundingClientRect().left - left;
    return Math.min(Math.max(x / (width - left - right), 0), 1);
  }
  const across = () => picture?.across ?? null;
  const stop = listen(node, selection, { across, shareOf, press, hover, zoom, all });
  return {
    element: box,
    saving: saving(label, () => ({ picture, at })),
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
function listen(node, selection, { across, shareOf, press, hover, zoom, all }) {
  const valueAt = (event) => across().value(shareOf(event));
  function nearest(event) {
    const { low, high } = across();
    return Math.min(Math.max(Math.round(valueAt(event)), Math.ceil(low)), Math.floor(high));
  }
  const isFollowed = ({ pointerType }) => across() && (zoom === null || pointerType === "mouse");
  node.addEventListener(
    "pointermove",
    (event) => isFollowed(event) && hover(nearest(event), event),
  );
  node.addEventListener("pointerleave", (event) => hover(null, event));
  node.addEventListener("dblclick", all);
  return draggable(node, {
    begin: (event) => (zoom && across() ? { from: event.clientX, range: null } : null),
    move(grip, dx) {
      const [a, b] = [grip.from, grip.from + dx].sort((m, n) => m - n);
      selection.hidden = false;
      selection.style.left = `${a - node.getBoundingClientRect().left}px`;
      selection.style.width = `${b - a}px`;
      grip.range = [valueAt({ clientX: a }), valueAt({ clientX: b })];
    },
    end({ range }) {
      selection.hidden = true;
      if (range && range[1] - range[0] >= 2) zoom(range);
    },
    click: (event) => across() && press(nearest(event)),
  });
}

/**
 * A chart on the page: as wide as there is room, followed by the pointer. A press chooses a place
 * across; where it can be zoomed, dragging sideways zooms and a double click shows all again.
 */

import { pointed, plan } from "./chart_plan.js";
import { element, listen } from "./dom.js";
import { draggable } from "./drag.js";
import { magnification } from "./magnified.js";
import { svgSurface } from "./paint.js";
import { saving } from "./saving.js";

/**
 * @typedef {import("./chart_plan.js").Picture} Picture
 * @typedef {import("./chart_plan.js").Size} Size
 * @typedef {import("./paint.js").Surface} Surface
 *
 * @typedef {Object} Followers  what is told of the pointer
 * @property {(at: number) => void} press
 * @property {(at: number|null, event: PointerEvent) => void} hover
 * @property {((range: [number, number]) => void)|null} zoom
 * @property {() => void} all
 *
 * @typedef {import("./scales.js").Axis & {value: (place: number) => number}} Choosable
 * @typedef {{across: () => Choosable|null, shareOf: (clientX: number) => number}} Place
 */

/**
 * @param {Object} options
 * @param {string} options.label
 * @param {Omit<Size, "width">} options.size
 * @param {(width: number) => Partial<Size>} [options.edges]  what is free beside the lines, where
 *   that depends on how wide it is
 * @param {(about: import("./paint.js").About) => Surface} [options.surface]
 * @param {Followers["press"]} [options.press]
 * @param {Followers["hover"]} [options.hover]
 * @param {Followers["zoom"]} [options.zoom]
 * @param {Followers["all"]} [options.all]
 */
export function chart({
  label,
  size,
  edges = () => ({}),
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
  let width = 0;
  /** @type {Picture|null} */
  let picture = null;
  /** @type {import("./marks.js").Mark[]} */
  let marks = [];
  /** @type {number|null} */
  let at = null;

  const whole = () => ({ width, ...size, ...edges(width) });
  function repaint() {
    if (picture !== null && width > 0) paint(whole(), marks, pointed(picture, whole(), at));
  }
  function replan() {
    if (picture !== null && width > 0) marks = plan(picture, whole());
    repaint();
  }
  const watch = new ResizeObserver(() => {
    const before = width;
    width = box.clientWidth / magnification();
    if (width !== before) replan();
  });
  watch.observe(box);
  /** How far across the lines a pointer is, 0 to 1. @param {number} clientX */
  function shareOf(clientX) {
    const { left, right } = whole();
    const x = (clientX - node.getBoundingClientRect().left) / magnification() - left;
    return Math.min(Math.max(x / (width - left - right), 0), 1);
  }
  /** The axis across, where there is one that a pointer may choose on. */
  function across() {
    const value = picture?.across.value;
    return picture && value ? { ...picture.across, value } : null;
  }
  const stop = follow(node, selection, { across, shareOf, press, hover, zoom, all });
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

/**
 * A press chooses; where `zoom` is given, what is dragged over is zoomed to.
 * @param {HTMLElement|SVGElement} node @param {HTMLElement} selection
 * @param {Followers & Place} chart
 * @returns {() => void} to stop
 */
function follow(node, selection, { across, shareOf, press, hover, zoom, all }) {
  /** @param {Choosable} axis @param {number} clientX */
  function nearest({ low, high, value }, clientX) {
    const whole = Math.round(value(shareOf(clientX)));
    return Math.min(Math.max(whole, Math.ceil(low)), Math.floor(high));
  }
  const stop = listen(node, {
    pointermove(event) {
      const axis = zoom === null || event.pointerType === "mouse" ? across() : null;
      if (axis) hover(nearest(axis, event.clientX), event);
    },
    pointerleave: (event) => hover(null, event),
    dblclick: all,
  });
  /** @type {import("./drag.js").Dragging<{from: number, range: [number, number]|null}>} */
  const dragging = {
    begin: ({ clientX }) => (zoom && across() ? { from: clientX, range: null } : null),
    move(grip, dx) {
      const [a, b] = [grip.from, grip.from + dx].sort((m, n) => m - n);
      const axis = across();
      selection.hidden = false;
      selection.style.left = `${a - node.getBoundingClientRect().left}px`;
      selection.style.width = `${b - a}px`;
      grip.range = axis && [axis.value(shareOf(a)), axis.value(shareOf(b))];
    },
    end({ range }) {
      selection.hidden = true;
      if (zoom && range && range[1] - range[0] >= 2) zoom(range);
    },
    click({ clientX }) {
      const axis = across();
      if (axis) press(nearest(axis, clientX));
    },
  };
  const stopDragging = draggable(node, dragging);
  return () => {
    stop();
    stopDragging();
  };
}

/** Dragging with the pointer captured by the node itself: nothing listens on the document. */

import { listen } from "./dom.js";

const SLACK = 3; // pixels a press may wander and still be a click

/**
 * @template G
 * @typedef {Object} Dragging
 * @property {(event: PointerEvent) => G|null} begin  gives a grip: what is dragged; null: nothing is
 * @property {(grip: G, dx: number, dy: number, event: PointerEvent) => void} move  by how many
 *   pixels since the press; called at most once per frame
 * @property {(grip: G) => void} [end]
 * @property {(event: PointerEvent, grip: G|null) => void} [click]  grip: what was pressed; a captured
 *   pointer's own target is the node
 */

/**
 * @template G
 * @param {HTMLElement|SVGElement} node
 * @param {Dragging<G>} handlers
 * @returns {() => void} to stop
 */
export function draggable(node, { begin, move, end = () => {}, click = () => {} }) {
  /** @type {{id: number, x: number, y: number, grip: G|null, moved: boolean, last: PointerEvent}|null} */
  let held = null;
  let frame = 0; // the frame in which a move was followed already
  let isBehind = false;

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0 || held !== null) return;
    held = {
      id: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      grip: begin(event),
      moved: false,
      last: event,
    };
    if (held.grip !== null) node.setPointerCapture(event.pointerId);
  }
  /** @param {PointerEvent} event */
  function drift(event) {
    if (held === null || event.pointerId !== held.id) return;
    held.last = event;
    const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > SLACK;
    if (far) held.moved = true;
    if (!held.moved || held.grip === null) return;
    if (frame === 0) follow();
    else isBehind = true;
  }
  /** At once, so that the browser has the rest of the frame for painting; then once per frame. */
  function follow() {
    isBehind = false;
    if (held === null || held.grip === null) return;
    frame = requestAnimationFrame(next);
    move(held.grip, held.last.clientX - held.x, held.last.clientY - held.y, held.last);
    layOutNow(node);
  }
  function next() {
    frame = 0;
    if (isBehind) follow();
  }
  /** @param {PointerEvent} event */
  function up(event) {
    if (held === null || event.pointerId !== held.id) return;
    if (isBehind) follow();
    const { grip, moved } = held;
    held = null;
    if (moved && grip !== null) end(grip);
    else if (!moved && event.type === "pointerup") click(event, grip);
  }

  const stop = listen(node, {
    pointerdown: down,
    pointermove: drift,
    pointerup: up,
    pointercancel: up,
  });
  return () => {
    cancelAnimationFrame(frame);
    stop();
  };
}

/**
 * Have the browser lay out the page now, while it waits for the next frame, and not within it: the
 * frame is painted some milliseconds sooner.
 * @param {Element} node
 */
export function layOutNow(node) {
  node.getBoundingClientRect();
}

/** How far an arrow key moves a number, as a share of its travel. */
const KEYS = new Map([
  ["ArrowUp", 0.05],
  ["ArrowDown", -0.05],
  ["PageUp", 0.25],
  ["PageDown", -0.25],
]);

/**
 * A number as it stands: it stays within low..high; 150 pixels are worth `travel`.
 * @typedef {{value: number, low: number, high: number, travel: number}} Reading
 */
/**
 * @template W
 * @typedef {Object} Scrubbing
 * @property {(event: Event) => W|null} target  what is under the pointer, or has the focus
 * @property {(target: W) => Reading} read
 * @property {(target: W, value: number, going: boolean) => void} write  going: the change goes on
 *   from one written before
 * @property {(target: W) => void} [open]
 * @property {(target: W, event: PointerEvent) => void} [follow]  after each move of a drag
 */

/**
 * A number that is dragged up and down, or moved with ↑ and ↓; Enter and a click open it.
 * @template W
 * @param {HTMLElement|SVGElement} node
 * @param {Scrubbing<W>} number
 * @returns {() => void} to stop
 */
export function scrubbable(node, { target, read, write, open = () => {}, follow = () => {} }) {
  /** @param {Reading} from @param {number} by  share of its travel */
  const moved = ({ value, low, high, travel }, by) =>
    Math.min(Math.max(value + by * travel, low), high);
  const stop = draggable(node, {
    begin(event) {
      const what = target(event);
      return what === null ? null : { what, from: read(what), going: false };
    },
    move(grip, dx, dy, event) {
      write(grip.what, moved(grip.from, -dy / 150), grip.going);
      grip.going = true;
      follow(grip.what, event);
    },
    click(_, grip) {
      if (grip !== null) open(grip.what);
    },
  });
  /** @param {KeyboardEvent} event */
  function key(event) {
    const what = target(event);
    const by = KEYS.get(event.key);
    if (what === null || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") open(what);
    else if (by !== undefined) write(what, moved(read(what), by), event.repeat);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  /** A finger that takes a number does not scroll the page. @param {TouchEvent} event */
  function touch(event) {
    if (event.touches.length === 1 && target(event) !== null) event.preventDefault();
  }
  const stopKeys = listen(node, { keydown: key, touchstart: touch });
  return () => {
    stop();
    stopKeys();
  };
}

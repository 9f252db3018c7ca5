/** Dragging with the pointer captured by the node itself: nothing listens on the document. */

const SLACK = 3; // pixels a press may wander and still be a click

/**
 * @param {Element} node
 * @param {{begin: (event: PointerEvent) => any, move: (grip: any, dx: number, dy: number, event:
 *   PointerEvent) => void,
 *   end?: (grip: any) => void, click?: (event: PointerEvent) => void}} handlers
 *   begin gives a grip, or null where nothing is to be dragged. move is called at most once per
 *   frame.
 * @returns {() => void} to stop
 */
export function draggable(node, { begin, move, end = () => {}, click = () => {} }) {
  let held = null;
  let frame = 0; // the frame in which a move was followed already
  let isBehind = false;

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
    frame = requestAnimationFrame(next);
    move(held.grip, held.last.clientX - held.x, held.last.clientY - held.y, held.last);
    layOutNow(node);
  }
  function next() {
    frame = 0;
    if (isBehind && held !== null) follow();
  }
  function up(event) {
    if (held === null || event.pointerId !== held.id) return;
    if (isBehind) follow();
    const { grip, moved } = held;
    held = null;
    if (moved && grip !== null) end(grip);
    else if (!moved && event.type === "pointerup") click(event);
  }

  const listeners = { pointerdown: down, pointermove: drift, pointerup: up, pointercancel: up };
  for (const [event, listener] of Object.entries(listeners)) node.addEventListener(event, listener);
  return () => {
    cancelAnimationFrame(frame);
    for (const [event, listener] of Object.entries(listeners))
      node.removeEventListener(event, listener);
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

/**
 * A number that is dragged up and down, or moved with ↑ and ↓; Enter and a click open it.
 * @param {HTMLElement|SVGElement} node
 * @param {{target: (event: Event) => any, read: (target: any) => {value: number, low: number, high:
 *   number, travel: number},
 *   write: (target: any, value: number, going: boolean) => void, open?: (target: any) => void}}
 *   number
 *   target: what is under the pointer, or null. low..high: where the value must stay. travel: what
 *   150 pixels are worth.
 */
export function scrubbable(node, { target, read, write, open = () => {} }) {
  const limited = ({ low, high }, value) => Math.min(Math.max(value, low), high);
  const stop = draggable(node, {
    begin(event) {
      const what = target(event);
      return what === null ? null : { what, from: read(what), going: false };
    },
    move(grip, dx, dy) {
      write(
        grip.what,
        limited(grip.from, grip.from.value - (dy / 150) * grip.from.travel),
        grip.going,
      );
      grip.going = true;
    },
    click(event) {
      const what = target(event);
      if (what !== null) open(what);
    },
  });
  function key(event) {
    const what = target(event);
    const by = { ArrowUp: 0.05, ArrowDown: -0.05, PageUp: 0.25, PageDown: -0.25 }[event.key];
    if (what === null || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") open(what);
    else if (by !== undefined) {
      const from = read(what);
      write(what, limited(from, from.value + by * from.travel), event.repeat);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  node.addEventListener("keydown", key);
  return () => {
    stop();
    node.removeEventListener("keydown", key);
  };
}

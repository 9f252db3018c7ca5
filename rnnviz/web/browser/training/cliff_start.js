/**
 * The ring where the walks on the cliff start, over Plotly's picture of it: it is dragged, or moved
 * with the arrow keys. What Plotly draws tells where its axes are.
 */

import { assign, element, listen } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { _ } from "../drawing/texts.js";

const PICTURE = ".st-key-cliff-picture";
const AXES = ".nsewdrag"; // Plotly's own: what is between the axes
const REST = 300; // milliseconds after the last key
const PATIENCE = 1000; // milliseconds for an answer: then the walks follow without it
const STEP = 0.05;
/** @type {Map<string, [across: number, up: number]>} */
const KEYS = new Map([
  ["ArrowLeft", [-STEP, 0]],
  ["ArrowRight", [STEP, 0]],
  ["ArrowDown", [0, -STEP]],
  ["ArrowUp", [0, STEP]],
]);

/** @typedef {import("./header.js").StartHeader} Start */
/** @typedef {import("./header.js").Place} Place */

/** @param {HTMLElement} host @param {Start} first @param {import("../drawing/component.js").Tell} press */
export function cliffStart(host, first, press) {
  const ring = element("div", { class: "start", role: "slider", tabindex: 0 });
  ring.hidden = true; // until there is a picture
  const picture = pictureOf(host);
  const axes = () => picture?.querySelector(AXES)?.getBoundingClientRect();
  let { across, up } = first;
  let isMoved = false; // since the server was last told
  /** @type {[number, number]|null} */
  let told = null; // where it was let go, and not answered yet
  const follow = asking(() => press("start", [across.at, up.at, true]));

  function draw() {
    const box = axes();
    if (box === undefined) return; // Plotly is drawing anew: a hidden ring would lose the focus
    ring.hidden = false;
    const { left, top } = host.getBoundingClientRect();
    ring.style.left = `${box.left - left + shareOf(across) * box.width}px`;
    ring.style.top = `${box.top - top + (1 - shareOf(up)) * box.height}px`;
    describe(ring, across, up);
  }
  /** @param {number} x @param {number} y */
  function moveTo(x, y) {
    isMoved = true;
    across = { ...across, at: within(across, x) };
    up = { ...up, at: within(up, y) };
    draw();
  }
  /** @param {number} x @param {number} y */
  function draggedTo(x, y) {
    moveTo(x, y);
    follow.ask();
  }
  function take() {
    isMoved = false;
    told = [across.at, up.at];
    follow.stop();
    press("start", [...told, false]);
  }
  host.classList.add("over-plotly");
  host.append(ring);
  const stops = [
    movedByPointer(ring, () => ({ across, up, box: axes() }), draggedTo, take),
    movedByKeys(ring, (x, y) => moveTo(across.at + x, up.at + y), take),
    whenDrawn(picture, draw),
  ];
  draw();
  return {
    /** What answers an earlier move is not where the ring is by now. @param {Start} next */
    take(next) {
      const isOfEarlier = told !== null && !isAt(next, told);
      if (!isOfEarlier) told = null;
      if (!isOfEarlier && !isMoved) ({ across, up } = next);
      draw();
      follow.answered();
    },
    refresh() {
      told = null; // what stands is the answer
      draw();
      follow.answered();
    },
    destroy() {
      for (const stop of [follow.stop, ...stops]) stop();
    },
  };
}

/**
 * One question at a time: what is to be asked meanwhile is asked once, as it is then, after the
 * answer.
 * @param {() => void} put
 */
function asking(put) {
  let isAsked = false;
  let waits = false;
  let timer = 0;
  function ask() {
    waits = isAsked;
    if (isAsked) return;
    isAsked = true;
    timer = setTimeout(answered, PATIENCE);
    put();
  }
  function answered() {
    clearTimeout(timer);
    isAsked = false;
    if (waits) ask();
  }
  return {
    ask,
    answered,
    stop() {
      clearTimeout(timer);
      isAsked = false;
      waits = false;
    },
  };
}

/** @param {HTMLElement} ring @param {Place} across @param {Place} up */
function describe(ring, across, up) {
  const [u, b] = [across, up].map(({ name, at }) => `${name} ${at.toFixed(2)}`);
  const label = _("start of the walks: drag it, or move it with the arrow keys");
  const { at: now, low: min, high: max } = across;
  assign(ring, "aria-label", label);
  assign(ring, "aria-valuetext", `${u}, ${b}`);
  for (const [name, value] of Object.entries({ now, min, max }))
    assign(ring, `aria-value${name}`, value);
}

/**
 * @param {HTMLElement} ring
 * @param {() => {across: Place, up: Place, box: DOMRect|undefined}} where  it stands, and its axes
 * @param {(x: number, y: number) => void} moveTo @param {() => void} end
 */
const movedByPointer = (ring, where, moveTo, end) =>
  draggable(ring, {
    begin: where,
    move({ across, up, box }, dx, dy) {
      if (box === undefined) return;
      const [x, y] = [dx / box.width, -dy / box.height];
      moveTo(across.at + x * lengthOf(across), up.at + y * lengthOf(up));
    },
    end,
  });

/**
 * Arrow keys move it; it is taken once they rest.
 * @param {HTMLElement} ring @param {(x: number, y: number) => void} moveBy @param {() => void} take
 * @returns {() => void} to stop
 */
function movedByKeys(ring, moveBy, take) {
  let timer = 0;
  const stop = listen(ring, {
    keydown(event) {
      const by = KEYS.get(event.key);
      if (by === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      moveBy(...by);
      clearTimeout(timer);
      timer = setTimeout(take, REST);
    },
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** What the picture stands in, outside of this component's own tree. @param {HTMLElement} host */
function pictureOf(host) {
  const root = host.getRootNode();
  return (root instanceof ShadowRoot ? root.host : host).closest(PICTURE);
}

/** Plotly draws its picture anew, and makes it as wide as there is room. @param {Element|null} picture @param {() => void} draw */
function whenDrawn(picture, draw) {
  if (picture === null) return () => {};
  const [changes, sizes] = [new MutationObserver(draw), new ResizeObserver(draw)];
  changes.observe(picture, { childList: true, subtree: true });
  sizes.observe(picture);
  return () => {
    changes.disconnect();
    sizes.disconnect();
  };
}

/** @param {Start} start @param {[number, number]} place */
function isAt({ across, up }, [x, y]) {
  return Math.abs(across.at - x) < STEP / 2 && Math.abs(up.at - y) < STEP / 2;
}

/** @param {Place} place */
const lengthOf = ({ low, high }) => high - low;
/** @param {Place} place */
const shareOf = (place) => (place.at - place.low) / lengthOf(place);

/** To the hundredth, as the controls beside it have it. @param {Place} place @param {number} value */
function within({ low, high }, value) {
  return Math.round(100 * Math.min(Math.max(value, low), high)) / 100;
}

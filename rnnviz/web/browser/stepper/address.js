/**
 * The page's address says what is looked at: it is written as that changes, and read when a link or
 * the browser's Back and Forward lead to it. What is chosen or changed is a new entry of the
 * browser's history; time steps only rewrite the last, so that a way back does not lead through each.
 */

import { enter } from "../drawing/address.js";
import { UNTOUCHED } from "./changes.js";
import { NOTHING, read, write } from "./link.js";
import { missing } from "./link_words.js";
import { roomOf } from "./room.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Topic} Topic */
/** @typedef {ReturnType<typeof import("./mount.js").mount>} Shown */

const KEY = "#view=";
const SOON = 400; // milliseconds: browsers let a page write its address only a few times a second
/** @type {Topic[]} */
const CHOICES = ["unit", "layer", "item", "level", "shown"];

/** What the address says; "" where it says nothing of a view. */
export function inAddress() {
  const { hash } = globalThis.location;
  return hash.startsWith(KEY) ? decoded(hash.slice(KEY.length)) : "";
}

/**
 * Keep the address true to what is shown.
 * @param {Shown} shown
 */
export function keepInAddress(shown) {
  let last = shown.state;
  let timer = 0;
  let isDue = false; // an entry of the history is
  let isArriving = false;

  const textOf = (/** @type {State} */ state) => write(state, shown.first(state.layer));
  /** @param {State} state @param {import("../drawing/address.js").Change} change */
  function put(state, change) {
    clearTimeout(timer);
    timer = 0;
    const text = textOf(state);
    if (text === inAddress()) return;
    enter(globalThis.location.search + (text && KEY + text), change);
  }
  function later() {
    if (timer === 0) timer = setTimeout(() => put(shown.state, "place"), SOON);
  }
  /** Several changes at once are one choice. @param {State} before */
  function choose(before) {
    if (isDue) return;
    if (timer !== 0) put(before, "place");
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      put(shown.state, "choice");
    });
  }
  /** @param {ReadonlySet<Topic>} changed */
  function follow(changed) {
    const before = last;
    last = shown.state;
    if (isArriving) return;
    if (isChoice(changed, before, last)) choose(before);
    else later();
  }
  /** Back, Forward or another link led here; from one that was cut short nothing is taken. */
  function arrive() {
    const { view, ...faults } = read(inAddress() || NOTHING, shown.room());
    isArriving = true;
    shown.lookAt(faults.isCut ? null : view, missing(faults));
    isArriving = false;
  }
  function repair() {
    if (inAddress() === "") later();
  }
  window.addEventListener("popstate", arrive);
  const stops = [
    shown.subscribe(follow),
    () => window.removeEventListener("popstate", arrive),
    whenRewritten(repair),
  ];
  later();
  return {
    /** What the address was told, or is about to be. */
    text: () => textOf(shown.state),
    stop() {
      for (const stop of stops) stop();
      clearTimeout(timer);
    },
  };
}

/**
 * Where a link leads, for `mount`, and what is to be said of it.
 * @param {import("../maths/payload.js").Payload<import("./header.js").StepHeader>} payload
 * @param {string} text
 * @returns {Partial<State>}
 */
export function linked(payload, text) {
  const { view, ...faults } = read(text, roomOf(payload));
  const { changes, ...sight } = view;
  const history = changes.length > 0 ? { past: [[]], present: changes, future: [] } : UNTOUCHED;
  return { ...sight, history, notice: missing(faults) };
}

/** @param {ReadonlySet<Topic>} changed @param {State} before @param {State} now */
function isChoice(changed, before, now) {
  if (CHOICES.some((key) => changed.has(key))) return true;
  const [a, b] = [before.explained, now.explained];
  if (a?.name !== b?.name || a?.unit !== b?.unit) return true;
  return before.history.past.length !== now.history.past.length;
}

/**
 * Streamlit writes the address too, where a setting is changed or a guess made, and takes off what
 * is not its own.
 * @param {() => void} listener @returns {() => void} to stop
 */
function whenRewritten(listener) {
  /** @type {EventTarget|undefined} */
  const navigation = Reflect.get(globalThis, "navigation");
  const hear = (/** @type {Event} */ event) => {
    if (Reflect.get(event, "navigationType") !== "traverse") listener();
  };
  navigation?.addEventListener("currententrychange", hear);
  return () => navigation?.removeEventListener("currententrychange", hear);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // cut within a letter
  }
}

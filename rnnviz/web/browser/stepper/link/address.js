/**
 * The page's address says what is looked at: it is written as that changes, and read when a link or
 * the browser's Back and Forward lead to it. What is chosen or changed is a new entry of the
 * browser's history; time steps only rewrite the last, so that a way back does not lead through each.
 */

import { followAddress } from "../../drawing/address_keeper.js";
import { plainView, viewLink } from "../../drawing/view_link.js";
import { UNTOUCHED, keyOf, put } from "../changes/changes.js";
import { NOTHING, read, write } from "./link.js";
import { missing } from "./link_words.js";
import { roomOf } from "./room.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Topic} Topic */
/** @typedef {ReturnType<typeof import("../mount.js").mount>} Shown */

const SOON = 400; // milliseconds: browsers let a page write its address only a few times a second
const PRESSES = ["pointerdown", "focusin", "click"];
/** @type {Topic[]} */
const CHOICES = ["unit", "layer", "item", "level", "shown", "weights", "figures"];

/**
 * Keep the address true to what is shown.
 * @param {Shown} shown @param {boolean} isLed  whether the address led here, and not the other way
 */
export function keepInAddress(shown, isLed) {
  let last = shown.state;
  let timer = 0;
  let isDue = false; // an entry of the history is
  /** @type {"none"|"under way"|"last"} */
  let arrival = "none"; // last: nothing has been changed here since
  const link = viewLink();

  const textOf = (/** @type {State} */ state) => write(state, shown.first(state.layer));
  /** @param {State} state @param {import("../../drawing/address.js").Change} change */
  function say(state, change) {
    clearTimeout(timer);
    timer = 0;
    link.write(textOf(state), change);
  }
  function later() {
    timer ||= setTimeout(() => say(shown.state, "place"), SOON);
  }
  /** Before something else is pressed, which may begin a new entry of the history. */
  const now = () => timer !== 0 && say(shown.state, "place");
  /** Several changes at once are one choice. @param {State} before */
  function choose(before) {
    if (isDue) return;
    if (timer !== 0) say(before, "place");
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      say(shown.state, "choice");
    });
  }
  /** @param {ReadonlySet<Topic>} changed */
  function follow(changed) {
    const before = last;
    last = shown.state;
    if (arrival === "under way") return;
    arrival = "none";
    if (isChoice(changed, before, last)) choose(before);
    else later();
  }
  /** @param {string} text */
  function lookAt(text) {
    arrival = "under way";
    arrive(shown, text);
    arrival = text === "" ? "none" : "last";
  }
  function repair() {
    arrival = "none";
    if (link.text() === "") later();
  }
  const end = new AbortController();
  const { signal } = end;
  for (const event of PRESSES) window.addEventListener(event, now, { capture: true, signal });
  const unfollow = followAddress({ moved: () => link.read(lookAt), rewritten: repair });
  const stops = [shown.subscribe(follow), unfollow, link.stop, () => end.abort()];
  if (isLed && link.text() === null) link.read(lookAt);
  else later();
  return {
    /** What a link to this says. */
    text: () => textOf(shown.state),
    /** Whether the address says something else, or led here: to what is shown next, too. */
    isLed: () => arrival === "last" || link.text() !== textOf(shown.state),
    stop() {
      for (const stop of stops) stop();
      clearTimeout(timer);
    },
  };
}

/**
 * From a link that was cut short nothing is taken; what cannot be at the number that it says stays as
 * it is.
 * @param {Shown} shown @param {string} text
 */
function arrive(shown, text) {
  const { view, ...faults } = read(text || NOTHING, shown.room());
  const kept = shown.state.history.present.filter((change) => isRefused(change, faults));
  const changes = view.changes.reduce(put, kept);
  shown.lookAt(faults.isCut ? null : { ...view, changes }, missing(faults, shown.header));
}

/** @param {import("../changes/changes.js").Change} change @param {import("./link.js").Faults} faults */
function isRefused(change, { refused }) {
  const key = keyOf(change);
  return refused.some((one) => {
    if (!("array" in one)) return one.key === key;
    const { array, index } = one;
    if (change.kind === "parameter") return array === change.array;
    return change.kind === "weight" && array === change.array && index === change.index;
  });
}

/**
 * Where a link leads; null where the address says nothing, or not at once.
 * @param {import("../../maths/payload.js").Payload<import("../header.js").StepHeader>} payload
 */
export function ledTo(payload) {
  const text = plainView();
  return text === "" ? null : linked(payload, text);
}

/**
 * Where a link leads, for `mount`, and what is to be said of it.
 * @param {import("../../maths/payload.js").Payload<import("../header.js").StepHeader>} payload
 * @param {string} text
 * @returns {Partial<State>}
 */
export function linked(payload, text) {
  const { view, ...faults } = read(text, roomOf(payload));
  const { changes, ...sight } = view;
  const history = changes.length > 0 ? { past: [[]], present: changes, future: [] } : UNTOUCHED;
  return { ...sight, history, notice: missing(faults, payload.header) };
}

/** @param {ReadonlySet<Topic>} changed @param {State} before @param {State} now */
function isChoice(changed, before, now) {
  if (CHOICES.some((key) => changed.has(key))) return true;
  const [a, b] = [before.explained, now.explained];
  if (a?.name !== b?.name || a?.unit !== b?.unit) return true;
  return before.history.past.length !== now.history.past.length;
}

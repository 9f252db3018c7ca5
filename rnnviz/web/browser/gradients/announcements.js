/** What a visitor does on the Gradients page, announced. */

import { announce } from "../drawing/announcing.js";
import { whereOf } from "./looking.js";

/** @typedef {import("./context.js").State} State */
/** @typedef {import("./header.js").Knobs} Knobs */

/**
 * @param {HTMLElement} node  of the page
 * @param {import("../drawing/store.js").Store<State>} store
 * @param {import("./header.js").SetupHeader["address"]} address
 */
export function announcePage(node, store, address) {
  /** @type {Knobs|null} */
  let before = null; // the knobs, as they were before they were turned
  let isSilent = false;
  let { look } = whereOf(store.state);
  const destroy = store.subscribe((changed) => {
    const { state } = store;
    const [known, now] = [Object.entries(look), whereOf(state).look];
    look = now;
    if (isSilent || changed.has("knobs")) return; // what hangs on knobs is kept in their range
    const of = state.knobs.length;
    const t = state.step + 1;
    if (changed.has("step")) announce(node, "step", { t, of, last: t === of });
    for (const [name, value] of known) {
      const is = Reflect.get(now, name);
      if (is === value || name === "at" || name === "guess") continue;
      announce(node, "choice", { name: address[name][0], value: is ?? address[name][1] ?? "" });
    }
  });
  return {
    /** Called before a knob is turned. */
    turn() {
      before ??= store.state.knobs;
    },
    /** Called when knobs rest. */
    rest() {
      if (before !== null) announceKnobs(node, before, store.state.knobs);
      before = null;
    },
    /** What a link changes, the visitor has not done. @param {() => void} change */
    silently(change) {
      isSilent = true;
      change();
      isSilent = false;
      before = null;
    },
    destroy,
  };
}

/** @param {HTMLElement} node @param {Knobs} before @param {Knobs} now */
function announceKnobs(node, { cells: shown, ...before }, { cells, ...now }) {
  for (const [name, value] of Object.entries(now))
    if (value !== Reflect.get(before, name)) announce(node, "knob", { name, value });
  for (const name of new Set([...shown, ...cells]))
    if (shown.includes(name) !== cells.includes(name))
      announce(node, "cell", { name, shown: cells.includes(name) });
}

/** What a visitor does on the Shapes page, announced. */

import { announce } from "../drawing/announcing.js";
import { touches } from "../drawing/dom.js";
import { isSameNumber } from "./net.js";

/** @typedef {import("./context.js").State} State */
/** @typedef {import("./header.js").CallHeader} CallHeader */

/**
 * What is looked at, and in which tensors it is marked.
 * @param {HTMLElement} node @param {import("./context.js").Changed} changed @param {State} state
 */
export function announceLook(node, changed, { net, output, state, lit }) {
  if (touches(changed, "header", "mount")) return; // what is looked at is kept within the tensors
  const [step, , unit] = output;
  const same = isSameNumber(net, output, state);
  if (touches(changed, "output", "state"))
    announce(node, "entries", { step, unit, row: state[0], same });
  if (changed.has("lit")) announce(node, "choice", { name: "marked", value: lit.join(";") });
}

/**
 * The settings that are others now.
 * @param {HTMLElement} node @param {CallHeader} before @param {CallHeader} now
 */
export function announceSettings(node, before, now) {
  for (const [name, { value }] of Object.entries(now.settings))
    if (before.settings[name]?.value !== value) announce(node, "knob", { name, value });
}

/**
 * Something that was folded.
 * @param {HTMLDetailsElement} node @param {string} name
 */
export function opened(node, name) {
  if (node.open) announce(node, "opened", { name });
}

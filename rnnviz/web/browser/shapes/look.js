/**
 * What is looked at, as the address says it: which entries, which names are lit. The browser writes
 * it; the settings are the server's to write. No DOM.
 */

import { outputWithin, stateWithin } from "./net.js";

export const KEY = "look";
const FORM = /^(\d{1,3})-(\d{1,3})-(\d{1,5})_(\d{1,3})-(\d{1,3})-(\d{1,5})_(o?)(h?)(c?)$/;
/** @type {Array<import("./context.js").Given>} */
const NAMES = ["output", "h_n", "c_n"];

/**
 * @typedef {import("./net.js").Net} Net
 * @typedef {Pick<import("./context.js").State, "output"|"state"|"lit">} Look
 */

/** Where one begins: the last real number of the sequence in front, as both have it. @param {Net} net @returns {Look} */
export function atFirst(net) {
  const shortest = Math.min(...net.lengths);
  const item = net.lengths.lastIndexOf(shortest);
  const row = (net.layers - 1) * net.directions;
  const last = (net.isPacked ? shortest : net.length) - 1;
  const unit = Math.min(7, net.out - 1);
  return { output: [last, item, unit], state: [row, item, unit], lit: ["output", "h_n"] };
}

/** @param {Look} look */
export function written({ output, state, lit }) {
  const names = NAMES.filter((name) => lit.includes(name)).map((name) => name[0]);
  return [output.join("-"), state.join("-"), names.join("")].join("_");
}

/** What an address says; null: nothing that is understood. @param {Net} net @param {string} text @returns {Look|null} */
export function read(net, text) {
  const found = FORM.exec(text);
  if (!found) return null;
  const [a, b, c, d, e, f] = found.slice(1, 7).map(Number);
  const letters = found.slice(7).join("");
  return {
    output: outputWithin(net, [a, b, c]),
    state: stateWithin(net, [d, e, f]),
    lit: NAMES.filter((name) => letters.includes(name[0])),
  };
}

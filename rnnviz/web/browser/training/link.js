/**
 * What the address says of the view: how far the runs are, what is looked at, what was guessed. The
 * choices of the runs are the server's to write; what is read is in rnnviz/web/training/link.py.
 */

import { enterAddress, readAddress } from "../drawing/address.js";

/** @typedef {import("./looking.js").View} View */

const KEYS = ["made", "at", "first", "last", "unseen", "guess"];

/**
 * By key; what is not there is not said. While runs go on it is not said how far they are.
 * @param {Pick<View, "header"|"at"|"zoom"|"unseen">} view
 * @returns {Record<string, string>}
 */
export function linkOf({ header: { runs, playing, guess }, at, zoom, unseen }) {
  const made = playing ? 0 : Math.max(...runs.map(({ update }) => update));
  /** @type {Record<string, string>} */
  const found = {};
  if (made > 0) found.made = String(made);
  if (at !== null) found.at = String(at);
  if (zoom) [found.first, found.last] = zoom.map((one) => String(Math.round(one)));
  if (unseen !== "") found.unseen = unseen;
  if (guess !== null) found.guess = String(guess);
  return found;
}

/**
 * A query that says this of the view, and all else as before.
 * @param {string} query @param {Record<string, string>} said
 */
export function withView(query, said) {
  const next = new URLSearchParams(query);
  for (const key of KEYS) next.delete(key);
  for (const [key, text] of Object.entries(said)) next.set(key, text);
  return next.toString();
}

/**
 * Keeps the address up to date, in place: Back leads to other choices, not to other views of these.
 * @param {() => boolean} isHeld  whether the visitor is on the way to another page
 */
export function addressBar(isHeld) {
  const page = location.pathname;
  return {
    /** @param {View} view */
    show(view) {
      if (isHeld() || location.pathname !== page) return;
      const now = readAddress();
      const query = withView(now.query, linkOf(view));
      if (query !== now.query) enterAddress({ ...now, query }, "place");
    },
  };
}

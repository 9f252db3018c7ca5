/**
 * Pages announce what a visitor has just done, for whoever listens on the window: the course does.
 * The words, and the values that each carries, stand in rnnviz/course/announcements.py.
 *
 * @typedef {Record<string, string|number|boolean>} Values
 * @typedef {Values & {what: string}} Announcement
 */

export const SEEN = "rnnviz-seen";

/**
 * @param {EventTarget} node  of the page, from which it rises to the window
 * @param {string} what  the word @param {Values} values
 */
export function announce(node, what, values) {
  const detail = { what, ...values };
  node.dispatchEvent(new CustomEvent(SEEN, { bubbles: true, composed: true, detail }));
}

/** Hear what pages announce. @param {(seen: Announcement) => void} hear @returns {() => void} to stop */
export function hearing(hear) {
  const end = new AbortController();
  const listen = (/** @type {Event} */ event) =>
    event instanceof CustomEvent && hear(/** @type {Announcement} */ (event.detail));
  globalThis.addEventListener(SEEN, listen, { signal: end.signal });
  return () => end.abort();
}

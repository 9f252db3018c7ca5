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

const ATTEND = "rnnviz-attend";

/** Have the page take the keys, which nothing has now; whether one of its parts did. */
export function attend() {
  return !globalThis.dispatchEvent(new Event(ATTEND, { cancelable: true }));
}

/** Called when the keys are to be taken. @param {() => void} take @returns {() => void} to stop */
export function whenAttended(take) {
  const end = new AbortController();
  /** @param {Event} event */
  function listen(event) {
    event.preventDefault();
    take();
  }
  globalThis.addEventListener(ATTEND, listen, { signal: end.signal });
  return () => end.abort();
}

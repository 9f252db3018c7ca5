/**
 * The page's address is kept true to what is looked at, though others write it too: Back and
 * Forward lead elsewhere, and Streamlit takes off what is not its own where a setting is changed or
 * a guess made.
 */

/** @typedef {import("./address.js").Change} Change */

const REST = 300; // milliseconds: browsers let a page write its address only a few times a second

/**
 * Hear what others do to the address, for as long as it is this page's.
 * @param {object} hear
 * @param {() => void} hear.moved  Back or Forward led elsewhere
 * @param {() => void} [hear.rewritten]  it was written anew, by the page itself too
 * @returns {() => void} to stop
 */
export function followAddress({ moved, rewritten = () => {} }) {
  const { pathname } = globalThis.location;
  const end = new AbortController();
  const { signal } = end;
  globalThis.addEventListener("popstate", moved, { signal });
  /** @type {EventTarget|undefined} */
  const navigation = Reflect.get(globalThis, "navigation");
  const hear = (/** @type {Event} */ event) => {
    const isHere = globalThis.location.pathname === pathname;
    if (isHere && Reflect.get(event, "navigationType") !== "traverse") rewritten();
  };
  navigation?.addEventListener("currententrychange", hear, { signal });
  return () => end.abort();
}

/**
 * Write an address once what it says rests; several changes are one, a choice if one of them is.
 * @param {(change: Change) => void} write
 */
export function resting(write) {
  let timer = 0;
  /** @type {Change} */
  let pending = "place";

  function cancel() {
    clearTimeout(timer);
    timer = 0;
    pending = "place";
  }
  function put() {
    const change = pending;
    cancel();
    write(change);
  }
  /** @param {Change} change */
  function rest(change) {
    if (change === "choice") pending = change;
    clearTimeout(timer);
    timer = setTimeout(put, REST);
  }
  return {
    rest,
    now: put,
    /** Unless it is about to be written anyway. */
    again: () => timer === 0 && rest("place"),
    /** What was about to be written belongs to a place that was left. */
    cancel,
  };
}

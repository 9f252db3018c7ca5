/** The page's address says what is looked at, as soon as it rests. */

import { writeAddress } from "../drawing/address.js";
import { touches } from "../drawing/dom.js";
import { KEY } from "./look.js";

const REST = 300; // milliseconds

/** @param {() => string} now */
export function lookKeeper(now) {
  let timer = 0;
  /** @type {import("../drawing/address.js").Change} */
  let change = "place";

  function write() {
    writeAddress([KEY], new Map([[KEY, now()]]), change);
    change = "place";
  }
  const stop = () => clearTimeout(timer);
  // Back or Forward: what was about to be written belongs to the place that was left.
  const end = new AbortController();
  globalThis.addEventListener("popstate", stop, { signal: end.signal });
  return {
    /** @param {import("./context.js").Changed} changed */
    follow(changed) {
      if (changed.has("header") || !touches(changed, "output", "state", "lit")) return;
      if (changed.has("lit")) change = "choice";
      clearTimeout(timer);
      timer = setTimeout(write, REST);
    },
    destroy() {
      stop();
      end.abort();
    },
  };
}

/** The address of the page says what is looked at, so that it is a link to this view. */

import { writeAddress } from "../drawing/address.js";
import { touches } from "../drawing/dom.js";
import { textsOf } from "./looking.js";

const REST = 300; // ms without a change
const ANSWERED = 1500; // ms after which the server has written what it was sent

/**
 * @typedef {import("./context.js").Changed} Changed
 * @typedef {import("./context.js").Change} Change
 * @typedef {{header: import("./header.js").SetupHeader, where: import("./looking.js").Where}} Now
 */

/** Each is a choice that Back undoes. @type {Change[]} */
const CHOICES = [
  "cell",
  "state",
  "local",
  "bound",
  "unit",
  "cut",
  "spectrum",
  "spectrumOf",
  "matrix",
  "zoom",
  "guess",
];

/** @param {() => Now} now */
export function addressKeeper(now) {
  let timer = 0,
    later = 0;
  /** @type {import("../drawing/address.js").Change} */
  let pending = "place";

  function write() {
    const { header, where } = now();
    if (header.isFile) return;
    const keys = Object.values(header.address).map(([key]) => key);
    writeAddress(keys, textsOf(where, header.address), pending);
    pending = "place";
  }
  function stop() {
    clearTimeout(timer);
    clearTimeout(later);
    pending = "place";
  }
  // Back or Forward: what was about to be written belongs to the place that was left.
  const end = new AbortController();
  globalThis.addEventListener("popstate", stop, { signal: end.signal });
  return {
    /** @param {Changed} changed */
    follow(changed) {
      if (changed.has("knobs") || !touches(changed, "step", ...CHOICES)) return; // knobs: the server
      if (touches(changed, ...CHOICES)) pending = "choice";
      clearTimeout(timer);
      timer = setTimeout(write, REST);
    },
    /** The server may write what it was sent a while ago. */
    lookAgain() {
      clearTimeout(later);
      later = setTimeout(write, ANSWERED);
    },
    destroy() {
      stop();
      end.abort();
    },
  };
}

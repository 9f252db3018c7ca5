/** The address of the page says what is looked at, so that it is a link to this view. */

import { writeAddress } from "../drawing/address.js";
import { followAddress, resting } from "../drawing/address_keeper.js";
import { touches } from "../drawing/dom.js";
import { textsOf } from "./looking.js";

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
  let later = 0;
  const address = resting(write);

  /** @param {import("../drawing/address.js").Change} change */
  function write(change) {
    const { header, where } = now();
    if (header.isFile) return;
    const keys = Object.values(header.address).map(([key]) => key);
    writeAddress(keys, textsOf(where, header.address), change);
  }
  function cancel() {
    address.cancel();
    clearTimeout(later);
  }
  const stop = followAddress({ moved: cancel });
  return {
    /** @param {Changed} changed */
    follow(changed) {
      if (changed.has("knobs") || !touches(changed, "step", ...CHOICES)) return; // knobs: the server
      address.rest(touches(changed, ...CHOICES) ? "choice" : "place");
    },
    /** The server may write what it was sent a while ago. */
    lookAgain() {
      clearTimeout(later);
      later = setTimeout(address.now, ANSWERED);
    },
    destroy() {
      cancel();
      stop();
    },
  };
}

/** The page's address says what is looked at, as soon as it rests. */

import { writeAddress } from "../drawing/address.js";
import { followAddress, resting } from "../drawing/address_keeper.js";
import { touches } from "../drawing/dom.js";
import { KEY } from "./look.js";

/** @param {() => string} now */
export function lookKeeper(now) {
  const address = resting((change) => writeAddress([KEY], new Map([[KEY, now()]]), change));
  const stop = followAddress({ moved: address.cancel });
  return {
    /** @param {import("./context.js").Changed} changed */
    follow(changed) {
      if (changed.has("header") || !touches(changed, "output", "state", "lit")) return;
      address.rest(changed.has("lit") ? "choice" : "place");
    },
    destroy() {
      address.cancel();
      stop();
    },
  };
}

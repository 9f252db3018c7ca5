/** The colours' scale with its ends, and in words the token that is pointed at or chosen. */

import { element, touches, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { tokenSays } from "./words.js";

/** @param {import("./context.js").Context} context @returns {import("./context.js").View} */
export function legendView({ store, look, ramp }) {
  const [low, bar, high] = [element("span"), element("span", { class: "bar" }), element("span")];
  const says = element("p", { class: "says", "aria-live": "polite", "data-testid": "token" });
  const scale = element("div", { class: "scale", "aria-hidden": "true" }, low, bar, high);
  return {
    element: element("div", { class: "legend" }, scale, says),
    update(changed) {
      const found = look();
      const { payload, pointed, place } = store.state;
      write(says, tokenSays(payload.header, found, pointed ?? place));
      if (!touches(changed, "payload", "source", "unit", "theme")) return;
      bar.style.background = `linear-gradient(to right, ${every(16, ramp().css).join(", ")})`;
      write(low, short(found.low));
      write(high, short(found.high));
    },
  };
}

/** @param {number} step @param {string[]} colours */
const every = (step, colours) => colours.filter((_colour, k) => k % step === step - 1 || k === 0);

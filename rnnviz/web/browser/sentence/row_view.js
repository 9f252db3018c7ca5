/** The tokens one after the other, each on its colour; arrows go from one to the next. */

import { level, luminance } from "../drawing/colours.js";
import { assign, element, listen, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { nameOf, tokenSays } from "./words.js";

/** From here on up black stands out from a colour as much as white does, or more (WCAG). */
const EVEN = Math.sqrt(1.05 * 0.05) - 0.05;

/** Where a key goes, of this many places. @type {Record<string, (at: number, last: number) => number>} */
const WAYS = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_at, last) => last,
};

/** @param {import("./context.js").Context} context @returns {import("./context.js").View} */
export function rowView({ store, look, ramp }) {
  const row = element("div", { class: "tokens", role: "group", "data-verbatim": true });
  /** @type {HTMLButtonElement[]} */
  let tokens = [];

  function build() {
    tokens = store.state.payload.header.tokens.map((token, place) =>
      element(
        "button",
        {
          type: "button",
          class: "token",
          on: {
            click: () => store.set({ place }),
            pointerenter: () => store.set({ pointed: place }),
            pointerleave: () => store.set({ pointed: null }),
            focus: () => store.set({ place, pointed: null }),
          },
        },
        token,
      ),
    );
    row.replaceChildren(...tokens);
    row.classList.toggle("words", store.state.payload.header.by === "words");
  }
  function colour() {
    const { payload, source } = store.state;
    const found = look();
    const { css: colours } = ramp();
    assign(row, "aria-label", _("The text by {what}", { what: nameOf(source) }));
    tokens.forEach((token, place) => {
      const at = level(found.numbers[place], found.low, found.high);
      token.style.setProperty("--on", at < 0 ? "transparent" : colours[at]);
      token.style.setProperty("--ink-on", at < 0 ? "inherit" : readableOn(colours[at]));
      assign(token, "aria-label", tokenSays(payload.header, found, place));
      assign(token, "data-value", found.numbers[place]);
    });
  }
  function mark() {
    tokens.forEach((token, place) => {
      const isChosen = place === store.state.place;
      assign(token, "aria-pressed", String(isChosen));
      token.tabIndex = isChosen ? 0 : -1;
    });
  }
  listen(row, {
    keydown(event) {
      const way = WAYS[event.key];
      if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
      const last = tokens.length - 1;
      const to = way(store.state.place, last);
      event.preventDefault();
      event.stopPropagation();
      tokens[Math.min(Math.max(to, 0), last)].focus();
    },
  });
  return {
    element: row,
    update(changed) {
      if (touches(changed, "payload")) build();
      if (touches(changed, "payload", "source", "unit", "theme")) colour();
      if (touches(changed, "payload", "place")) mark();
    },
  };
}

/** Black or white, whichever stands out from a colour. @param {string} colour  "rgb(1,2,3)" */
function readableOn(colour) {
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
  return luminance([red, green, blue]) > EVEN ? "#000" : "#fff";
}

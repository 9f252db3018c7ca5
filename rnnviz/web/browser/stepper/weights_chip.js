/** What the visitor changed of the weights, as one chip: it opens their table. */

import { assign, button, element, write } from "../drawing/dom.js";
import { _, ngettext } from "../drawing/texts.js";
import { describe } from "./change_words.js";
import { isOfWeights } from "./changes.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./changes.js").Change} Change */

/** @param {Context} context */
export function weightsChip(context) {
  const { store, controller, header } = context;
  const weights = () => store.state.history.present.filter(isOfWeights);
  function turn() {
    const arrays = new Set(weights().map((change) => ("array" in change ? change.array : "")));
    const [first = null] = arrays;
    const isOpen = store.state.weights !== null;
    controller.openWeights(isOpen ? null : arrays.size === 1 ? first : "all");
  }
  const text = element("button", { type: "button", on: { click: turn } });
  const release = button(
    _("release these weights"),
    "×",
    () => controller.releaseThose(isOfWeights),
    { class: "small" },
  );
  const chip = element("span", { class: "chip", "data-testid": "weights-chip" }, text, release);
  return {
    element: chip,
    show() {
      const mine = weights();
      chip.hidden = mine.length === 0;
      release.hidden = header.weights.typed; // they are what the network is
      if (mine.length === 0) return;
      write(
        text,
        mine.length === 1
          ? describe(context, mine[0])
          : _("weights: {count}", { count: countOf(mine) }),
      );
      assign(text, "aria-expanded", String(store.state.weights !== null));
    },
  };
}

/** How many numbers. @param {Change[]} changes */
function countOf(changes) {
  const count = changes.reduce((sum, one) => sum + ("values" in one ? one.values.length : 1), 0);
  return ngettext("{count} number", "{count} numbers", count);
}

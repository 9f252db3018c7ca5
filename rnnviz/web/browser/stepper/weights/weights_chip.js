/** What the visitor changed of the weights, as one chip: it opens their table. */

import { assign, button, element, write } from "../../drawing/dom.js";
import { _, ngettext } from "../../drawing/texts.js";
import { isOfWeights } from "../changes/changes.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../changes/changes.js").Change} Change */

/** @param {Context} context */
export function weightsChip({ store, controller, header }) {
  function turn() {
    const arrays = new Set(together(store.state.history.present).map((one) => one.array));
    const [first = null] = arrays;
    const isOpen = store.state.weights !== null;
    controller.openWeights(isOpen ? null : arrays.size === 1 ? first : "all");
  }
  const text = element("button", { type: "button", on: { click: turn } });
  const letGo = () => controller.releaseThose(isOfWeights);
  const release = button(_("release these weights"), "×", letGo, { class: "small" });
  release.hidden = header.weights.typed; // they are what the network is
  return {
    element: element("span", { class: "chip", "data-testid": "weights-chip" }, text, release),
    /** Gives those that it is about. @param {readonly Change[]} changes @returns {readonly Change[]} */
    show(changes) {
      const mine = together(changes);
      write(text, _("weights: {count}", { count: countOf(mine) }));
      assign(text, "aria-expanded", String(store.state.weights !== null));
      return mine;
    },
  };
}

/** A single weight has a chip of its own. @param {readonly Change[]} changes */
function together(changes) {
  const weights = changes.filter((one) => one.kind === "weight" || one.kind === "parameter");
  return weights.length === 1 && weights[0].kind === "weight" ? [] : weights;
}

/** How many numbers. @param {readonly Change[]} changes */
function countOf(changes) {
  const count = changes.reduce((sum, one) => sum + ("values" in one ? one.values.length : 1), 0);
  return ngettext("{count} number", "{count} numbers", count);
}

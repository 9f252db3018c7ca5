/** What is held, by a link: each whole, with a way to release it; while nothing is, nothing is there. */

import { button, element, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { describe } from "../stepper/changes/change_words.js";
import { keyOf } from "../stepper/changes/changes.js";

/** @typedef {import("../stepper/context.js").Context} Context */

/** @param {Context["store"]} store */
export const holdsOf = (store) =>
  store.state.history.present.filter((change) => change.kind === "hold");

/** Those in force at a step. @param {Context["store"]} store @param {number} step */
export const holdsAt = (store, step) =>
  holdsOf(store).filter(({ from, to }) => from <= step && step < to);

/** @param {Context} context @returns {import("../stepper/views.js").View} */
export function heldView(context) {
  const { store, controller } = context;
  const chips = element("div", { class: "chips" });
  const node = element(
    "div",
    { class: "held-here", role: "group", "aria-label": _("what is held"), "data-testid": "held" },
    element("b", {}, _("Held, whatever the weights say:")),
    chips,
  );
  return {
    element: node,
    update(changed) {
      if (!touches(changed, "history", "mount")) return;
      const holds = holdsOf(store);
      node.hidden = holds.length === 0;
      chips.replaceChildren(
        ...holds.map((hold) => {
          const text = describe(context, hold);
          const release = () => controller.release(keyOf(hold));
          const name = _("release: {what}", { what: text });
          return element(
            "span",
            { class: "held-chip" },
            text,
            button(name, "×", release, { class: "small" }),
          );
        }),
      );
    },
    destroy() {},
  };
}

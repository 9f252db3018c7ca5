/** Back and forth through what was changed, all the way back, and to weights at random. */

import { assign, button, element, touches, write } from "../drawing/dom.js";
import { _, ngettext } from "../drawing/texts.js";
import { drawn } from "../stepper/weights/weights.js";
import { seedButton } from "../weights/seed_button.js";

/** @param {import("../stepper/context.js").Context} context @returns {import("../stepper/views.js").View} */
export function historyBar({ store, controller, header }) {
  const text = { class: "text" };
  const back = button(_("undo (Ctrl+Z)"), _("↶ undo"), controller.undo, text);
  const forth = button(_("redo (Ctrl+Shift+Z)"), _("↷ redo"), controller.redo, text);
  const anew = button(
    _("take back everything that was changed"),
    _("as it began"),
    controller.releaseAll,
    text,
  );
  const random = seedButton((seed) => controller.setParameters(drawn(header, seed)), {
    class: "text",
  });
  const count = element("span", { class: "quiet", "data-testid": "changed" });
  return {
    element: element("div", { class: "history-bar" }, random, back, forth, anew, count),
    update(changed) {
      if (!touches(changed, "history", "mount")) return;
      const { past, present, future } = store.state.history;
      assign(back, "disabled", past.length === 0);
      assign(forth, "disabled", future.length === 0);
      assign(anew, "disabled", present.length === 0);
      const many = present.length;
      write(count, many === 0 ? "" : ngettext("{count} change", "{count} changes", many));
    },
    destroy: () => {},
  };
}

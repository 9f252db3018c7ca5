/** What is odd about what is shown, in sentences. */

import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { inMarkdown } from "./markdown.js";

export function notesView() {
  const root = element("div", { class: "notes", "data-testid": "notes" });
  return {
    element: root,
    /** @param {string[]} notes */
    show(notes) {
      const badge = () => element("b", { class: "badge" }, _("note"));
      const lines = notes.map((note) => element("p", {}, badge(), " ", ...inMarkdown(note)));
      root.replaceChildren(...lines);
      root.hidden = lines.length === 0;
    },
  };
}

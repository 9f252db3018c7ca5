/** What is wrong with the text: the sentence, the line it is in, and the way there. */

import { button, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @param {() => void} go  to the place in the text */
export function problemView(go) {
  const message = element("p", { role: "status", id: "problem", "data-testid": "problem" });
  const place = element("pre", { class: "place", "aria-hidden": "true" });
  const press = button(_("go to the place in the text"), _("go there"), go, { class: "small" });
  const rest = element("div", { class: "where", hidden: true }, place, press);
  return {
    element: element("div", { class: "problem" }, message, rest),
    /** @param {import("./written.js").Problem|null} problem */
    show(problem) {
      rest.hidden = problem === null;
      write(message, problem?.message ?? "");
      write(place, problem?.place ?? "");
    },
  };
}

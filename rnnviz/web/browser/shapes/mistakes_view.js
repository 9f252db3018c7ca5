/** Calls that fail, what PyTorch says to each in its own words, and what to do. */

import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { opened } from "./announcements.js";

/** @returns {import("./context.js").Section} */
export function mistakesView() {
  const list = element("div", { class: "mistakes-list" });
  const root = element(
    "section",
    { class: "mistakes", "data-testid": "mistakes" },
    element("h2", {}, _("When PyTorch refuses")),
    element(
      "p",
      { class: "soft" },
      _("Calls that do not fit this module: open one for PyTorch's words, and for what to do."),
    ),
    list,
  );
  return {
    element: root,
    show(header) {
      list.replaceChildren(...header.mistakes.map(mistakeNode));
    },
  };
}

/** @param {import("./header.js").MistakeSpec} mistake */
function mistakeNode({ key, code, error, words, advice }) {
  const node = element(
    "details",
    { class: "mistake", "data-mistake": key, on: { toggle: () => opened(node, key) } },
    element("summary", {}, element("code", {}, code)),
    words === ""
      ? element("p", { class: "error" }, _("No error, but not what was meant."))
      : element("p", { class: "code error", "data-verbatim": true }, `${error}: ${words}`),
    element("p", {}, advice),
  );
  return node;
}

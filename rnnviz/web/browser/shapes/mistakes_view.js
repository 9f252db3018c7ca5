/** Calls that fail, what PyTorch says to each in its own words, and what to do. */

import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

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
const mistakeNode = ({ code, error, words, advice }) =>
  element(
    "details",
    { class: "mistake" },
    element("summary", {}, element("code", {}, code)),
    words === ""
      ? element("p", { class: "error" }, _("No error, but not what was meant."))
      : element("p", { class: "code error", "data-verbatim": true }, `${error}: ${words}`),
    element("p", {}, advice),
  );

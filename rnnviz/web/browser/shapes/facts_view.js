/** What is true of this call, and what only seems so. */

import { element, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @param {import("./context.js").Context} context */
export function factsView({ store }) {
  const list = element("ul", { class: "facts-list" });
  const root = element("section", { class: "facts" }, element("h3", {}, _("True here?")), list);
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (!touches(changed, "header", "mount")) return;
      list.replaceChildren(...store.state.header.facts.map(factNode));
    },
  };
}

/** @param {import("./header.js").FactSpec} fact */
export function factNode({ code, holds, why }) {
  return element(
    "li",
    { class: "fact", "data-holds": String(holds) },
    element(
      "b",
      { class: "mark", role: "img", "aria-label": holds ? _("true") : _("not true") },
      holds ? "✓" : "✗",
    ),
    element("code", {}, code),
    element("small", {}, why),
  );
}

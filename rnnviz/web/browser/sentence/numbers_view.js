/** The colours' numbers, token by token, as a table. */

import { element, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { nameOf, numberOf } from "./words.js";

/** @param {import("./context.js").Context} context @returns {import("./context.js").View} */
export function numbersView({ store, look }) {
  const number = element("th", { scope: "col" });
  const head = element("tr", {}, element("th", { scope: "col" }, _("Token")), number);
  const body = element("tbody", { "data-verbatim": true });
  const table = element("table", {}, element("thead", {}, head), body);
  return {
    element: element("details", {}, element("summary", {}, _("The numbers as a table")), table),
    update(changed) {
      if (!touches(changed, "payload", "source", "unit")) return;
      const { payload, source } = store.state;
      const found = look();
      number.textContent = nameOf(source);
      body.replaceChildren(
        ...payload.header.tokens.map((token, place) => {
          const cells = [token, numberOf(found, place)];
          return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
        }),
      );
    },
  };
}

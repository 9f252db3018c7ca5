/** What comes back, by name: how it is drawn, its shape here and in symbols. A press marks its cells. */

import { element, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { createLit } from "./lit.js";

/** @typedef {import("./context.js").Given} Given */

/** @param {import("./context.js").Context} context */
export function namesView({ store }) {
  const lit = createLit(store);
  const root = element("section", { class: "given", "aria-label": _("what comes back") });

  function build() {
    lit.forget("given-row");
    const rows = store.state.header.tensors.filter(({ name }) => isGiven(name));
    root.replaceChildren(
      ...rows.map(({ name, shape, symbols }) =>
        lit.button(
          /** @type {Given} */ (name),
          "given-row",
          element("span", { class: "swatch" }),
          element("code", { class: "code name" }, name),
          element("code", { class: "code shape", "data-shape": name }, shape),
          element("code", { class: "code symbols" }, symbols),
        ),
      ),
    );
  }
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (touches(changed, "header", "mount")) build();
      if (touches(changed, "lit", "header", "mount")) lit.show();
    },
  };
}

/** @param {string} name */
const isGiven = (name) => name === "output" || name === "h_n" || name === "c_n";

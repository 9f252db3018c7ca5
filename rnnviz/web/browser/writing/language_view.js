/** What can be written, folded. */

import { element } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";

const RULES = [
  N_("Each line gives a name its value; h is what the cell gives."),
  N_("A name with _prev is that value at the step before: h_prev, c_prev."),
  N_(
    "x is the input. W, U and V, with or without a part as in W_f, are matrices; b and p vectors.",
  ),
  N_("A matrix stands before @ and a vector after it. Everything else is unit by unit."),
];

/** @param {import("../equations/language.js").Language} language */
export function languageView({ arity }) {
  const functions = Object.entries(arity).map(([name, count]) =>
    count === 1 ? `${name}(a)` : `${name}(a, b)`,
  );
  return element(
    "details",
    { class: "language" },
    element("summary", {}, _("What can be written")),
    element("ul", {}, ...RULES.map((rule) => element("li", {}, _(rule)))),
    element("code", { "data-verbatim": true }, `+  -  *  /  @  ${functions.join("  ")}`),
  );
}

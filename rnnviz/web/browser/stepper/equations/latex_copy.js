/** A button that copies a text, and says whether it could; where not, the text stands there. */

import { copied } from "../../drawing/clipboard.js";
import { button, element, write } from "../../drawing/dom.js";
import { N_, _ } from "../../drawing/texts.js";

const COPIED = N_("LaTeX copied.");
const REFUSED = N_("The browser lets no page copy here. The LaTeX stands below, selected.");

/** @param {() => string} latex  of the equations that are shown */
export function latexCopy(latex) {
  const told = element("span", { class: "soft", role: "status", "data-testid": "copied" });
  const text = element("textarea", {
    class: "latex",
    rows: 6,
    readonly: true,
    hidden: true,
    spellcheck: "false",
    "aria-label": _("the equations as LaTeX"),
  });
  const press = button(_("copy the equations as LaTeX"), _("copy LaTeX"), copy, { class: "small" });

  async function copy() {
    clear();
    const isCopied = await copied(latex());
    write(told, _(isCopied ? COPIED : REFUSED));
    text.hidden = isCopied;
    if (isCopied) return;
    text.value = latex();
    text.select();
  }
  /** For other equations: what was said of the last ones is no longer so. */
  function clear() {
    write(told, "");
    text.hidden = true;
  }
  return { button: press, element: element("div", { class: "copied" }, told, text), clear };
}

/** A button that copies a text, and says so where it stands. */

import { element, write } from "../drawing/dom.js";
import { copied } from "../drawing/clipboard.js";
import { _ } from "../drawing/texts.js";

/** @param {() => string} text @param {string} label  which text, for who does not see it */
export function copyButton(text, label) {
  const node = element(
    "button",
    {
      ...{ type: "button", class: "small copy", "aria-label": label },
      on: {
        async click() {
          write(node, (await copied(text())) ? _("copied") : _("cannot copy here"));
        },
        blur: () => write(node, _("copy")),
      },
    },
    _("copy"),
  );
  return node;
}

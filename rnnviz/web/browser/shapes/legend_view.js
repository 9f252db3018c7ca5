/** What is marked in the picture, and what that is, in words; in the same room whatever it is. */

import { element, touches } from "../drawing/dom.js";
import { term } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";

/** What the glossary calls it. @param {string} name */
const keyOf = (name) => name.replace("_", "-");

/** @param {import("./context.js").Context} context */
export function legendView({ store }) {
  const root = element("p", { class: "legend-words", role: "note" });

  function show() {
    const { header, lit, net } = store.state;
    const shown = header.tensors.filter(({ name }) => lit.some((one) => one === name));
    const sentences = shown.flatMap(({ name, contents }) => [
      term(element("b", { class: `key ${name}`, "data-verbatim": true }, name), keyOf(name)),
      ` ${contents} `,
    ]);
    const isBoth = lit.includes("output") && lit.includes("h_n");
    const both = isBoth ? [_("Framed and filled is both.")] : [];
    const padded = net.lengths.some((length) => length < net.outputLength);
    const signs = padded
      ? [" ", _("✓ The last real step of a sequence; ✗ what output[-1] reads instead.")]
      : [];
    root.replaceChildren(...sentences, ...both, ...signs);
  }
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (touches(changed, "header", "lit", "mount")) show();
    },
  };
}

/** A button that draws weights from a seed, and from the next one when it is pressed again. */

import { assign, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @param {(seed: number) => void} draw @param {Record<string, string>} [look] */
export function seedButton(draw, look = {}) {
  let next = 1;
  const node = element("button", { type: "button", ...look, on: { click: press } });
  function press() {
    draw(next);
    next += 1;
    show();
  }
  function show() {
    write(node, _("random: seed {seed}", { seed: next }));
    assign(node, "aria-label", _("draw all weights from seed {seed}", { seed: next }));
  }
  show();
  return node;
}

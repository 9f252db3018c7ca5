/** Which lines of the lesion table are shown: of single units or all, of which gate, held at what. */

import { menu, segmented } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @typedef {import("./context.js").Context} Context */

/**
 * @param {Context} context @param {import("./lesion_order.js").Order} order
 * @param {(part: Partial<import("./lesion_order.js").Order>) => void} choose
 */
export function lesionChoices({ header, store, words }, order, choose) {
  const { layer } = store.state;
  const { cell } = header.layers[layer];
  /** @type {Array<[import("./lesion_order.js").Order["of"], string]>} */
  const units = [
    ["units", _("single units")],
    ["whole", _("every unit at once")],
  ];
  const of = segmented(_("held at a time"), units, (value) => {
    of.show(value);
    choose({ of: value });
  });
  of.show(order.of);
  const names = cell.gates.length > 0 ? cell.gates : cell.states;
  /** @type {Array<[string, string]>} */
  const gates = names.map((name) => [name, words(layer).title(name)]);
  const name = menu(_("which gate"), [["", _("any gate")], ...gates], (value) =>
    choose({ name: value }),
  );
  /** @type {Array<[import("./lesion_order.js").Order["at"], string]>} */
  const ends = [
    ["both", _("at 0 and at 1")],
    ["0", _("at 0")],
    ["1", _("at 1")],
  ];
  const at = menu(_("at which number"), ends, (value) => choose({ at: value }));
  name.show(order.name);
  at.show(order.at);
  return [of.element, name.element, ...(cell.gates.length > 0 ? [at.element] : [])];
}

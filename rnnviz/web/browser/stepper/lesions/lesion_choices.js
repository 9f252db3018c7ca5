/** Which lines of the lesion table are shown: of single units or all, of which gate, held at what. */

import { menu, segmented } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { heldInTurn } from "../../maths/lesions.js";

/** @typedef {import("../context.js").Context} Context */

/** @param {Context} context */
export function lesionChoices({ header, store, controller, words }) {
  const { layer } = store.state;
  const choose = controller.rank;
  const { cell } = header.layers[layer];
  /** @type {Array<[import("./lesion_order.js").Order["of"], string]>} */
  const units = [
    ["units", _("single units")],
    ["whole", _("every unit at once")],
  ];
  const of = segmented(_("held at a time"), units, (value) => choose({ of: value }));
  const { names, values } = heldInTurn(cell);
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
  return {
    elements: [of.element, name.element, ...(values.length > 1 ? [at.element] : [])],
    /** @param {import("./lesion_order.js").Order} ranking */
    show(ranking) {
      of.show(ranking.of);
      name.show(ranking.name);
      at.show(ranking.at);
    },
  };
}

/** Another letter at the step in view, with a click: all of them where they are few, else a menu. */

import { element, menu, segmented, touches } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { codeAt } from "./sequence_labels.js";

const FEW = 8;

/** @param {import("../context.js").Context} context @returns {import("../views.js").View|null} */
export function letterChoice({ header, model, store, controller }) {
  const { alphabet } = header.sequence;
  if (alphabet === null) return null;
  /** @type {Array<[string, string]>} */
  const letters = alphabet.map((letter, k) => [String(k), letter]);
  const choose = (/** @type {string} */ code) =>
    controller.change({
      kind: "symbol",
      item: model.item,
      step: store.state.step,
      value: Number(code),
    });
  const label = _("the letter that this step reads");
  const control = (letters.length <= FEW ? segmented : menu)(label, letters, choose);
  return {
    element: element(
      "span",
      { class: "letters", "data-testid": "letters", title: label, "data-verbatim": true },
      control.element,
    ),
    update(changed) {
      if (touches(changed, "step", "run", "item", "mount"))
        control.show(String(codeAt(model, store.state.step)));
    },
    destroy: () => {},
  };
}

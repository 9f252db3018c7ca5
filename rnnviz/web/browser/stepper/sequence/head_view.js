/** Title, story, badge, and which layer and which sequence is in view. */

import { element, menu, touches, write } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { layerName } from "../words.js";

/** @param {import("../context.js").Context} context @returns {import("../views.js").View} */
export function headView({ header, model, store, controller }) {
  const layers = menu(
    _("layer in view"),
    header.layers.map((_, k) => [String(k), layerName(header, k)]),
    (value) => controller.setLayer(Number(value)),
  );
  const items = menu(
    _("sequence in view"),
    Array.from({ length: header.batch }, (_item, k) => [
      String(k),
      _("sequence {number}", { number: k + 1 }),
    ]),
    (value) => controller.setItem(Number(value)),
  );
  layers.element.hidden = header.layers.length < 2;
  items.element.hidden = header.batch < 2;
  const direction = element("span", { class: "direction" });
  return {
    element: element(
      "header",
      { class: "head" },
      element("h2", {}, header.title),
      layers.element,
      items.element,
      direction,
      element("span", { class: "spring" }),
      header.badge ? element("span", { class: "badge" }, header.badge) : null,
      header.story ? element("p", { class: "story" }, header.story) : null,
    ),
    update(changed) {
      layers.show(store.state.layer);
      items.show(store.state.item);
      if (!touches(changed, "layer")) return;
      const { reverse } = header.layers[store.state.layer];
      write(
        direction,
        reverse ? _("reads from right to left: step {step} first", { step: model.T }) : "",
      );
    },
    destroy: () => {},
  };
}

/** The weights with what they make of the sequence, row by row. */

import { element, touches, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";

/** @param {import("../stepper/context.js").Context} context @returns {import("../stepper/views.js").View} */
export function benchView({ model, store }) {
  const node = element("output", { class: "bench" });
  return {
    element: node,
    update(changed) {
      const { layer, step, unit } = store.state;
      if (touches(changed, "run", "step", "unit"))
        write(node, short(model.number(layer, "h", unit, step)));
    },
    destroy() {},
  };
}

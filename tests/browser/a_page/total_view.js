/** How long the hidden state is at the step looked at. */

import { element, mark, write } from "/drawing/dom.js";

/** @param {import("/stepper/context.js").Context} context */
export function totalView({ model, store }) {
  const node = element("output", { class: "total", "data-testid": "total" });
  return {
    element: node,
    update() {
      const { layer, step } = store.state;
      const size = model.size(layer, "h");
      const h = model.values(layer, "h").subarray(step * size, (step + 1) * size);
      const length = Math.hypot(...h);
      write(node, `‖h‖ = ${length.toFixed(3)}`);
      mark(node, "length of h", 0, length);
    },
    destroy() {},
  };
}

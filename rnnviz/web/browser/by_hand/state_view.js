/** Where the state goes from here. */

import { element } from "../drawing/dom.js";

/**
 * @param {import("../stepper/context.js").Context} context
 * @returns {import("../stepper/views.js").View|null} null: nothing is carried from step to step
 */
export function stateView(context) {
  if (context.header.layers[0].cell.states.length === 0) return null;
  return { element: element("div", { class: "state-map" }), update: () => {}, destroy: () => {} };
}

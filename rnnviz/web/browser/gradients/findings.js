/** What contradicts the textbook, said where it can be tried. */

import { element } from "../drawing/dom.js";

/** What contradicts the textbook, beside the knobs that show it. */
export function findings() {
  const items = [
    "As the knobs begin, every network here vanishes, LSTM and GRU too: a gate at ½ " +
      "halves the gradient at each step. What gates buy is that training can open them. " +
      "Add the Step page's network to see a trained one.",
    "The law “scale to the power of the length” holds for the linear network: choose " +
      "identity. With tanh and inputs, scale 1 still vanishes, and even 2 explodes only " +
      "mildly.",
    "The bias of the gate moves the gated curves far more than the recurrent scale does. " +
      "Yet a large bias alone does not learn long gaps: the input gate has to be closed as " +
      "well.",
  ];
  return element(
    "details",
    { class: "findings", open: true },
    element("summary", {}, "Three things the textbook leaves out; try them with the knobs"),
    element("ul", {}, ...items.map((text) => element("li", {}, text))),
  );
}

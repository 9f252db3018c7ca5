/** What contradicts the textbook, said where it can be tried. */

import { element } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";

/** About the knobs as they begin. */
export const FINDINGS = [
  N_(
    "As the knobs begin, the gradients of LSTM and GRU vanish too: at bias 1 the gate that keeps is near 0.73, so about 27 % is lost at every step back. What gates add is that training can open them: show the Step page's network to see a trained one.",
  ),
  N_(
    "“Scale to the power of the steps” is a law only for the linear RNN (choose identity), and only after the first steps back. With tanh and all else as the knobs begin, scale 1 still vanishes, and at scale 2 it depends on the seed: of seeds 0 to 9, five lose gradient on the way back and five gain some.",
  ),
  N_(
    "As the knobs begin, the bias of the gate moves the LSTM's curve by more decades than the recurrent scale does: try −5 and 5, then 0.5 and 3.",
  ),
];

export function findings() {
  return element(
    "details",
    { class: "findings", open: true },
    element("summary", {}, _("Three things the textbook leaves out; try them with the knobs")),
    element("ul", {}, ...FINDINGS.map((text) => element("li", {}, _(text)))),
  );
}

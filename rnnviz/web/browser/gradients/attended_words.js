/** What an attention above a layer does to the gradient's way back, in words. No DOM. */

import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { chosenCurve, titleOf } from "./series.js";
import { size } from "./words.js";

/**
 * @param {import("./bench.js").Shown[]} shown @param {import("./header.js").Knobs} knobs
 * @param {import("./context.js").CurveOf} chosen
 */
export function attentionWords(shown, knobs, chosen) {
  const each = shown.flatMap((one) => cellWords(one, titleOf(one.name, knobs), chosen));
  return each.length > 0 ? [aboutWords(), ...each].join(" ") : noneWords();
}

function aboutWords() {
  return _(
    "Wide and pale: the same network, but L is the sum of what an attention above it hands up, a weighted mean of all h so far. L then has a way of its own to every h it is the mean of, as wide as that h's weight, and nothing has to come back through the steps between. Its weights are drawn from the seed and not learnt.",
  );
}

function noneWords() {
  return _("The Step page's network is shown as it is: no attention is put above it here.");
}

/**
 * @param {import("./bench.js").Shown} shown @param {string} cell @param {import("./context.js").CurveOf} chosen
 * @returns {string[]}
 */
function cellWords({ found, attended }, cell, chosen) {
  if (!attended) return [];
  const [without, above] = [found, attended].map((one) => chosenCurve(one, chosen));
  const { least, most } = attended.weights;
  const numbers = {
    above: size(above.total[0]),
    without: size(without.total[0]),
    least: short(least),
    most: short(most),
  };
  return [
    _(
      "{cell}: |dL/d{state}| at step 1 is {above} with it, {without} without; each h has between {least} and {most} of the mean.",
      { cell, state: without.state, ...numbers },
    ),
  ];
}

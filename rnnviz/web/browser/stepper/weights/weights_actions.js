/** Which weights are in view, and what can be done with them at once. */

import { button, element, menu } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { parameterName } from "../changes/change_words.js";
import { seedButton } from "../../weights/seed_button.js";
import { drawn, sizeOf } from "./weights.js";

/** @typedef {import("../context.js").Context} Context */

/**
 * @param {Context} context
 * @param {{selected: () => string, set: (arrays: Map<string, Float64Array>) => void,
 *   train: (() => void)|undefined}} how  selected: an array, or "all"
 */
export function weightsActions({ header, controller }, { selected, set, train }) {
  const { parameters } = header.weights;
  /** @type {Array<[string, string]>} */
  const options = [["all", _("the whole network")]];
  for (const { array } of parameters) options.push([array, parameterName(header, array)]);
  const which = menu(_("which weights"), options, controller.openWeights);

  function setZeros() {
    const meant = parameters.filter(({ array }) => ["all", array].includes(selected()));
    set(new Map(meant.map((one) => [one.array, new Float64Array(sizeOf(one))])));
  }
  const zeros = button(_("set them to zero"), _("zeros"), setZeros, { class: "small" });
  const random = seedButton((seed) => set(drawn(header, seed)), { class: "small" });
  const parts = [
    which.element,
    zeros,
    random,
    ...(train ? trainParts(header.weights.train, train) : []),
  ];
  return {
    element: element("div", { class: "weights-actions" }, ...parts),
    show: () => which.show(selected()),
  };
}

/** @param {string} why  it cannot be done; "" where it can @param {() => void} train */
function trainParts(why, train) {
  const label = _("Train from these weights");
  const press = button(label, label, train, { class: "small", disabled: why !== "" });
  return [press, element("span", { class: "quiet" }, why)];
}

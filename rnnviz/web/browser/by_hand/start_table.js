/** Every state before the first step, to be set as a weight is. */

import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { splitSymbol } from "../stepper/words.js";
import { numberTable } from "../weights/table.js";

/**
 * @param {import("../stepper/context.js").Context} context
 * @returns {{element: HTMLElement, show: () => void, destroy: () => void}|null} null: no state
 */
export function startTable({ header, model, controller, words }) {
  const [{ cell, hidden }] = header.layers;
  const states = cell.states.filter((state) => model.arrays.has(arrayOf(state)));
  if (states.length === 0) return null;
  const names = states.map((state) => splitSymbol(words(0).symbol(state))[0]);
  const units = Array.from({ length: hidden }, (unused, unit) =>
    _("unit {unit}", { unit: unit + 1 }),
  );
  const [rows, columns] = hidden === 1 ? [[""], names] : [names, units];
  const table = numberTable({
    name: "start",
    label: _("before step 1"),
    rows,
    columns,
    sliders: true,
    least: 1,
    change(k, value, going) {
      const array = arrayOf(states[Math.floor(k / hidden)]);
      controller.change({ kind: "weight", array, index: k % hidden, value }, { going });
    },
  });
  const of = (/** @type {Map<string, Float64Array>} */ arrays) =>
    states.flatMap((state) => [...lookup(arrays, arrayOf(state))]);
  return {
    element: element(
      "div",
      { class: "start" },
      element("h3", {}, _("Before step 1")),
      table.element,
    ),
    show: () => table.show(of(model.liveArrays), of(model.arrays)),
    destroy: table.destroy,
  };
}

/** @param {string} state */
export const arrayOf = (state) => `0.initial.${state}`;

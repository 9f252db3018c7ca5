/** The tables of the parameters that are chosen, each made when it is first shown. */

import { element } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { numberTable } from "../../weights/table.js";
import { parameterName, parameterSymbol } from "../changes/change_words.js";
import { sizeOf, startOf } from "./weights.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../weights/names.js").Parameter} Parameter */
/** @typedef {{element: HTMLElement, show: () => void, destroy: () => void}} Shown */

/**
 * @param {Context} context
 * @param {{sliders: boolean, paste: (array: string, text: string) => string}} how
 */
export function weightsTables(context, { sliders, paste }) {
  const room = element("div", { class: "weights-tables" });
  /** @type {Map<string, Shown>} */
  const made = new Map();
  /** @type {Shown[]} */
  let visible = [];

  /** @param {Parameter} parameter */
  function tableOf(parameter) {
    const { array } = parameter;
    const table = made.get(array) ?? parameterTable(context, parameter, { sliders, paste });
    made.set(array, table);
    return table;
  }
  return {
    element: room,
    /** @param {readonly Parameter[]} parameters */
    choose(parameters) {
      visible = parameters.map(tableOf);
      room.replaceChildren(...visible.map((table) => table.element));
    },
    show() {
      for (const table of visible) table.show();
    },
    destroy() {
      for (const table of made.values()) table.destroy();
    },
  };
}

/**
 * @param {Context} context @param {Parameter} parameter
 * @param {{sliders: boolean, paste: (array: string, text: string) => string}} how
 * @returns {Shown}
 */
function parameterTable(context, parameter, { sliders, paste }) {
  const { header, model, controller } = context;
  const { array, form } = parameter;
  const label = parameterName(header, array);
  const start = () => startOf(model, parameter);
  const [count, width = 1] = form.shape;
  const table = numberTable({
    name: array,
    label,
    rows: namesOf(context, parameter, form.rows, count),
    columns: form.shape.length > 1 ? namesOf(context, parameter, form.columns, width) : [""],
    sliders,
    change: (index, value, going) =>
      controller.change({ kind: "weight", array, index: start() + index, value }, { going }),
    paste: (text) => paste(array, text),
  });
  const part = (/** @type {Map<string, Float64Array>} */ arrays) =>
    lookup(arrays, array).subarray(start(), start() + sizeOf(parameter));
  const gate = array.split(".")[1]?.split("_")[1] ?? "";
  const { layer } = placeOf(array);
  const role = layer === null ? "other" : context.words(layer).role(gate);
  return {
    element: element(
      "figure",
      { class: "weights-parameter", "data-role": role },
      element("figcaption", {}, symbolNode(parameterSymbol(array), role), quiet(label, array)),
      table.element,
    ),
    show: () => table.show(part(model.liveArrays), part(model.arrays)),
    destroy: table.destroy,
  };
}

/** The rest of its name: its layer. @param {string} label @param {string} array */
function quiet(label, array) {
  return element("span", { class: "quiet" }, label.slice(parameterSymbol(array).length));
}

/** `1.W_f` is of the second layer. @param {string} array */
function placeOf(array) {
  const [first] = array.split(".");
  return { layer: /^\d+$/.test(first) ? Number(first) : null };
}

/**
 * What rows or columns are called.
 * @param {Context} context @param {Parameter} parameter
 * @param {import("../../weights/matrix_reader.js").Each} each @param {number} count
 */
function namesOf({ header }, parameter, each, count) {
  const unit = (/** @type {number} */ k) => _("unit {unit}", { unit: k + 1 });
  return Array.from({ length: count }, (_none, k) => {
    if (each === "input") return header.sequence.input_names[k] ?? String(k + 1);
    if (each === "output") return header.readout?.labels[k] ?? String(k + 1);
    return unit(k);
  });
}

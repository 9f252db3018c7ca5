/** The numbers of an explanation: links to what they come from, and weights that can be dragged. */

import { element, mark } from "../../drawing/dom.js";
import { exact, long } from "../../drawing/number_format.js";
import { _ } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { placeOfRead } from "../../maths/pool_reasons.js";
import { symbolOfRead } from "../pool_words.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../../maths/arithmetic.js").Whence} Place */
/** @typedef {(place: Place) => void} Follow  explains the number that is there */

/** What things are called in the explanation that is open. @param {Context} context */
export function namesIn({ header, model, store, words }) {
  const { layer, explained } = store.state;
  const isReadout = explained?.name === "prediction";
  const about = words(layer);
  return {
    /** The payload's array of a parameter. @param {string} name */
    arrayOf: (name) => (isReadout ? `readout.${name}` : `${layer}.${name}`),
    /** Of which unit or output a product or a bias is. @param {number} unit */
    whose: (unit) =>
      isReadout
        ? _("of output “{output}”", { output: header.readout?.labels[unit] ?? "" })
        : _("of unit {unit}", { unit: unit + 1 }),
    /** @param {string} name */
    parameter: (name) => symbolNode(isReadout ? `${name}_y` : about.symbol(name)),
    /** @param {string} name */
    symbol: (name) =>
      name === "output"
        ? symbolOfRead(placeOfRead(model.live, 0, 0).name)
        : symbolNode(about.symbol(name), about.role(name)),
  };
}

/** @param {number} value @param {Place} place @param {Follow} follow */
export function link(value, place, follow) {
  const press = { click: () => follow(place) };
  const attributes = { type: "button", class: "number", title: exact(value), on: press };
  const node = element("button", attributes, long(value));
  mark(node, place.name, place.unit, value);
  return node;
}

/**
 * @param {Context["model"]} model @param {string} array @param {number} index  in the array
 * @param {number} value
 */
export function weightNode({ liveArrays, arrays }, array, index, value) {
  const isChanged = !Object.is(lookup(liveArrays, array)[index], lookup(arrays, array)[index]);
  return element(
    "span",
    {
      class: isChanged ? "number weight changed" : "number weight",
      role: "spinbutton",
      tabindex: 0,
      "data-weight": JSON.stringify([array, index]),
      "aria-label": _("weight {array}, number {place}", { array, place: index + 1 }),
      "aria-valuenow": value,
      title: _("{value}; drag up or down, or ↑ ↓", { value: exact(value) }),
    },
    long(value),
  );
}

/**
 * The weight an element stands for, or one around it.
 * @param {EventTarget|null} target
 * @returns {{array: string, index: number}|null}
 */
export function weightAt(target) {
  const node = target instanceof Element ? target.closest("[data-weight]") : null;
  const text = node?.getAttribute("data-weight");
  if (!text) return null;
  const [array, index] = /** @type {[string, number]} */ (JSON.parse(text));
  return { array, index };
}

/** A visitor's change in words: `forget gate, unit 2, step 3 = 0.00`. */

import { short } from "../drawing/number_format.js";
import { shapeOf } from "../maths/arrays.js";
import { layerName } from "./words.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./changes.js").Change} Change */

/** @param {Context} context @param {Change} change */
export function describe(context, change) {
  return `${placeOf(context, change)} = ${valueOf(context, change)}`;
}

/** @param {Context} context @param {Change} change */
function valueOf({ header }, change) {
  const symbol = change.kind === "symbol" ? header.sequence.alphabet?.[change.value] : undefined;
  return symbol ?? short(change.value);
}

/** @param {Context} context @param {Change} change */
function placeOf({ header, model, words }, change) {
  switch (change.kind) {
    case "input":
      return `${header.sequence.input_names[change.input] ?? "x"} at step ${change.step + 1}`;
    case "symbol":
      return `step ${change.step + 1}`;
    case "weight":
      return weightName(header, change.array, change.index);
    case "hold": {
      const title = words(change.layer).title(change.name);
      const who = change.unit === null ? "every unit" : `unit ${change.unit + 1}`;
      const where = header.layers.length > 1 ? `, ${layerName(header, change.layer)}` : "";
      return `${title}, ${who}, ${stepsName(change, model.T)}${where}`;
    }
  }
}

/** @param {{from: number, to: number}} stretch  from..to-1 @param {number} T */
function stepsName({ from, to }, T) {
  if (to - from === 1) return `step ${from + 1}`;
  return from === 0 && to === T ? "every step" : `steps ${from + 1}–${to}`;
}

/** `W_f[2, 1]`. @param {Context["header"]} header @param {string} array @param {number} index */
function weightName(header, array, index) {
  const [, columns] = shapeOf(header, array);
  const name = array.split(".").slice(1).join(".");
  if (columns === undefined) return `${name}[${index + 1}]`;
  return `${name}[${Math.floor(index / columns) + 1}, ${(index % columns) + 1}]`;
}

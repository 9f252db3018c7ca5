/** A visitor's change in words: `forget gate, unit 2, step 3 = 0.00`. */

import { short } from "../../drawing/number_format.js";
import { _, ngettext } from "../../drawing/texts.js";
import { shapeOf } from "../../maths/arrays.js";
import { inputName } from "../sequence/sequence_labels.js";
import { unitsInWords } from "./unit_sets.js";
import { layerName } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {Extract<Change, {kind: "hold"}>} Hold */

/** @param {Context} context @param {Change} change */
export function describe(context, change) {
  if (change.kind === "parameter") return placeOf(context, change);
  return `${placeOf(context, change)} = ${valueOf(context, change)}`;
}

/** @param {Context} context @param {Exclude<Change, {kind: "parameter"}>} change */
function valueOf({ header }, change) {
  const symbol = change.kind === "symbol" ? header.sequence.alphabet?.[change.value] : undefined;
  return symbol ?? short(change.value);
}

/** @param {Context} context @param {Change} change */
export function placeOf(context, change) {
  const { header } = context;
  switch (change.kind) {
    case "input": {
      const input = header.sequence.input_names[change.input] ?? "x";
      return _("{input} at step {step}", { input, step: change.step + 1 });
    }
    case "symbol":
      return _("step {step}", { step: change.step + 1 });
    case "weight":
      return weightName(header, change.array, change.index);
    case "parameter": {
      const holes = { name: parameterName(header, change.array) };
      const count = change.values.length;
      return ngettext("{name}, {count} number", "{name}, all {count} numbers", count, holes);
    }
    case "hold":
      return [
        heldName(context, change),
        ofWhat(context, change),
        stepsName(change, context.model.T),
      ]
        .concat(header.layers.length > 1 ? [layerName(header, change.layer)] : [])
        .join(", ");
  }
}

/** Its units, or which inputs. @param {Context} context @param {Hold} hold */
function ofWhat({ header }, { name, unit }) {
  if (name !== "x") return unitsInWords(unit);
  if (unit === null) return _("every input");
  return [unit]
    .flat()
    .map((input) => inputName(header, input))
    .join(", ");
}

/** What is held: "forget gate". @param {Context} context @param {Hold} hold */
export function heldName({ words }, { layer, name }) {
  const [base, part] = name.split(".");
  const value = words(layer).title(base);
  return part === undefined ? value : _("part {part} of {value}", { part, value });
}

/** @param {{from: number, to: number}} stretch  from..to-1 @param {number} T */
function stepsName({ from, to }, T) {
  if (to - from === 1) return _("step {step}", { step: to });
  if (from === 0 && to === T) return _("every step");
  return _("steps {from}–{to}", { from: from + 1, to });
}

/** `W_f`; of the readout `W_y`; a state before the first step `h_0`. @param {string} array */
export function parameterSymbol(array) {
  const [place, ...rest] = array.split(".");
  const name = rest.at(-1) ?? "";
  if (rest.length > 1) return `${name}_0`;
  return place === "readout" ? `${name}_y` : name;
}

/**
 * The same with its layer where there are several: "W_f, layer 2".
 * @param {Context["header"]} header @param {string} array
 */
export function parameterName(header, array) {
  const layer = Number(array.split(".")[0]);
  const symbol = parameterSymbol(array);
  const isOne = header.layers.length === 1 || Number.isNaN(layer);
  return isOne ? symbol : [symbol, layerName(header, layer)].join(", ");
}

/** `W_f[2, 1]`. @param {Context["header"]} header @param {string} array @param {number} index */
export function weightName(header, array, index) {
  const [, columns] = shapeOf(header, array);
  const name = array.split(".").slice(1).join(".");
  if (columns === undefined) return `${name}[${index + 1}]`;
  return `${name}[${Math.floor(index / columns) + 1}, ${(index % columns) + 1}]`;
}

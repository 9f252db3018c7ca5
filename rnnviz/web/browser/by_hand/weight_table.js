/**
 * The weights of one row: a number and a slider for each, with this step's arithmetic under it.
 */

import { assign, element, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { splitSymbol } from "../stepper/words.js";
import { numberTable } from "../weights/table.js";
import { factorOf } from "./rows.js";

/** @typedef {import("../stepper/context.js").Context} Context */
/** @typedef {import("./rows.js").Weight} Weight */

/** With more weights in a row, each has less room. */
export const ROOMY = 3;

/**
 * @param {Context} context
 * @param {{name: string, label: string, weights: Weight[], arrays: string[]}} spec  arrays: of each
 *   weight, its array's name in the payload
 */
export function weightTable(context, { name, label, weights, arrays }) {
  const { model, controller } = context;
  const table = numberTable({
    name,
    label,
    rows: [""],
    columns: weights.map((weight) => headOf(context, weight)),
    sliders: true,
    change: (k, value, going) =>
      controller.change(
        { kind: "weight", array: arrays[k], index: weights[k].index, value },
        { going },
      ),
  });
  const terms = weights.map(() => element("td"));
  const row = element("tr", { class: "arithmetic", role: "presentation" }, element("th"), ...terms);
  table.element.querySelector("tbody")?.append(row);
  weights.forEach((weight, k) => {
    const head = table.element.querySelectorAll("thead th")[k];
    if (head)
      assign(
        head,
        "title",
        _("weight {place}", { place: placeOf(model.header, arrays[k], weight.index) }),
      );
  });
  const isDense = weights.length > ROOMY;
  table.element.classList.toggle("dense", isDense);
  table.element.style.setProperty("--weights", String(weights.length));
  const at = (/** @type {Map<string, Float64Array>} */ from) =>
    weights.map(({ index }, k) => lookup(from, arrays[k])[index]);
  return {
    element: table.element,
    /** What its columns are called: where the row above has the same, they need not be said again. */
    columns: weights.length,
    heads: table.element.querySelector("thead")?.textContent ?? "",
    showNumbers: () => table.show(at(model.liveArrays), at(model.arrays)),
    /** @param {(name: string, unit: number) => number} number  a value at the step in view */
    showArithmetic(number) {
      const values = at(model.liveArrays);
      weights.forEach((weight, k) => {
        if (weight.factors.length === 0) return;
        const factor = factorOf(weight, number);
        const holes = { factor: short(factor), product: short(factor * values[k]) };
        const whole = `· ${holes.factor} = ${holes.product}`;
        write(terms[k], isDense ? `= ${holes.product}` : whole);
        if (isDense) assign(terms[k], "title", whole);
      });
    },
    destroy: table.destroy,
  };
}

/** What a weight multiplies: "× x", "× h₂ before", "+ bias". @param {Context} context @param {Weight} weight */
function headOf({ header, words }, { sign, factors }) {
  const names = factors.map((factor) => {
    if ("number" in factor) return short(factor.number);
    const { name, unit, isBelow } = factor;
    const text = name === "prediction" ? name : words(0).symbol(name);
    const [base, under] = splitSymbol(text);
    const isOne = sizeOf(header.layers[0], name) === 1;
    const index = isOne
      ? ""
      : String(unit + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]);
    const symbol = `${base}${index}`;
    const shown = under.startsWith("t−1") ? _("{symbol} before", { symbol }) : symbol;
    return isBelow ? `1/${shown}` : shown;
  });
  if (names.length === 0) return sign < 0 ? _("− bias") : _("+ bias");
  return `${sign < 0 ? "−" : ""}× ${names.join(" · ")}`;
}

/** @param {import("../stepper/header.js").StepLayer} layer @param {string} name */
function sizeOf({ cell, hidden, inputs }, name) {
  return cell.sizes.get(name) === "inputs" ? inputs : hidden;
}

/**
 * Where a weight stands in its matrix, as in a program but from 1.
 * @param {Context["header"]} header @param {string} array @param {number} index
 */
function placeOf(header, array, index) {
  const shape = header.arrays.find(({ name }) => name === array)?.shape ?? [1];
  const name = array.replace(/^0\./, "");
  if (shape.length === 1) return `${name}[${index + 1}]`;
  const columns = shape[shape.length - 1];
  return `${name}[${Math.floor(index / columns) + 1}, ${(index % columns) + 1}]`;
}

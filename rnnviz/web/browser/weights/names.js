/**
 * A network's parameters by name, as they are pasted and copied: by this project's own names or by
 * PyTorch's, which stack several of them in one (the header says how). No DOM.
 *
 * @typedef {import("./matrix_reader.js").Form} Form
 * @typedef {import("./paste_reader.js").Named} Named
 *
 * @typedef {Object} Parameter
 * @property {string} array  where its numbers are in the payload: "0.W_f"
 * @property {string} name  the library's: "layers.0.W_f"
 * @property {Form} form
 *
 * @typedef {{array: string, negated: boolean}} Block
 * @typedef {{name: string, blocks: Block[]}} Stacked  one below the other
 * @typedef {Object} Layout
 * @property {readonly Parameter[]} parameters
 * @property {readonly Stacked[]|null} torch  null: PyTorch has no such network
 *
 * @typedef {Map<string, Float64Array>} Arrays
 * @typedef {{arrays: Arrays, problem: ""}|{arrays: null, problem: string}} Collected
 */

import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { readMatrix } from "./matrix_reader.js";
import { cut } from "./number_text.js";

/**
 * The numbers of each array that is named.
 * @param {Named} named @param {Layout} layout
 * @returns {Collected}
 */
export function collected(named, layout) {
  /** @type {Arrays} */
  const arrays = new Map();
  for (const [name, tree] of named) {
    const stacked = stackedBy(name, layout);
    if (stacked === null) return refused(unknown(name, layout));
    const { numbers, problem } = readMatrix([tree], formOfAll(stacked, layout));
    if (numbers === null) return refused(_("{name}: {problem}", { name: cut(name), problem }));
    const twice = add(arrays, stacked, numbers);
    if (twice) return refused(_("“{name}” is there twice.", { name: cut(name) }));
  }
  return { arrays, problem: "" };
}

/** @param {string} problem @returns {Collected} */
const refused = (problem) => ({ arrays: null, problem });

/**
 * What a name stands for. "W_f" is enough where one layer has such.
 * @param {string} name @param {Layout} layout
 * @returns {Stacked|null}
 */
function stackedBy(name, { parameters, torch }) {
  const own =
    parameters.find((one) => one.name === name || one.array === name) ??
    only(parameters.filter((one) => one.name.split(".").at(-1) === name && isOfLayer(one)));
  if (own) return { name: own.name, blocks: [{ array: own.array, negated: false }] };
  const last = name.split(".").at(-1) ?? "";
  const isReadout = last === "weight" || last === "bias";
  const key = isReadout ? `readout.${last}` : last;
  return torch?.find((one) => one.name === key) ?? null;
}

/** @param {Parameter} parameter */
const isOfLayer = ({ name }) => name.startsWith("layers.");
/** @template T @param {T[]} list */
const only = (list) => (list.length === 1 ? list[0] : undefined);

/** @param {Stacked} stacked @param {Layout} layout @returns {Form} */
function formOfAll({ blocks }, layout) {
  const forms = blocks.map(({ array }) => formOf(layout, array));
  if (forms.length === 1) return forms[0];
  const [first] = forms;
  const height = forms.reduce((sum, { shape }) => sum + shape[0], 0);
  return { shape: [height, ...first.shape.slice(1)], rows: null, columns: first.columns };
}

/** @param {Layout} layout @param {string} array */
export function formOf({ parameters }, array) {
  const found = parameters.find((one) => one.array === array);
  if (found === undefined) throw new Error(`there is no parameter ${array}`);
  return found.form;
}

/**
 * Two biases of PyTorch's that are one here are added; anything else is there once.
 * @param {Arrays} arrays @param {Stacked} stacked @param {Float64Array} numbers
 * @returns {boolean}  whether it was there already
 */
function add(arrays, { name, blocks }, numbers) {
  const size = numbers.length / blocks.length;
  const isBias = name.startsWith("bias_");
  for (const [k, { array, negated }] of blocks.entries()) {
    const before = arrays.get(array);
    if (before && !isBias) return true;
    const own = numbers.slice(k * size, (k + 1) * size).map((one) => (negated ? -one : one));
    arrays.set(array, before ? before.map((one, j) => one + own[j]) : own);
  }
  return false;
}

/** @param {string} name @param {Layout} layout */
function unknown(name, { parameters, torch }) {
  const known = [...parameters, ...(torch ?? [])].map((one) => one.name);
  const some = known.length > 12 ? [...known.slice(0, 12), "…"] : known;
  const holes = { name: cut(name), known: some.join(", ") };
  return _("“{name}” is no parameter of this network, which has {known}.", holes);
}

/**
 * The inverse of `collected`: those that are given by our names, or all by PyTorch's.
 * @param {ReadonlyMap<string, ArrayLike<number>>} arrays @param {Layout} layout
 * @param {"own"|"torch"} whose
 * @returns {Map<string, {numbers: number[], form: Form}>}
 */
export function named(arrays, layout, whose) {
  const own = layout.parameters
    .filter(({ array }) => arrays.has(array))
    .map(({ name, array }) => ({ name, blocks: [{ array, negated: false }] }));
  const there = new Set();
  /** @type {Map<string, {numbers: number[], form: Form}>} */
  const found = new Map();
  for (const stacked of whose === "torch" && layout.torch ? layout.torch : own) {
    const numbers = stacked.blocks.flatMap(({ array, negated }) => {
      const values = Array.from(lookup(arrays, array));
      if (there.has(array)) return values.map(() => 0); // of two biases that are only added
      return negated ? values.map((one) => -one + 0) : values;
    });
    for (const { array } of stacked.blocks) there.add(array);
    found.set(stacked.name, { numbers, form: formOfAll(stacked, layout) });
  }
  return found;
}

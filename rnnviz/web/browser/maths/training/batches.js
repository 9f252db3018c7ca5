/**
 * Batches as Python sends them (rnnviz/web/training/batches.py): column by column, those of two
 * values as bits. No DOM.
 */

import { lookup } from "../lookup.js";
import { createGenerator } from "./generator.js";

/** @typedef {import("./header.js").Batch} Batch */
/**
 * @typedef {Object} BatchesHeader
 * @property {number} first  the update that the first of them is for, from 0
 * @property {number} count
 * @property {number} steps @property {number} size  sequences
 * @property {Record<Field, Column[]>} fields
 */
/** @typedef {"x"|"targets"|"mask"|"scored"|"present"} Field  present: whether a sequence has a step */
/**
 * Where a column's numbers are, (count, steps, size).
 * @typedef {Bits|Steps|Drawn} Column
 * @typedef {{array: string, values: [number, number]}} Bits  each stands for one of two values
 * @typedef {{array: string, steps: number[]}} Steps  those of these steps; at others they are zero
 * @typedef {{drawn: import("./generator.js").Standing[]}} Drawn  a generator's next, for each batch
 */

/**
 * @param {BatchesHeader} header @param {ReadonlyMap<string, Float64Array>} arrays
 * @param {number} index  from 0
 * @returns {Batch}
 */
export function batchAt({ steps, size, fields }, arrays, index) {
  const rows = steps * size;
  /** @param {Field} field */
  const numbers = (field) => {
    const columns = fields[field];
    const into = new Float64Array(rows * columns.length);
    columns.forEach((column, k) => {
      const read = readerOf(column);
      for (let row = 0; row < rows; row++) into[row * columns.length + k] = read(row);
    });
    return into;
  };
  /** From a row of this batch to its number; rows are asked for in order. @param {Column} column */
  function readerOf(column) {
    if ("drawn" in column) return createGenerator(column.drawn[index]).random;
    const from = lookup(arrays, column.array);
    if ("values" in column) return bits(from, column.values, index * rows);
    return ofSteps(from, column.steps, index * column.steps.length);
  }
  /** @param {Float64Array} from @param {number[]} there @param {number} first */
  function ofSteps(from, there, first) {
    const places = new Map(there.map((step, k) => [step, (first + k) * size]));
    return (/** @type {number} */ row) => {
      const start = places.get(Math.floor(row / size));
      return start === undefined ? 0 : from[start + (row % size)];
    };
  }
  const present = fields.present.length > 0 ? numbers("present") : null;
  return {
    size,
    x: numbers("x"),
    targets: numbers("targets"),
    mask: Uint8Array.from(numbers("mask")),
    scored: Uint8Array.from(numbers("scored")),
    absent: present && Uint8Array.from(present, (there) => 1 - there),
  };
}

/**
 * The first bit of a byte is its highest, as NumPy's packbits has it.
 * @param {Float64Array} numbers @param {[number, number]} values @param {number} first  which
 */
function bits(numbers, values, first) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return (/** @type {number} */ row) => {
    const place = first + row;
    return values[(bytes[place >> 3] >> (7 - (place & 7))) & 1];
  };
}

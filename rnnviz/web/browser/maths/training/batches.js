/**
 * Batches as Python sends them (rnnviz/web/training/batches.py): column by column, those of two
 * values as bits. No DOM.
 */

import { lookup } from "../lookup.js";

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
 * Where a column's numbers are, (count, steps, size): the bits of an array, which stand for one of two
 * values, or as they are.
 * @typedef {{array: string, values: [number, number]|null}} Column
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
      const from = lookup(arrays, column.array);
      fill(into, k, columns.length, column.values ? bits(from, column.values) : plain(from));
    });
    return into;
  };
  /**
   * @param {Float64Array} into @param {number} k @param {number} stride
   * @param {(place: number) => number} read
   */
  function fill(into, k, stride, read) {
    for (let row = 0; row < rows; row++) into[row * stride + k] = read(index * rows + row);
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

/** @param {Float64Array} numbers */
const plain = (numbers) => (/** @type {number} */ place) => numbers[place];

/** The first bit of a byte is its highest, as NumPy's packbits has it. @param {Float64Array} numbers @param {[number, number]} values */
function bits(numbers, values) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return (/** @type {number} */ place) => values[(bytes[place >> 3] >> (7 - (place & 7))) & 1];
}

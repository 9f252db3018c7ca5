/**
 * The bytes the server sends once: uint32 (little-endian) length of the header, the JSON header,
 * zeros up to a multiple of 8, then the arrays of header.arrays back to back, all float64.
 */

/** @typedef {import("./header.js").Cell} Cell */
/** @typedef {{cell: Cell, parts: Map<string, import("./header.js").Part>}} Named */

/**
 * @template H
 * @typedef {{header: H, arrays: Map<string, Float64Array>}} Payload
 *   header: as packed, but for `unpack`'s Maps. arrays: name -> its numbers, row-major.
 */

/**
 * What is keyed by names a visitor may have typed (a cell's parameters and sizes, a layer's parts)
 * becomes a Map: a value may be called `constructor`. Each cell gets what is told of operations.
 * @template {{arrays: import("./header.js").ArraySpec[]}} H  what the page's own server packs
 * @param {Uint8Array|ArrayBuffer} bytes
 * @returns {Payload<H>}
 */
export function unpack(bytes) {
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  if (view.byteLength < 4) throw new Error("the payload is empty");
  const length = new DataView(view.buffer, view.byteOffset, 4).getUint32(0, true);
  const start = Math.ceil((4 + length) / 8) * 8;
  if (start > view.byteLength) throw new Error("the payload ends within its header");
  const text = new TextDecoder("utf-8", { fatal: true }).decode(view.subarray(4, 4 + length));
  const header = JSON.parse(text);
  if (header.layers) header.layers = safelyNamed(header.layers, header.operations);
  return { header, arrays: unpackArrays(header.arrays, view.subarray(start)) };
}

/**
 * @param {Array<import("./header.js").PackedLayer<Named>>} layers
 * @param {import("./header.js").Operations} operations
 * @returns {Named[]}
 */
function safelyNamed(layers, operations) {
  return layers.map((layer) => {
    const parameters = new Map(Object.entries(layer.cell.parameters));
    const sizes = new Map(Object.entries(layer.cell.sizes));
    const cell = { ...layer.cell, parameters, sizes, operations };
    return { ...layer, cell, parts: new Map(Object.entries(layer.parts)) };
  });
}

/**
 * @param {import("./header.js").ArraySpec[]} entries @param {Uint8Array} view
 * @returns {Map<string, Float64Array>}
 */
function unpackArrays(entries, view) {
  const counts = entries.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (view.byteLength !== 8 * total) {
    throw new Error(`the arrays take ${view.byteLength} bytes, the header says ${8 * total}`);
  }
  const numbers = new Float64Array(total);
  new Uint8Array(numbers.buffer).set(view);
  const arrays = new Map();
  let at = 0;
  entries.forEach(({ name }, index) => {
    arrays.set(name, numbers.subarray(at, at + counts[index]));
    at += counts[index];
  });
  return arrays;
}

/**
 * The bytes that `unpack` reads.
 * @param {Record<string, unknown>} header  but for its `arrays`
 * @param {Map<string, {shape: number[], numbers: Float64Array}>} arrays
 */
export function pack(header, arrays) {
  const index = [...arrays].map(([name, { shape }]) => ({ name, shape }));
  const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays: index }));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const count = [...arrays.values()].reduce((sum, { numbers }) => sum + numbers.length, 0);
  const bytes = new Uint8Array(start + 8 * count);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  const all = new Float64Array(bytes.buffer, start);
  let at = 0;
  for (const { numbers } of arrays.values()) {
    all.set(numbers, at);
    at += numbers.length;
  }
  return bytes;
}

/**
 * The bytes the server sends once: uint32 (little-endian) length of the header, the JSON header,
 * zeros up to a multiple of 8, then the arrays of header.arrays back to back, all float64.
 */

/** @typedef {{header: object, arrays: Map<string, Float64Array>}} Payload */

/**
 * What is keyed by names a visitor may have typed (a cell's parameters and sizes, a layer's parts)
 * becomes a Map: a value may be called `constructor`. Each cell gets what is told of operations.
 * @param {Uint8Array|ArrayBuffer} bytes
 * @returns {Payload}  header as packed; arrays: name -> its numbers, row-major
 */
export function unpack(bytes) {
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  if (view.byteLength < 4) throw new Error("the payload is empty");
  const length = new DataView(view.buffer, view.byteOffset, 4).getUint32(0, true);
  const start = Math.ceil((4 + length) / 8) * 8;
  if (start > view.byteLength) throw new Error("the payload ends within its header");
  const text = new TextDecoder("utf-8", { fatal: true }).decode(view.subarray(4, 4 + length));
  const header = JSON.parse(text);
  header.layers?.forEach((layer) => nameSafely(layer, header.operations));
  return { header, arrays: unpackArrays(header.arrays, view.subarray(start)) };
}

function nameSafely(layer, operations) {
  const { cell } = layer;
  cell.operations = operations;
  for (const key of ["parameters", "sizes"]) cell[key] = new Map(Object.entries(cell[key]));
  if (layer.parts) layer.parts = new Map(Object.entries(layer.parts));
}

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

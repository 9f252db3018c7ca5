// Stands before every module that a test runs (see javascript.py): gives it `input` and `output`.
const exchange = globalThis.exchange;

const input = (() => {
  const block = exchange.given;
  const length = new DataView(block.buffer).getUint32(0, true);
  const start = 4 + length + ((8 - ((4 + length) % 8)) % 8);
  return JSON.parse(new TextDecoder().decode(block.subarray(4, 4 + length)), (_, node) => {
    if (node?.$array) {
      const [offset, shape] = node.$array;
      const count = shape.reduce((product, size) => product * size, 1);
      return new Float64Array(block.slice(start + offset, start + offset + 8 * count).buffer);
    }
    if (node?.$bytes) {
      const [offset, size] = node.$bytes;
      return block.slice(start + offset, start + offset + size);
    }
    return node;
  });
})();

function output(value) {
  const blocks = [];
  let size = 0;
  const strip = (node) => {
    if (node instanceof Float64Array) {
      blocks.push(new Uint8Array(node.buffer, node.byteOffset, node.byteLength));
      size += node.byteLength;
      return { $array: [size - node.byteLength, [node.length]] };
    }
    if (node instanceof Map) return { $map: [...node].map((pair) => pair.map(strip)) };
    if (Array.isArray(node)) return node.map(strip);
    if (typeof node === "number" && (!Number.isFinite(node) || Object.is(node, -0))) {
      return { $number: Object.is(node, -0) ? "-0" : String(node) };
    }
    if (node === undefined || typeof node === "function") throw new TypeError(`no value: ${node}`);
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, strip(child)]));
  };
  const text = new TextEncoder().encode(JSON.stringify(strip(value)));
  const start = 4 + text.length + ((8 - ((4 + text.length) % 8)) % 8);
  const block = new Uint8Array(start + size);
  new DataView(block.buffer).setUint32(0, text.length, true);
  block.set(text, 4);
  blocks.reduce((at, part) => (block.set(part, at), at + part.length), start);
  exchange.told = block;
}

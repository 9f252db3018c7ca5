/**
 * The pieces of payloads that stand in a page (rnnviz/web/site/archive.py), put together into what a
 * component gets.
 */

import { lookup } from "../maths/lookup.js";
import { pack } from "../maths/payload.js";

/** @typedef {import("./header.js").Index} Index */
/** @typedef {import("./header.js").Tree} Tree */
/** @typedef {ReturnType<typeof openArchive>} Archive */
/** @typedef {Map<string, {shape: number[], numbers: Float64Array}>} Arrays */
/** @typedef {{header: Record<string, any>, arrays: Arrays, more: Record<string, any>}} Piece */

const BETWEEN = "|";

/** @param {string} text  in Base64 */
export async function inflated(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const whole = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(whole).arrayBuffer();
}

/** @param {ArrayBuffer} bytes  of an archive, inflated */
export function openArchive(bytes) {
  const length = new DataView(bytes).getUint32(0, true);
  /** @type {Index} */
  const index = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  const pieces = new Map(Object.entries(index.pieces));
  const numbers = numbersIn(bytes, padded(4 + length), index.numbers);
  const value = valuesOf(index.values);

  return {
    page: index.page,
    /** @param {string} key */
    has: (key) => pieces.has(key),
    /**
     * The settings of all pieces of a kind.
     * @param {string} name @param {string[]} of  the keys of the settings
     */
    withValues: (name, of) =>
      [...pieces.keys()]
        .map((key) => key.split(BETWEEN))
        .filter(([kind]) => kind === name)
        .map(([, ...texts]) => new Map(of.map((key, k) => [key, texts[k]]))),
    /** @param {string} key @returns {Piece} */
    piece(key) {
      const [header, entries, more] = lookup(pieces, key);
      /** @type {Arrays} */
      const arrays = new Map();
      for (const [name, shape, place] of entries)
        arrays.set(name, { shape, numbers: numbers(place) });
      return { header: value(header), arrays, more: value(more) };
    },
  };
}

/** @param {number} count */
const padded = (count) => 8 * Math.ceil(count / 8);

/** What a tree stands for. @param {unknown[]} values @returns {(tree: Tree) => any} */
function valuesOf(values) {
  /** @type {(tree: Tree) => any} */
  const value = (tree) => {
    if (typeof tree === "number") return values[tree];
    if (Array.isArray(tree)) return tree.map(value);
    return Object.fromEntries(Object.entries(tree).map(([name, one]) => [name, value(one)]));
  };
  return value;
}

/** The arrays by their places. @param {ArrayBuffer} bytes @param {number} first @param {Index["numbers"]} spans */
function numbersIn(bytes, first, spans) {
  let at = first;
  const starts = spans.map(([size, count]) => {
    const start = at;
    at += padded(size * count);
    return start;
  });
  return (/** @type {number} */ place) => {
    const [size, count] = spans[place];
    const [start, end] = [starts[place], starts[place] + size * count];
    // To the last bit, which may be a letter's: payloads stand within payloads.
    if (size === 8) return new Float64Array(bytes.slice(start, end));
    return Float64Array.from(new Float32Array(bytes, start, count));
  };
}

/**
 * What a piece is called: of which kind it is, and the settings that it depends on.
 * @param {string} name @param {string[]} of @param {ReadonlyMap<string, string>} values
 */
export const keyOf = (name, of, values) =>
  [name, ...of.map((key) => lookup(values, key))].join(BETWEEN);

/**
 * One payload out of several pieces: what a later one says is in force. Its "id" says which.
 * @param {Archive} archive @param {string[]} keys
 * @returns {Piece}
 */
export function composed(archive, keys) {
  const pieces = keys.map(archive.piece);
  const more = Object.assign({}, ...pieces.map((one) => one.more));
  return {
    header: Object.assign({}, ...pieces.map(({ header }) => header), { id: keys.join(" ") }),
    arrays: new Map(pieces.flatMap(({ arrays }) => [...arrays])),
    more: { ...more, notes: pieces.flatMap((one) => one.more.notes ?? []) },
  };
}

/** The payload of a page's settings. @param {Archive} archive @param {ReadonlyMap<string, string>} values */
export const payloadOf = (archive, values) =>
  composed(
    archive,
    Object.entries(archive.page.pieces).map(([name, of]) => keyOf(name, of, values)),
  );

/**
 * The bytes of a payload with another of the same sequence beside it, as `beside.js` parts them.
 * @param {Piece} own @param {{titles: [string, string], other: Piece|null}|null} beside
 */
export function bytesOf({ header, arrays }, beside = null) {
  if (!beside) return pack(header, arrays);
  const { titles, other } = beside;
  const both = new Map(arrays);
  if (other) both.set("beside", besideOf(other));
  return pack({ ...header, beside: titles }, both);
}

/** A payload as an array of another: its bytes, eight to a number. @param {Piece} other */
function besideOf({ header, arrays }) {
  const { buffer } = pack(header, arrays);
  const numbers = new Float64Array(buffer);
  return { shape: [numbers.length], numbers };
}

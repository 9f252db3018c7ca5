/** The payload of a network that reads what a reader typed (rnnviz/web/site/own_sequences.py). No DOM. */

import { lookup } from "../maths/lookup.js";
import { composed, keyOf } from "./archive.js";
import { readNumbers, readText } from "./own_sequence.js";
import { saturation } from "./saturation.js";

const NETWORK = ["cell", "z"];
const LOSS = ["loss", "step"];

/**
 * @param {import("./archive.js").Archive} archive
 * @param {import("./settings_form.js").Values} values
 * @param {string} name  of the setting that has what was typed
 * @returns {import("./archive.js").Piece}
 */
export function ownPayload(archive, values, name) {
  const { own } = archive.page;
  const typed = lookup(values, name);
  const isText = name === "text";
  const { words, rows } = (isText ? readText : readNumbers)(typed, own);
  const kind = `${lookup(values, "sequence")} ${isText ? 0 : rows[0].length}`;
  const steps = String(rows.length);
  const of = (/** @type {string} */ piece, /** @type {string[]} */ keys) =>
    keyOf(
      piece,
      ["kind", ...keys, "steps"],
      new Map([...values, ["kind", kind], ["steps", steps]]),
    );
  const found = composed(archive, [
    keyOf("own", ["kind", ...NETWORK], new Map([...values, ["kind", kind]])),
    of("own try", NETWORK),
    keyOf("own loss", [...LOSS, "steps"], new Map([...values, ["steps", steps]])),
  ]);
  const sequence = { ...found.header.sequence, labels: words, item_labels: [words] };
  const header = { ...found.header, sequence, id: `${found.header.id} ${typed}` };
  const x = { shape: [rows.length, 1, rows[0].length], numbers: Float64Array.from(rows.flat()) };
  const piece = { header, arrays: new Map([["x", x], ...found.arrays]), more: found.more };
  const notes = [...found.more.notes, ...saturation(piece, own.saturation)];
  return { ...piece, more: { ...found.more, notes } };
}

/**
 * The lines of the call, as the server writes them, taken apart: plain text, values of settings to be
 * edited, names of what comes back. No DOM.
 *
 * @typedef {import("./header.js").CodePiece} CodePiece
 * @typedef {{text: string}|{name: import("./context.js").Given}|{field: string, at?: number}} Piece
 *   field: the key of a setting; at: which of several numbers
 */

const FLAGS = new Set(["bidirectional", "batch_first", "bias"]);
/** Settings whose piece is a call: a switch turns them. */
const CALLS = new Set(["packed", "initial"]);
const CALLED = /\b(rnn|packed)\b/;
/** So many lengths have a field each; more have one together. */
const SEPARATE = 8;
const NAMES = /\b(output|h_n|c_n)\b(?=[^=]*=)/g;

/** @param {string} key */
export const isFlag = (key) => FLAGS.has(key);

/** Whether a line says nothing of the module: what is handed over, what stands around it. @param {CodePiece[]} line */
export const isAround = (line) => !line.some(({ text }) => CALLED.test(text));

/** @param {CodePiece[]} line @returns {Piece[]} */
export function piecesOf(line) {
  return line.flatMap(({ text, setting }) => {
    if (setting === "lengths") return lengthsOf(text);
    if (setting !== "" && !CALLS.has(setting)) return valueOf(text, setting);
    return named(text);
  });
}

/** A text in quotes is edited within them. @param {string} text @param {string} setting @returns {Piece[]} */
function valueOf(text, setting) {
  if (!text.startsWith('"')) return [{ field: setting }];
  return [{ text: '"' }, { field: setting }, { text: '"' }];
}

/** @param {string} text @returns {Piece[]} */
function lengthsOf(text) {
  const count = text.split(",").length;
  if (count > SEPARATE) return [{ field: "lengths" }];
  return Array.from({ length: count }, (_one, at) => at).flatMap((at) => [
    ...(at ? [{ text: ", " }] : []),
    { field: "lengths", at },
  ]);
}

/** What stands left of an equals sign and is given back. @param {string} text @returns {Piece[]} */
function named(text) {
  return text.split(NAMES).map((piece, place) => {
    if (place % 2 === 0) return { text: piece };
    return { name: /** @type {import("./context.js").Given} */ (piece) };
  });
}

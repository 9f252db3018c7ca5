/** Tables in CSV, as rnnviz/writing.py makes them. No DOM. */

const RUN_BY_SPREADSHEETS = /^[=+\-@\t\n]/;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * Lines of cells; numbers have every digit. A text that a spreadsheet would run when it opens the
 * file (it begins as a formula does) stands after an apostrophe.
 * @param {Iterable<Iterable<string|number>>} rows
 */
export function csvOf(rows) {
  return Array.from(rows, (row) => `${Array.from(row, written).join()}\n`).join("");
}

/** @param {string|number} cell */
function written(cell) {
  if (typeof cell === "number") return String(cell);
  const plain = cell.replaceAll(/\r\n?/g, "\n"); // a \r alone would begin a line
  const text = RUN_BY_SPREADSHEETS.test(plain) && !NUMBER.test(plain) ? `'${plain}` : plain;
  const isQuoted = ['"', ",", "\n"].some((sign) => text.includes(sign));
  return isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
}

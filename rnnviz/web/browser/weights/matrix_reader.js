/** What was pasted, as the numbers of one parameter. No DOM. */

import { _, ngettext } from "../drawing/texts.js";
import { cut, readNumber } from "./number_text.js";

/** @typedef {import("./paste_reader.js").Tree} Tree */
/**
 * @typedef {"unit"|"input"|"output"|null} Each  what there is one number or row for; null: of a
 *   parameter that holds several gates
 * @typedef {{shape: readonly number[], rows: Each, columns: Each}} Form  shape: one size of a vector,
 *   two of a matrix
 * @typedef {{numbers: Float64Array, problem: ""}|{numbers: null, problem: string}} Numbers  row by row
 */

/**
 * The first of the readings that has the right shape.
 * @param {readonly Tree[]} readings @param {Form} form
 * @returns {Numbers}
 */
export function readMatrix(readings, form) {
  const tables = readings.map(tableOf);
  const fitting = tables.find((table) => table !== null && problemOf(table, form) === "");
  const table = fitting ?? tables[0] ?? null;
  if (table === null)
    return refused(_("Rows of numbers belong here: a list of lists, and no more lists in these."));
  /** @type {number[]} */
  const numbers = [];
  for (const [r, row] of table.entries())
    for (const [c, text] of row.entries()) {
      const { value, problem } = readNumber(text);
      if (problem !== null) return refused(placed(problem, r, table.length > 1 ? c : null));
      numbers.push(value);
    }
  const problem = problemOf(table, form);
  return problem ? refused(problem) : { numbers: Float64Array.from(numbers), problem: "" };
}

/** @param {string} problem @returns {Numbers} */
const refused = (problem) => ({ numbers: null, problem });

/** @param {string} problem @param {number} row @param {number|null} column  null: there is one row */
function placed(problem, row, column) {
  if (column === null) return problem;
  const where = { row: row + 1, column: column + 1, problem };
  return _("Row {row}, column {column}: {problem}", where);
}

/**
 * Rows of texts; null for what is no such thing.
 * @param {Tree} tree
 * @returns {string[][]|null}
 */
function tableOf(tree) {
  if (!Array.isArray(tree)) return textOf(tree) === null ? null : [[textOf(tree) ?? ""]];
  const isFlat = tree.every((item) => !Array.isArray(item));
  const rows = isFlat ? [tree] : tree.map((row) => (Array.isArray(row) ? row : [row]));
  const texts = rows.map((row) => row.map(textOf));
  return texts.every(areTexts) ? texts : null;
}

/** @param {Tree} tree */
function textOf(tree) {
  if (typeof tree === "string") return tree;
  return Array.isArray(tree) || tree instanceof Map ? null : cut(tree.quoted);
}

/** @param {Array<string|null>} row @returns {row is string[]} */
const areTexts = (row) => row.every((text) => text !== null);

/** What is wrong with a table's shape; "" where nothing is. @param {string[][]} table @param {Form} form */
function problemOf(table, { shape, rows, columns }) {
  const [height, width] = shape;
  if (width === undefined) return vectorProblem(table, height, rows);
  if (table.length !== height) return rowsProblem(table.length, height, rows);
  const odd = table.findIndex((row) => row.length !== width);
  return odd < 0 ? "" : columnsProblem(odd + 1, table[odd].length, width, columns);
}

/** A vector may lie or stand. @param {string[][]} table @param {number} count @param {Each} each */
function vectorProblem(table, count, each) {
  const found = table.reduce((sum, row) => sum + row.length, 0);
  const isLine = table.length === 1 || table.every((row) => row.length === 1);
  if (isLine && found === count) return "";
  const holes = { found };
  if (each === "unit")
    return ngettext(
      "{count} number is needed, one for each unit; this has {found}.",
      "{count} numbers are needed, one for each unit; this has {found}.",
      count,
      holes,
    );
  if (each === "output")
    return ngettext(
      "{count} number is needed, one for each output; this has {found}.",
      "{count} numbers are needed, one for each output; this has {found}.",
      count,
      holes,
    );
  return ngettext(
    "{count} number is needed; this has {found}.",
    "{count} numbers are needed; this has {found}.",
    count,
    holes,
  );
}

/** @param {number} found @param {number} count @param {Each} each */
function rowsProblem(found, count, each) {
  const holes = { found };
  if (each === "unit")
    return ngettext(
      "{count} row is needed, one for each unit; this has {found}.",
      "{count} rows are needed, one for each unit; this has {found}.",
      count,
      holes,
    );
  if (each === "output")
    return ngettext(
      "{count} row is needed, one for each output; this has {found}.",
      "{count} rows are needed, one for each output; this has {found}.",
      count,
      holes,
    );
  return ngettext(
    "{count} row is needed; this has {found}.",
    "{count} rows are needed; this has {found}.",
    count,
    holes,
  );
}

/** @param {number} row @param {number} found @param {number} count @param {Each} each */
function columnsProblem(row, found, count, each) {
  const holes = { row, found };
  if (each === "input")
    return ngettext(
      "Each row needs {count} number, one for each input; row {row} has {found}.",
      "Each row needs {count} numbers, one for each input; row {row} has {found}.",
      count,
      holes,
    );
  return ngettext(
    "Each row needs {count} number, one for each unit; row {row} has {found}.",
    "Each row needs {count} numbers, one for each unit; row {row} has {found}.",
    count,
    holes,
  );
}

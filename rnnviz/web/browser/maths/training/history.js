/** What happened at every update of a run, in columns that grow. No DOM. */

import { lookup } from "../lookup.js";

/** @typedef {import("./measures.js").Row} Row */
/** @typedef {{numbers: Float64Array, width: number}} Column  width: numbers of an update */
/** @typedef {ReturnType<typeof createHistory>} History */

/** @param {number} first  how many updates were made before, of which nothing is kept */
export function createHistory(first) {
  /** @type {Map<string, Column>} */
  const columns = new Map();
  let count = 0;
  return {
    first,
    /** How many updates were made, those before included. */
    get update() {
      return first + count;
    },
    names: () => [...columns.keys()],
    /** @param {Row} row */
    add(row) {
      for (const [name, value] of row) {
        const values = typeof value === "number" ? [value] : value;
        const column = columns.get(name) ?? { numbers: new Float64Array(), width: values.length };
        columns.set(name, column);
        const at = count * column.width;
        if (at + column.width > column.numbers.length) column.numbers = longer(column);
        column.numbers.set(values, at);
      }
      count += 1;
    },
    /**
     * Of the updates from one on, all that is kept under a name; it stays the history's.
     * @param {string} name @param {number} from  updates made before the first of them
     */
    since(name, from) {
      const { numbers, width } = lookup(columns, name);
      return { width, numbers: numbers.subarray((from - first) * width, count * width) };
    },
  };
}

/** @param {Column} column */
function longer({ numbers, width }) {
  const room = new Float64Array(Math.max(2 * numbers.length, 64 * width));
  room.set(numbers);
  return room;
}

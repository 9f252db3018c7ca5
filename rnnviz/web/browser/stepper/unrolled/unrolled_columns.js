/**
 * The columns of the unrolled network, one for each step in view. No DOM.
 *
 * @typedef {Object} Columns  the steps that are in view
 * @property {number} from @property {number} count @property {number} width  of all, in pixels
 */

/** Where the columns and their cells stand. @param {Columns} columns */
export function gridOf({ from, count, width }) {
  const column = width / count;
  const cell = Math.min(Math.max(column * 0.55, 2), 44);
  const middle = (/** @type {number} */ t) => (t - from + 0.5) * column;
  return {
    column,
    middle,
    left: (/** @type {number} */ t) => middle(t) - cell / 2,
    right: (/** @type {number} */ t) => middle(t) + cell / 2,
    steps: Array.from({ length: count }, (_, k) => from + k),
  };
}
/** @typedef {ReturnType<typeof gridOf>} Grid */

/**
 * From where to where the cells of some steps reach, in pixels; what is outside the view is cut.
 * @param {Columns} columns @param {[from: number, to: number]} steps  to: the first that is not
 */
export function extentOf(columns, [from, to]) {
  const grid = gridOf(columns);
  const [first, end] = [columns.from, columns.from + columns.count];
  const [low, high] = [Math.max(from, first), Math.min(to, end)];
  if (low >= high) return [0, 0];
  const left = low === first && from === 0 ? 0 : grid.left(low);
  const right = high === end ? columns.width : grid.right(high - 1);
  return [left, right];
}

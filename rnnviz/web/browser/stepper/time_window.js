/**
 * Which time steps the strip, the inputs and the maps show: all, or of a long run a window that can
 * be moved. The run itself is always whole. No DOM.
 */

const MOST = 150; // steps that are shown at once
const WIDE = 120; // steps of a window, where there are more

/** How many steps are in view at once. @param {number} T */
export function columnsOf(T) {
  return T > MOST ? WIDE : T;
}

/**
 * The first step in view, so that a step is: where it was, or a page further or back.
 * @param {number} from  where it was @param {number} step @param {number} T
 */
export function firstInView(from, step, T) {
  const columns = columnsOf(T);
  const margin = Math.floor(columns / 8);
  let first = from;
  if (step < from) first = step - columns + 1 + margin;
  if (step >= from + columns) first = step - margin;
  return Math.min(Math.max(first, 0), T - columns);
}

/**
 * A value's numbers at the steps in view.
 * @param {Float64Array} numbers  T x its size @param {number} from @param {number} T
 */
export function inView(numbers, from, T) {
  const size = numbers.length / T;
  return numbers.subarray(from * size, (from + columnsOf(T)) * size);
}

/**
 * The column of a step; none where it is not in view.
 * @param {number|undefined} step @param {number} from @param {number} T
 */
export function columnOf(step, from, T) {
  const column = (step ?? -1) - from;
  return column >= 0 && column < columnsOf(T) ? column : undefined;
}

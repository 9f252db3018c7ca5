/**
 * Where a slider stands for a number: the middle is 0, and the number goes with the square of the
 * way from there, so that small weights have room and large ones are in reach. No DOM.
 */

const STICKY = 0.02; // so near the middle, it is 0

/** @param {number} place  −1 (left end) to 1 (right end) @param {number} reach  the number at 1 */
export function valueAt(place, reach) {
  const within = Math.min(Math.max(place, -1), 1);
  if (Math.abs(within) < STICKY) return 0;
  return rounded(Math.sign(within) * within * within * reach, reach);
}

/** The inverse, but for rounding; what is out of reach stands at the end. @param {number} value @param {number} reach */
export function placeOf(value, reach) {
  if (Number.isNaN(value)) return 0;
  return Math.sign(value) * Math.sqrt(Math.min(Math.abs(value) / reach, 1));
}

/**
 * How far sliders reach so that each of these numbers is within: `least`, or that doubled and
 * doubled again.
 * @param {ArrayLike<number>} values @param {number} least
 */
export function reachOf(values, least) {
  let largest = 0;
  for (let k = 0; k < values.length; k++)
    if (Number.isFinite(values[k])) largest = Math.max(largest, Math.abs(values[k]));
  let reach = least;
  while (reach < largest) reach *= 2;
  return reach;
}

/** To a five-hundredth of the reach or three digits, whichever is finer. @param {number} value @param {number} reach */
export function rounded(value, reach) {
  const decimals = Math.min(Math.max(Math.ceil(Math.log10(500 / reach)), 0), 100);
  return Number(value.toFixed(decimals)) + 0; // no −0
}

/**
 * Axes: where a number stands on a chart. No DOM.
 *
 * @typedef {{low: number, high: number, ticks: number[], at: (tick: number) => number, place:
 *   (value: number) => number}} Axis
 *   at: the value a tick stands for. place: 0 at the low end, 1 at the high one.
 */

/**
 * A logarithmic axis over whole powers of ten that holds every positive finite number given.
 * @param {Iterable<number>} numbers
 * @returns {Axis}  low, high and ticks are exponents
 */
export function logAxis(numbers, { most = 6 } = {}) {
  let smallest = Infinity,
    largest = 0;
  for (const n of numbers) {
    if (!(n > 0) || !Number.isFinite(n)) continue;
    if (n < smallest) smallest = n;
    if (n > largest) largest = n;
  }
  if (largest === 0) [smallest, largest] = [0.1, 1];
  const low = Math.floor(Math.log10(smallest) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(largest) - 1e-9));
  const every = Math.ceil((high - low) / most);
  const ticks = [];
  for (let exponent = Math.ceil(low / every) * every; exponent <= high; exponent += every)
    ticks.push(exponent);
  return {
    low,
    high,
    ticks,
    at: (exponent) => 10 ** exponent,
    place: (value) => (Math.log10(value) - low) / (high - low),
  };
}

/**
 * A linear axis from low to high with round ticks.
 * @param {number} low
 * @param {number} high
 * @returns {Axis}
 */
export function linearAxis(low, high, { most = 4 } = {}) {
  const rough = (high - low) / most;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((f) => f * ten).find((s) => s >= rough * (1 - 1e-9));
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++)
    ticks.push(Number((k * step).toPrecision(12)));
  return { low, high, ticks, at: (value) => value, place: (value) => (value - low) / (high - low) };
}

/**
 * The time steps to label so that labels do not touch: the first, the last, and round ones between.
 * @param {number} T @param {number} room  how many labels fit
 * @returns {number[]} from 0
 */
export function timeTicks(T, room) {
  if (T <= room) return Array.from({ length: T }, (_, t) => t);
  const every =
    [2, 5, 10, 20, 25, 50, 100, 200, 500, 1000].find((n) => T / n <= Math.max(room - 1, 1)) ?? T;
  const ticks = [0];
  for (let count = every; count <= T; count += every) ticks.push(count - 1);
  return ticks;
}

/** The largest magnitude among finite numbers. @param {Float64Array} numbers */
export function largestSize(numbers) {
  let largest = 0;
  for (const n of numbers) {
    const size = Math.abs(n);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}

/**
 * An SVG path through the points; it breaks where a number cannot be drawn.
 * @param {ArrayLike<number>} numbers
 * @param {(k: number) => number} x
 * @param {(value: number) => number} y
 */
export function linePath(numbers, x, y) {
  let path = "",
    isBroken = true;
  for (let k = 0; k < numbers.length; k++) {
    const height = y(numbers[k]);
    if (!Number.isFinite(height)) {
      isBroken = true;
      continue;
    }
    path += `${isBroken ? "M" : "L"}${x(k).toFixed(1)} ${height.toFixed(1)}`;
    isBroken = false;
  }
  return path;
}

/**
 * Time steps in words, counted from 1: [0, 1, 2, 5] → "1–3, 6".
 * @param {number[]} steps  from 0, ascending
 */
export function stretches(steps) {
  const found = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === step - 1) last[1] = step;
    else found.push([step, step]);
  }
  return found
    .map(([from, to]) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`))
    .join(", ");
}

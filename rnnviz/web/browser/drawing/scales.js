/**
 * Axes: where a number stands on a chart. No DOM.
 *
 * @typedef {Object} Axis
 * @property {number} low
 * @property {number} high  both in the unit of the ticks
 * @property {(most: number) => number[]} ticks  round ones, about so many
 * @property {(tick: number) => number} at  the value a tick stands for
 * @property {(tick: number) => string} text
 * @property {(value: number) => number} place  0 at the low end, 1 at the high one
 * @property {(place: number) => number} [value]  the inverse, where a pointer may choose
 * @property {string} [unit]  of what is counted, beside the last tick
 * @property {boolean} [isLog]  its ticks are exponents
 * @property {(value: number) => number} [number]  what a value is called, where it is not the value:
 *   the number whose exponent is placed, the step that is the first
 */

import { tenTo } from "./number_format.js";
import { _ } from "./texts.js";

const ROUND = [1, 2, 5, 10];
const DECADES = [1, 2, 3, 5, 10];
/** Where a covering axis ends, an exponent and a number: what is further out stands at the edge. */
const LOWEST = -12;
const TOP = 1e38;

/**
 * The multiples of a round step between two numbers.
 * @param {number} low @param {number} high
 * @param {number} most  about how many
 * @param {{isWhole?: boolean, factors?: number[]}} [of]  factors: of a power of ten, which are round
 */
export function roundTicks(low, high, most, { isWhole = false, factors = ROUND } = {}) {
  const rough = Math.max((high - low) / Math.max(most, 1), Number.MIN_VALUE);
  const ten = 10 ** Math.floor(Math.log10(rough));
  const round = factors.map((f) => f * ten).find((s) => s >= rough * (1 - 1e-9)) ?? 10 * ten;
  const step = isWhole ? Math.max(1, round) : round;
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++)
    ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/**
 * Powers of ten between whole exponents. What it places are exponents too, so that what lies beyond
 * float64 has a place.
 * @param {number} low @param {number} high
 * @returns {Axis}
 */
export function decadeAxis(low, high) {
  return {
    low,
    high,
    ticks(most) {
      const ticks = roundTicks(low, high, most, { isWhole: true, factors: DECADES });
      return ticks.length > 1 ? ticks : [low, high]; // one alone says nothing of the scale
    },
    at: (exponent) => exponent,
    text: tenTo,
    place: (exponent) => (exponent - low) / (high - low),
    isLog: true,
    number: (exponent) => 10 ** exponent,
  };
}

/**
 * A logarithmic axis over whole powers of ten that holds every positive finite number given. Zero has
 * no place on it.
 * @param {Iterable<number>} numbers
 * @returns {Axis}  low, high and ticks are exponents
 */
export function logAxis(numbers) {
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
  const { place, ...decades } = decadeAxis(low, high);
  const log = (/** @type {number} */ value) => (value > 0 ? Math.log10(value) : NaN);
  return {
    ...decades,
    at: (e) => 10 ** e,
    place: (value) => place(log(value)),
    number: (value) => value,
  };
}

/**
 * A log axis over all numbers it was given. Zero is further down than it goes.
 * @param {{lowest?: number}} [limit]  the exponent below which it does not go
 */
export function coveringLog({ lowest = LOWEST } = {}) {
  let [least, most] = [Infinity, -Infinity];
  return {
    /** @param {Iterable<number>} numbers  that must be in it */
    hold(numbers) {
      for (const n of numbers) {
        if (!(n > 0) || !Number.isFinite(n)) continue;
        if (n < least) least = n;
        if (n > most) most = n;
      }
    },
    /** @returns {Axis} */
    axis() {
      const [low, high] = [least, most].map((n) => Math.min(Math.max(n, 10 ** lowest), TOP));
      const axis = logAxis(least > most ? [] : [low, high]);
      return { ...axis, place: (value) => (value === 0 ? -Infinity : axis.place(value)) };
    },
  };
}

/**
 * @param {number} low @param {number} high
 * @param {(tick: number) => string} [text]
 * @returns {Axis}
 */
export function linearAxis(low, high, text = (tick) => String(tick).replace("-", "−")) {
  return {
    low,
    high,
    ticks: (most) => roundTicks(low, high, most),
    at: (value) => value,
    text,
    place: (value) => (value - low) / (high - low),
  };
}

/**
 * Time steps from left to right, each in the middle of its column.
 * @param {number} count
 * @param {{first?: number, unit?: string}} [called]  first: the number of the first one, 1 or 0
 * @returns {Axis}  its values are places in the sequence, from 0
 */
export function stepAxis(count, { first = 1, unit } = {}) {
  return {
    low: 0,
    high: count - 1,
    ticks: (most) => (first === 1 ? timeTicks(count, most) : [0, ...roundTimes(count - 1, most)]),
    at: (t) => t,
    text: (t) => String(t + first),
    place: (t) => (t + 0.5) / count,
    value: (place) => place * count - 0.5,
    number: (t) => t + first,
    unit,
  };
}

/** Updates of a run, from one to another. @param {[number, number]} range @returns {Axis} */
export function updateAxis([low, high]) {
  const span = Math.max(high - low, 1e-9);
  return {
    low,
    high,
    ticks: (most) => roundTicks(low, high, most, { isWhole: true }),
    at: (update) => update,
    text: (update) => update.toLocaleString("en"),
    place: (update) => (update - low) / span,
    value: (place) => low + place * span,
    unit: _("update"),
  };
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

/**
 * The same where the first is called 0: only round numbers, and 1 if there are few.
 * @param {number} last @param {number} room
 */
function roundTimes(last, room) {
  const round = timeTicks(last, room).map((t) => t + 1);
  return round.filter((t) => t > 1 || last < 7);
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
 * Time steps in words, counted from 1: [0, 1, 2, 5] → "1–3, 6".
 * @param {number[]} steps  from 0, ascending
 */
export function stretches(steps) {
  /** @type {Array<[from: number, to: number]>} */
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

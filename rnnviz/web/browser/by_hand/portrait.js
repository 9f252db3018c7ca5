/**
 * Where one step leads from each state, its input fixed: of one number as a map, of more as arrows in
 * the plane of two of them; the states at rest; the way from here. No DOM.
 *
 * @typedef {import("../maths/header.js").LayerSpec} LayerSpec
 * @typedef {import("../maths/fixed_points.js").FixedPoint} FixedPoint
 *
 * @typedef {import("../maths/state_map.js").OneStep & Place} Moment  what is looked at
 * @typedef {Object} Place
 * @property {Float64Array} before  the state before the step
 * @property {Float64Array} reach  how far each coordinate is shown
 * @property {[across: number, up: number]} axes  places in the state; of one number both are 0
 *
 * @typedef {Object} Portrait
 * @property {Float64Array} after  of the field's places: each coordinate shown, before and after
 * @property {Float64Array} way  the states from `before` on while the input stays, one after another
 * @property {FixedPoint[]} points  states at rest, twice as far as is shown
 */

import { fixedPoints } from "../maths/fixed_points.js";
import { createStateMap } from "../maths/state_map.js";

/** Of a state with more numbers the eigenvalues are no longer sure. */
export const MOST_NUMBERS = 8;
const ALONG = 161; // places on a line
const SIDE = 13; // places on each side of the plane
const STEPS = 40; // of the way
const BEYOND = 2;
const SETTLED = 200;

/** @param {LayerSpec} spec */
export function createPortraits(spec) {
  const size = spec.cell.states.length * spec.hidden;
  const isLine = size === 1;
  const field = createStateMap(spec, isLine ? ALONG : SIDE * SIDE);
  const one = createStateMap(spec, 1);
  const search = createStateMap(spec, size <= 2 ? 49 : size <= 4 ? 36 : 16);
  const places = new Float64Array(field.count * size);

  /** @param {Moment} moment */
  function lay({ before, reach, axes: [across, up] }) {
    for (let n = 0; n < field.count; n++) {
      places.set(before, n * size);
      const column = isLine ? n / (ALONG - 1) : (n % SIDE) / (SIDE - 1);
      places[n * size + across] = reach[across] * (2 * column - 1);
      if (isLine) continue;
      places[n * size + up] = reach[up] * ((2 * Math.floor(n / SIDE)) / (SIDE - 1) - 1);
    }
  }
  /** @param {Moment} moment @param {number} steps */
  function follow(moment, steps) {
    const way = new Float64Array((steps + 1) * size);
    way.set(moment.before);
    for (let t = 0; t < steps; t++)
      way.set(one.evaluate(moment, way.subarray(t * size, (t + 1) * size)), (t + 1) * size);
    return way;
  }
  return {
    size,
    isLine,
    side: SIDE,
    /** @param {Moment} moment @returns {Portrait} */
    of(moment) {
      lay(moment);
      const { reach, axes } = moment;
      const next = field.evaluate(moment, places);
      const after = new Float64Array(field.count * 4);
      for (let n = 0; n < field.count; n++)
        axes.forEach((axis, k) => {
          after[4 * n + k] = places[n * size + axis];
          after[4 * n + 2 + k] = next[n * size + axis];
        });
      const far = reach.map((one) => BEYOND * one);
      const points =
        size > MOST_NUMBERS
          ? []
          : fixedPoints(search, moment, starts(search.count, far, settled(moment)), far);
      return { after, way: follow(moment, STEPS), points };
    },
  };

  /** Where it has come to after long. @param {Moment} moment */
  function settled(moment) {
    return follow(moment, SETTLED).subarray(SETTLED * size);
  }
}

/**
 * Places spread evenly (as Halton does, a base for each coordinate), and one that is given; of one
 * number, a grid.
 * @param {number} count @param {Float64Array} reach @param {Float64Array} last
 */
function starts(count, reach, last) {
  const size = reach.length;
  const found = new Float64Array(count * size);
  const bases = [2, 3, 5, 7, 11, 13, 17, 19];
  for (let n = 0; n < count - 1; n++)
    for (let k = 0; k < size; k++) {
      const part = size === 1 ? n / (count - 2) : inverted(n, bases[k]);
      found[n * size + k] = reach[k] * (2 * part - 1);
    }
  found.set(last.every(Number.isFinite) ? last : new Float64Array(size), (count - 1) * size);
  return found;
}

/** The digits of a whole number, behind the point and the other way round. @param {number} n @param {number} base */
function inverted(n, base) {
  let [part, share] = [0, 1 / base];
  for (let rest = n + 1; rest > 0; rest = Math.floor(rest / base), share /= base)
    part += (rest % base) * share;
  return part;
}

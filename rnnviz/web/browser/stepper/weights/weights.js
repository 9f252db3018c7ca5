/**
 * A run's parameters as they are typed: an initial state that is given for each sequence is that of
 * the one in view. No DOM.
 */

import { lookup } from "../../maths/lookup.js";
import { drawnWeights } from "../../weights/drawn.js";
import { isOfWeights } from "../changes/changes.js";

/** @typedef {import("../model.js").Model} Model */
/** @typedef {import("../../weights/names.js").Parameter} Parameter */

/** How many numbers it has. @param {Parameter} parameter */
export function sizeOf({ form }) {
  return form.shape.reduce((product, size) => product * size, 1);
}

/** Where its numbers begin in its array. @param {Model} model @param {Parameter} parameter */
export function startOf(model, parameter) {
  const size = sizeOf(parameter);
  return lookup(model.arrays, parameter.array).length > size ? model.item * size : 0;
}

/** All of them as they are now. @param {Model} model */
export function numbersNow(model) {
  return new Map(
    model.header.weights.parameters.map((parameter) => {
      const [start, size] = [startOf(model, parameter), sizeOf(parameter)];
      const numbers = lookup(model.liveArrays, parameter.array).subarray(start, start + size);
      return /** @type {[string, Float64Array]} */ ([parameter.array, numbers]);
    }),
  );
}

/**
 * Whole arrays with these numbers of parameters in them.
 * @param {Model} model @param {ReadonlyMap<string, Float64Array>} numbers
 */
export function wholeArrays(model, numbers) {
  /** @type {Map<string, Float64Array>} */
  const whole = new Map();
  for (const parameter of model.header.weights.parameters) {
    const own = numbers.get(parameter.array);
    if (own === undefined) continue;
    const array = lookup(model.liveArrays, parameter.array).slice();
    array.set(own, startOf(model, parameter));
    whole.set(parameter.array, array);
  }
  return whole;
}

/**
 * Those that are others than the server sent.
 * @param {Model} model @param {import("../changes/changes.js").Changes} changes
 */
export function numbersTyped(model, changes) {
  const touched = new Set(changes.filter(isOfWeights).map((one) => "array" in one && one.array));
  return new Map([...numbersNow(model)].filter(([array]) => touched.has(array)));
}

/**
 * The weights of one run as changes to another whose network they are to be: those that have a place
 * there, where they differ from what stands in it.
 * @param {ReadonlyMap<string, Float64Array>} live
 * @param {import("../../maths/payload.js").Payload<import("../header.js").StepHeader>} next
 * @returns {import("../changes/changes.js").Change[]}
 */
export function carried(live, { header, arrays }) {
  return header.weights.parameters.flatMap(({ array }) => {
    const [numbers, there] = [live.get(array), lookup(arrays, array)];
    if (numbers?.length !== there.length) return [];
    if (numbers.every((number, k) => Object.is(number, there[k]))) return [];
    return [{ kind: /** @type {const} */ ("parameter"), array, values: Array.from(numbers) }];
  });
}

/**
 * All weights at random from a seed; the states before the first step stay.
 * @param {import("../header.js").StepHeader} header @param {number} seed
 */
export function drawn({ weights, layers }, seed) {
  const arrays = weights.parameters
    .filter(({ array }) => !array.includes(".initial."))
    .map((one) => ({ array: one.array, size: sizeOf(one) }));
  return drawnWeights(seed, arrays, layers[0].hidden);
}

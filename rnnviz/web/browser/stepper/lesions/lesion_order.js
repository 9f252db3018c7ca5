/** The lines of the lesion table: which are shown, and in what order. Values, no DOM. */

import { sizeOf } from "../../maths/effect.js";

/** @typedef {import("../../maths/lesions.js").Lesioned} Lesioned */
/** @typedef {"held"|"answer"|"loss"} Column */
/**
 * @typedef {Object} Order
 * @property {"units"|"whole"} of  single units, or every one at once
 * @property {string} name  of a value; "" is any
 * @property {"both"|"0"|"1"} at
 * @property {Column} by @property {boolean} isUp  the smallest first
 */

/** The largest effects first. @param {boolean} isAnswered  whether there is an answer @returns {Order} */
export const ranked = (isAnswered) => ({
  of: "units",
  name: "",
  at: "both",
  by: isAnswered ? "answer" : "loss",
  isUp: false,
});

/**
 * @param {readonly Lesioned[]} all  in the order they were made @param {number} before  L untouched
 * @param {Order} order
 * @returns {Lesioned[]}
 */
export function arrangedBy(all, before, { of, name, at, by, isUp }) {
  const shown = all.filter(
    (one) =>
      (one.unit === null) === (of === "whole") &&
      (name === "" || one.name === name) &&
      (at === "both" || String(one.value) === at),
  );
  if (by === "held") return isUp ? shown.reverse() : shown;
  const size = (/** @type {Lesioned} */ one) =>
    by === "answer" && one.answer ? sizeOf(one.answer) : sizeOf({ before, after: one.loss });
  const sizes = new Map(shown.map((one) => [one, size(one)]));
  const down = (/** @type {Lesioned} */ a, /** @type {Lesioned} */ b) => {
    const [x, y] = [sizes.get(a) ?? 0, sizes.get(b) ?? 0];
    return x === y ? 0 : y > x ? 1 : -1;
  };
  shown.sort(down);
  return isUp ? shown.reverse() : shown;
}

/**
 * How often a gate is nearly shut, nearly open, or in between: its values counted. No DOM.
 *
 * @typedef {Object} Counted
 * @property {number[]} bins  how many lie in each twentieth of 0 to 1
 * @property {number} shut  below 0.05 @property {number} open  above 0.95
 * @property {number} between
 * @property {number} all  that are numbers
 */

export const SHUT = 0.05;
export const OPEN = 0.95;
const BINS = 20;

/** @param {ArrayLike<number>} values  from 0 to 1 @returns {Counted} */
export function counted(values) {
  const bins = Array.from({ length: BINS }, () => 0);
  for (let k = 0; k < values.length; k++) {
    if (!Number.isNaN(values[k])) bins[binOf(values[k])]++;
  }
  const all = bins.reduce((sum, count) => sum + count, 0);
  const [shut, open] = [bins[0], bins[BINS - 1]];
  return { bins, shut, open, between: all - shut - open, all };
}

/** The first and the last are the nearly shut and the nearly open, to the last bit. @param {number} value */
function binOf(value) {
  if (value < SHUT) return 0;
  if (value > OPEN) return BINS - 1;
  return Math.min(Math.max(Math.floor(value * BINS), 1), BINS - 2);
}

/** All of some together. @param {Counted[]} some @returns {Omit<Counted, "bins">} */
export function together(some) {
  const sum = (/** @type {"shut"|"open"|"between"|"all"} */ key) =>
    some.reduce((total, one) => total + one[key], 0);
  return { shut: sum("shut"), open: sum("open"), between: sum("between"), all: sum("all") };
}

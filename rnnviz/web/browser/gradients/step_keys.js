/** The keys that move along the time steps, for a slider that is one. No DOM. */

const FAR = new Map([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
  ["PageUp", -10],
  ["PageDown", 10],
  ["Home", -Infinity],
  ["End", Infinity],
]);

/**
 * Where a key leads; null if it leads nowhere.
 * @param {string} key @param {number} step  from 0 @param {number} count  of the steps
 */
export function stepAfter(key, step, count) {
  const by = FAR.get(key);
  return by === undefined ? null : Math.min(Math.max(step + by, 0), count - 1);
}

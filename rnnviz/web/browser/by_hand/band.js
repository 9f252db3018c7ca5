/** Where a challenge wants what it measures, over time. No DOM. */

/** @typedef {import("./header.js").ChallengeSpec} ChallengeSpec */
/** @typedef {{from: number, to: number, low: number, high: number}} Band  steps from..to-1 */

/**
 * The bands of a sequence: steps in a row that want the same, where they count.
 * @param {ChallengeSpec} challenge @param {number} item
 * @returns {Band[]}
 */
export function bandOf({ wanted, counts, tolerance }, item) {
  /** @type {Band[]} */
  const bands = [];
  wanted[item].forEach((number, step) => {
    if (!counts[item][step]) return;
    const [low, high] = [number - tolerance, number + tolerance];
    const last = bands.at(-1);
    if (last?.to === step && last.low === low) last.to++;
    else bands.push({ from: step, to: step + 1, low, high });
  });
  return bands;
}

/**
 * The forward pass and the backward pass as moments, one after the other: 0 to T − 1 read the steps,
 * T to 2T − 1 carry the gradient back through them. After the last one nothing is left to play. No DOM.
 *
 * @typedef {"forward"|"backward"} Pass
 * @typedef {{step: number, pass: Pass|null}} Place  pass: the one that is played, and has come to
 *   this step; null: both are done
 */

/** How many there are. @param {number} T */
export const momentsOf = (T) => 2 * T;

/**
 * @param {{step: number, pass?: Pass|null}} place @param {number} T @param {boolean} isReverse  the
 *   layer reads the last step first
 */
export function momentAt({ step, pass }, T, isReverse) {
  const turn = isReverse ? T - 1 - step : step;
  if (pass === "forward") return turn;
  return pass === "backward" ? 2 * T - 1 - turn : 2 * T - 1;
}

/** @param {number} moment @param {number} T @param {boolean} isReverse @returns {Place} */
export function placeAt(moment, T, isReverse) {
  const turn = moment < T ? moment : 2 * T - 1 - moment;
  const step = isReverse ? T - 1 - turn : turn;
  if (moment < T) return { step, pass: "forward" };
  return { step, pass: moment < 2 * T - 1 ? "backward" : null };
}

/**
 * The steps at which something is seen already: where values are computed, and where gradients are.
 * @param {Place} place @param {number} T @param {boolean} isReverse
 * @returns {{forward: [from: number, to: number], backward: [from: number, to: number]}}
 *   from 0; to: the first that is not
 */
export function reached({ step, pass }, T, isReverse) {
  /** @type {[from: number, to: number]} */
  const all = [0, T];
  /** @type {[from: number, to: number]} */
  const none = [0, 0];
  if (pass === "forward") return { forward: isReverse ? [step, T] : [0, step + 1], backward: none };
  if (pass === "backward") return { forward: all, backward: isReverse ? [0, step + 1] : [step, T] };
  return { forward: all, backward: all };
}

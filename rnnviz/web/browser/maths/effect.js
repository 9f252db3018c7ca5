/**
 * What a change does to a network's answer: the number that tells it, before and after. No DOM.
 *
 * @typedef {Object} Answers  of every step
 * @property {Float64Array} numbers  T x outputs: of a softmax probabilities
 * @property {number} outputs
 * @property {boolean} isSoftmax
 *
 * @typedef {Object} Effect
 * @property {number} step @property {number} output  whose number it is
 * @property {number} before @property {number} after
 */

/** @param {import("./network.js").NetworkRun} run @returns {Answers|null}  null: nothing reads it */
export function answersOf({ probabilities, prediction, outputs }) {
  const numbers = probabilities ?? prediction;
  return numbers && { numbers, outputs, isSoftmax: probabilities !== null };
}

/**
 * Of these steps the one whose answer moved most. Of a softmax an answer's number is the probability
 * of what was likeliest before; of other readouts the output that moved most.
 * @param {Answers} before @param {Answers} after @param {Iterable<number>} steps  at least one
 * @returns {Effect}
 */
export function largestEffect(before, after, steps) {
  return Array.from(steps, (step) => effectAt(before, after, step)).reduce((most, one) =>
    sizeOf(one) > sizeOf(most) ? one : most,
  );
}

/**
 * How far it moved; as far as can be where it is a number no more.
 * @param {Pick<Effect, "before"|"after">} effect
 */
export function sizeOf({ before, after }) {
  if (Object.is(before, after)) return 0;
  const size = Math.abs(after - before);
  return Number.isNaN(size) ? Infinity : size;
}

/**
 * @param {Answers} before @param {Answers} after @param {number} step
 * @returns {Effect}
 */
function effectAt(before, after, step) {
  /** @param {Answers} answers @param {number} k */
  const at = (answers, k) => rowOf(answers, step)[k];
  const of = (/** @type {number} */ output) => {
    return { step, output, before: at(before, output), after: at(after, output) };
  };
  if (before.isSoftmax) return of(argmax(rowOf(before, step)));
  const all = Array.from({ length: before.outputs }, (_, k) => of(k));
  return all.reduce((most, one) => (sizeOf(one) > sizeOf(most) ? one : most));
}

/** The numbers of one step. @param {Answers} answers @param {number} step */
export function rowOf({ numbers, outputs }, step) {
  return numbers.subarray(step * outputs, (step + 1) * outputs);
}

/** The place of the largest; a number is larger than what is none. @param {ArrayLike<number>} numbers */
export function argmax(numbers) {
  let best = 0;
  for (let k = 1; k < numbers.length; k++)
    if (numbers[k] > numbers[best] || Number.isNaN(numbers[best])) best = k;
  return best;
}

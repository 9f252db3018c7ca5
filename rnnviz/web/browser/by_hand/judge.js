/**
 * Whether a challenge is solved: the network runs over its sequences, as they were drawn and with
 * nothing held, and every step that counts is compared with what is wanted. No DOM.
 *
 * @typedef {import("./header.js").ChallengeSpec} ChallengeSpec
 * @typedef {import("../maths/header.js").NetworkHeader} NetworkHeader
 * @typedef {import("../maths/network.js").NetworkRun} NetworkRun
 *
 * @typedef {{item: number, step: number, miss: number}} Place  a step of a sequence, and how far off
 *   it is; Infinity where what is measured is no number
 * @typedef {Object} Verdict
 * @property {Float64Array[]} measured  for each sequence, one number a step
 * @property {Place[]} worst  for each sequence, the step that is furthest off; the first of equals
 * @property {Place} furthest  of all
 * @property {number} within  how many steps that count are near enough
 * @property {number} counted  how many count
 * @property {number} score  the share of these: from 0 to 1
 * @property {boolean} isSolved  all are
 */

import { lookup } from "../maths/lookup.js";
import { runNetwork } from "../maths/network.js";

const LEAST_SUM = 0.1; // of an input's gradient over time: a smaller one counts as this

/**
 * What is compared with what is wanted, one number a step; L is h at the last step.
 * @type {Map<string, (run: NetworkRun, of: string) => Float64Array>}
 */
const MEASURES = new Map([
  ["value", value],
  ["gradient", gradient],
  ["share", share],
]);

/**
 * @param {NetworkHeader & {challenge: ChallengeSpec}} header
 * @returns {(arrays: Map<string, Float64Array>) => Verdict}  judges the network with these weights
 */
export function createJudge(header) {
  const { challenge, batch } = header;
  const T = challenge.wanted[0].length;
  /** @type {NetworkHeader} */
  const asked = { ...header, loss: { kind: "sum", steps: [T - 1], text: "" } };
  const measure = lookup(MEASURES, challenge.measure);
  /** @type {NetworkRun|null} */
  let into = null;
  return (arrays) => {
    const measured = Array.from({ length: batch }, (_, item) => {
      into = runNetwork(asked, arrays, { item, into });
      return measure(into, challenge.of);
    });
    return verdict(challenge, measured);
  };
}

/** @param {ChallengeSpec} challenge @param {Float64Array[]} measured @returns {Verdict} */
function verdict({ wanted, counts, tolerance }, measured) {
  let [within, counted] = [0, 0];
  const worst = measured.map((numbers, item) => {
    /** @type {Place} */
    let place = { item, step: 0, miss: -1 };
    numbers.forEach((number, step) => {
      if (!counts[item][step]) return;
      const miss = missOf(number, wanted[item][step]);
      counted++;
      if (miss <= tolerance) within++;
      if (miss > place.miss) place = { item, step, miss };
    });
    return place;
  });
  const furthest = worst.reduce((a, b) => (b.miss > a.miss ? b : a));
  const score = within / counted;
  return { measured, worst, furthest, within, counted, score, isSolved: within === counted };
}

/** @param {number} number @param {number} wanted */
function missOf(number, wanted) {
  const miss = Math.abs(number - wanted);
  return Number.isNaN(miss) ? Infinity : miss;
}

/** A value of the first unit, or the readout's first output. @type {(run: NetworkRun, of: string) => Float64Array} */
function value(run, of) {
  const { spec, values } = run.layers[0].run;
  const [numbers, size] =
    of === "y" && run.prediction
      ? [run.prediction, run.outputs]
      : [lookup(values, of), spec.hidden];
  return Float64Array.from({ length: run.T }, (_, t) => numbers[t * size]);
}

/** How long dL/d(state) is, against the last step, as a decimal logarithm. @type {(run: NetworkRun, of: string) => Float64Array} */
function gradient(run, of) {
  const norms = lookup(run.layers[0].norms, of);
  return norms.map((norm) => Math.log10(norm / norms[run.T - 1]));
}

/** What share of all that moves L comes from each step of an input. @type {(run: NetworkRun, of: string) => Float64Array} */
export function share(run, of) {
  const { inputs } = run.layers[0].run.spec;
  const parts = Float64Array.from({ length: run.T }, (_, t) =>
    Math.abs(run.dx[t * inputs + Number(of)]),
  );
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / Math.max(sum, LEAST_SUM));
}

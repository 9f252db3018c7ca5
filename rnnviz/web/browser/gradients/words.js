/** What the page says: about numbers that cannot be drawn, and about those that can. No DOM. */

import { power, short, superscript } from "../drawing/number_format.js";
import { stretches } from "../drawing/scales.js";
import { SCENE } from "./experiment.js";
import { theTitle } from "./series.js";

/** @typedef {import("./header.js").ExperimentHeader} ExperimentHeader */
/** @typedef {import("./header.js").Knobs} Knobs */

/** A number as text; zero is said to be exactly zero. @param {number} value */
export function size(value) {
  if (value === 0) return "exactly 0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : "∞";
  return value >= 0.01 && value < 1000 ? short(value) : power(value, 1);
}

/** A ratio given by its decimal logarithm. @param {number} exponent */
export function ratio(exponent) {
  if (exponent === -Infinity) return "exactly 0";
  if (!Number.isFinite(exponent)) return "beyond float64";
  if (exponent > -2 && exponent < 3) return short(10 ** exponent);
  const whole = Math.floor(exponent);
  return `${(10 ** (exponent - whole)).toFixed(1)}×10${superscript(whole)}`;
}

/** A step counted from 1, or "never". @param {number|null} t */
export function stepOrNever(t) {
  return t === null ? "never" : `step ${t + 1}`;
}

/**
 * What became of a curve that cannot be drawn, or only in part; "" where all is well.
 * @param {string} name @param {import("./measure.js").Curve} curve
 */
export function trouble(name, { condition, total, before, start, state }) {
  const norm = `dL/d${state}`;
  if (condition === "one step")
    return `${name}: the loss is asked at the first step, so there is no way back to travel.`;
  if (condition === "nothing arrives")
    return `${name}: ${norm} is exactly 0 already where the loss is asked; nothing sets out.`;
  const steps = (/** @type {(norm: number) => boolean} */ test) =>
    [...total.keys()].filter((t) => t <= start && test(total[t]));
  const beyond = steps((n) => !Number.isFinite(n));
  if (condition === "overflow") {
    const where = beyond.length ? `at step ${stretches(beyond)}` : "before the first step";
    const kind = [...total, before].some(Number.isNaN) ? "not a number" : "infinite";
    return (
      `${name}: it exploded. ${norm} is ${kind} ${where}: it left the range of float64 ` +
      "(10³⁰⁸)."
    );
  }
  const zeros = steps((n) => n === 0);
  if (zeros.length)
    return (
      `${name}: ${norm} is exactly 0 at step ${stretches(zeros)}: nothing of the loss ` +
      "arrives there."
    );
  return "";
}

/**
 * What the bound is worth, or why there is none.
 * @param {import("./bench.js").CellBound|null} limits @param {ExperimentHeader} header
 * @param {Knobs} knobs
 */
export function boundWords(limits, header, knobs) {
  if (limits === null) return limitsMissing(header, knobs);
  const factor = limits.factor.toFixed(2);
  return (
    "Dotted grey, the bound of Pascanu, Mikolov & Bengio (2013) for " +
    `${theTitle(limits.name, knobs)}: per step back at most ` +
    `σ₁(U) × steepest slope = ${factor}, so at most ${factor}ᵏ after k steps; the lower ` +
    "one takes the slopes of this run. " +
    "A bound, not a prediction: the gradient may lie far below it."
  );
}

/** @param {ExperimentHeader} header @param {Knobs} knobs */
function limitsMissing(header, knobs) {
  const name = knobs.cells.find((one) => one !== SCENE);
  const layer = header.layers.find((one) => one.name === name);
  return layer?.why ? `No bound is drawn for ${theTitle(layer.name, knobs)}. ${layer.why}` : "";
}

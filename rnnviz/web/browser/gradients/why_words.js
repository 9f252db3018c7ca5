/** Why a gradient vanishes or does not, in words. No DOM. */

import { short } from "../drawing/number_format.js";
import { lookup } from "../maths/lookup.js";
import { killers, slopesOf } from "./measure.js";
import { titleOf } from "./series.js";
import { ratio, size } from "./words.js";

/** @typedef {import("./measure.js").Detailed} Detailed */
/** @typedef {import("./measure.js").Run} Run */

/**
 * What arrives of a unit's gradient along the direct path.
 * @param {Detailed} found @param {number} unit
 */
export function unitWords({ T, hidden: H, waterfall }, unit) {
  const { factors, direct, hasDirectPath } = waterfall;
  if (!hasDirectPath) return "";
  let least = 0;
  for (let t = 0; t < T; t++)
    if (Math.abs(factors[t * H + unit]) < Math.abs(factors[least * H + unit])) least = t;
  return (
    `unit ${unit + 1} (◇ marks): ${size(Math.abs(direct[unit]))} arrives, its smallest ` +
    `factor ${short(factors[least * H + unit])} at step ${least + 1}`
  );
}

/**
 * The honest answer to "why don't the sigmoids vanish too?"
 * @param {Detailed} found @param {import("./header.js").Knobs} knobs @param {Run} run
 */
export function whyWords(found, knobs, run) {
  const { layer, waterfall } = found;
  const worst = killers(waterfall.norms).total;
  const end =
    worst === null
      ? ""
      : ` The worst step is ${worst.step + 1}: it multiplies the whole by ${size(worst.factor)}.`;
  const why = waterfall.hasDirectPath ? pathWords(found, run) : noPathWords(found, run);
  return `${titleOf(layer.name, knobs)}: ${why}${end}`;
}

/** @param {Detailed} found @param {Run} run */
function noPathWords({ layer, waterfall: { state } }, run) {
  if (!layer.plain)
    return (
      `no path from d${state} to d${state} stays elementwise; all goes through ` +
      "matrices and functions."
    );
  const slopes = slopesOf(run, layer.plain.function);
  const mean = slopes.reduce((sum, n) => sum + n, 0) / slopes.length;
  return (
    "nothing is handed on as it is. Each step back is diag(slope)·U; for tanh " +
    `the slope is 1 − h², here ${short(mean)} on average, so the product shrinks even ` +
    "where U alone would keep its size."
  );
}

/** @param {Detailed} found @param {Run} run */
function pathWords({ hidden: H, layer, start, waterfall }, run) {
  const { state, factors, norms } = waterfall;
  const steps = start + 1;
  let logs = 0;
  for (let k = 0; k < steps * H; k++) logs += Math.log10(Math.abs(factors[k]));
  const mean = logs / (steps * H);
  return (
    "why don't its sigmoids vanish too? They do, wherever the gate is below 1. " +
    `Along the direct path each step multiplies dL/d${state} by ${gateOf(layer, factors, run)}, ` +
    `here ${short(10 ** mean)} (geometric mean); over ${steps} ` +
    `${steps === 1 ? "step" : "steps"} that is ${ratio(mean * steps)}. ` +
    `At the start ${size(norms.direct[0])} arrives along the direct path, ` +
    `${size(norms.rest[0])} through the matrices.`
  );
}

/**
 * The gate that is the factor, or one minus it; a factor made otherwise has no name.
 * @param {import("./header.js").Layer} layer @param {Float64Array} factors @param {Run} run
 */
function gateOf({ cell, parts }, factors, { values }) {
  const isFactor = (/** @type {(k: number) => number} */ of) =>
    factors.every((factor, k) => Math.abs(factor - of(k)) < 1e-12);
  for (const gate of cell.gates) {
    const numbers = lookup(values, gate);
    const { title } = lookup(parts, gate);
    const called = title === gate ? "gate" : title;
    if (isFactor((k) => numbers[k])) return `the ${called} ${gate}`;
    if (isFactor((k) => 1 - numbers[k])) return `1 − ${gate} (${gate}: the ${called})`;
  }
  return "its factor";
}

/** Why a gradient vanishes or does not, in words. No DOM. */

import { percent, short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
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
export function unitWords({ hidden: H, start, waterfall }, unit) {
  const { factors, direct, hasDirectPath } = waterfall;
  if (!hasDirectPath) return "";
  if (!Number.isFinite(direct[unit]))
    return _("Unit {unit} (◇): along the direct path its gradient left the range of float64.", {
      unit: unit + 1,
    });
  const factor = (/** @type {number} */ t) => Math.abs(factors[t * H + unit]);
  let least = 0;
  for (let t = 0; t <= start; t++) if (factor(t) < factor(least)) least = t;
  return _(
    "Unit {unit} (◇): {arrives} arrives before step 1 along the direct path; its smallest factor is {factor}, at step {step}.",
    {
      unit: unit + 1,
      arrives: size(Math.abs(direct[unit])),
      factor: short(factors[least * H + unit]),
      step: least + 1,
    },
  );
}

/**
 * The honest answer to "why don't the sigmoids vanish too?", a sentence each.
 * @param {Detailed} found @param {import("./header.js").Knobs} knobs @param {Run} run
 */
export function whyWords(found, knobs, run) {
  const cell = titleOf(found.layer.name, knobs);
  const why = found.waterfall.hasDirectPath
    ? pathWords(found, run, cell)
    : noPathWords(found, run, cell);
  return [...why, ...worstWords(found)];
}

/** @param {Detailed} found */
function worstWords({ waterfall }) {
  const { total } = killers(waterfall.norms);
  if (total === null) return [];
  const where = { step: total.step + 1, factor: size(total.factor) };
  return total.factor < 1
    ? [_("Largest loss in one step: step {step}, × {factor}.", where)]
    : [_("No step back makes it smaller; the smallest factor is {factor}, at step {step}.", where)];
}

/** @param {Detailed} found @param {Run} run @param {string} cell */
function noPathWords({ layer, waterfall: { state } }, run, cell) {
  if (!layer.plain)
    return [
      _(
        "{cell}: no part of {state} is handed on as it is; all of it goes through matrices and functions.",
        { cell, state },
      ),
    ];
  const { function: name } = layer.plain;
  const slopes = slopesOf(run, name);
  const mean = slopes.reduce((sum, n) => sum + n, 0) / slopes.length;
  return [
    _("{cell}: nothing is handed on as it is.", { cell }),
    slopeWords(name, mean, layer.steepest),
  ];
}

/** @param {string} name  of the function @param {number} mean @param {number|null} steepest */
function slopeWords(name, mean, steepest) {
  if (name === "identity")
    return _("Each step back multiplies by U and by nothing else: there is no function.");
  if (name === "relu")
    return _(
      "Each step back multiplies by U and by the slope of ReLU, which is 1 where h is above 0, else 0; here it is 1 in {share} of all cases.",
      { share: percent(mean) },
    );
  if (name === "tanh")
    return _(
      "Each step back multiplies by U and by the slope of tanh, 1 − h²: 1 at most, here {mean} on average.",
      { mean: short(mean) },
    );
  return _(
    "Each step back multiplies by U and by the slope of {function}: {steepest} at most, here {mean} on average.",
    { function: name, steepest: short(steepest ?? Infinity), mean: short(mean) },
  );
}

/** @param {Detailed} found @param {Run} run @param {string} cell */
function pathWords({ hidden: H, layer, start, waterfall }, run, cell) {
  const { state, factors, norms } = waterfall;
  const steps = start + 1;
  const logs = Array.from({ length: H }, (_unused, unit) => {
    let sum = 0;
    for (let t = 0; t < steps; t++) sum += Math.log10(Math.abs(factors[t * H + unit]));
    return sum;
  });
  const mean = logs.reduce((sum, one) => sum + one, 0) / H;
  return [
    gateWords(layer, factors, run, { cell, state }),
    _(
      "For a typical unit each step back multiplies by {factor} (geometric mean), which makes {typical} of {steps} steps; for the unit that keeps most it makes {most}.",
      {
        factor: ratio(mean / steps),
        steps,
        typical: ratio(mean),
        most: ratio(Math.max(...logs)),
      },
    ),
    _(
      "Of dL/d{state} before step 1, {direct} came along the direct path and {rest} through the matrices (lengths of vectors: they need not add up).",
      { state, direct: size(norms.direct[0]), rest: size(norms.rest[0]) },
    ),
  ];
}

/**
 * The gate that is the factor, or one minus it; a factor made otherwise has no name.
 * @param {import("./header.js").Layer} layer @param {Float64Array} factors @param {Run} run
 * @param {{cell: string, state: string}} of
 */
function gateWords({ cell: { gates } }, factors, { values }, of) {
  const isFactor = (/** @type {(k: number) => number} */ value) =>
    factors.every((factor, k) => Math.abs(factor - value(k)) < 1e-12);
  for (const gate of gates) {
    const numbers = lookup(values, gate);
    if (isFactor((k) => numbers[k]))
      return _(
        "{cell}: along the direct path each step back multiplies dL/d{state} by the gate {gate}, so it shrinks wherever {gate} is below 1.",
        { ...of, gate },
      );
    if (isFactor((k) => 1 - numbers[k]))
      return _(
        "{cell}: along the direct path each step back multiplies dL/d{state} by 1 − {gate}, so it shrinks wherever the gate {gate} is above 0.",
        { ...of, gate },
      );
  }
  return _(
    "{cell}: along the direct path each step back multiplies dL/d{state} by a factor for each unit, so it shrinks wherever that is between −1 and 1.",
    of,
  );
}

/** Why a gradient vanishes or does not, in words. No DOM. */

import { short } from "../drawing/number_format.js";
import { killers, slopesOf } from "./measure.js";
import { titleOf } from "./series.js";
import { ratio, size } from "./words.js";

/** What arrives of a unit's gradient along the direct path. */
export function unitWords({ factors, direct, hasDirectPath }, unit, T, H) {
  if (!hasDirectPath) return "";
  let least = 0;
  for (let t = 0; t < T; t++)
    if (Math.abs(factors[t * H + unit]) < Math.abs(factors[least * H + unit])) least = t;
  return (
    `unit ${unit + 1} (◇ marks): ${size(Math.abs(direct[unit]))} arrives, its smallest ` +
    `factor ${short(factors[least * H + unit])} at step ${least + 1}`
  );
}

/** The honest answer to "why don't the sigmoids vanish too?" */
export function whyWords(found, knobs, ran) {
  const { hidden: H, layer, start } = found;
  const { norms, factors, hasDirectPath, state } = found.waterfall;
  const name = titleOf(layer.name, knobs);
  const worst = killers(norms).total;
  const end =
    worst === null
      ? ""
      : ` The worst step is ${worst.step + 1}: it multiplies the whole by ${size(worst.factor)}.`;
  if (!hasDirectPath) {
    if (!layer.plain)
      return (
        `${name}: no path from d${state} to d${state} stays elementwise; all goes through ` +
        `matrices and functions.${end}`
      );
    const slopes = slopesOf(ran.run, layer.plain.function);
    const mean = slopes.reduce((sum, n) => sum + n, 0) / slopes.length;
    return (
      `${name}: nothing is handed on as it is. Each step back is diag(slope)·U; for tanh ` +
      `the slope is 1 − h², here ${short(mean)} on average, so the product shrinks even ` +
      `where U alone would keep its size.${end}`
    );
  }
  let logs = 0;
  for (let t = 0; t <= start; t++)
    for (let k = 0; k < H; k++) logs += Math.log10(Math.abs(factors[t * H + k]));
  const steps = start + 1,
    mean = logs / (steps * H);
  const gate = gateOf(layer, factors, ran.run.values);
  const through = ratio(mean * steps);
  return (
    `${name}: why don't its sigmoids vanish too? They do, wherever the gate is below 1. ` +
    `Along the direct path each step multiplies dL/d${state} by ${gate}, ` +
    `here ${short(10 ** mean)} (geometric mean); over ${steps} ` +
    `${steps === 1 ? "step" : "steps"} that is ${through}. ` +
    `At the start ${size(norms.direct[0])} arrives along the direct path, ` +
    `${size(norms.rest[0])} through the matrices.${end}`
  );
}

/** The gate that is the factor, or one minus it; a factor made otherwise has no name. */
function gateOf({ cell, parts }, factors, values) {
  const isFactor = (of) => factors.every((factor, k) => Math.abs(factor - of(k)) < 1e-12);
  for (const gate of cell.gates) {
    const numbers = values.get(gate);
    const { title } = parts.get(gate);
    const called = title === gate ? "gate" : title;
    if (isFactor((k) => numbers[k])) return `the ${called} ${gate}`;
    if (isFactor((k) => 1 - numbers[k])) return `1 − ${gate} (${gate}: the ${called})`;
  }
  return "its factor";
}

/**
 * The same run with an attention above it: L is then the sum of what that hands up, and dL/dh comes
 * from it, as `Setup.attended` has it. No DOM.
 */

import { attentionOf } from "../maths/attention.js";
import { lookup } from "../maths/lookup.js";

/**
 * @typedef {import("./setup.js").Ran} Ran
 * @typedef {Object} Weights  how much of the steps up to the last loss there is in what it hands up
 * @property {number} least @property {number} most
 */

/**
 * @param {Ran} ran @param {import("../maths/engine.js").Arrays} arrays  the page's draws
 * @returns {{ran: Ran, weights: Weights}}
 */
export function attended(ran, arrays) {
  const { T, states } = ran.run;
  const hidden = states[0].now.size;
  const last = ran.lossSteps[ran.lossSteps.length - 1];
  const given = { arrays: parametersOf(arrays, hidden) };
  const stage = attentionOf({ T, units: hidden, inputs: hidden });
  stage.forward(lookup(ran.run.values, "h"), given);
  stage.backward(ran.dh, given);
  const loss = stage.output.reduce((sum, value, k) => sum + value * ran.dh[k], 0);
  const lossSteps = Array.from({ length: last + 1 }, (_step, t) => t);
  const weights = stage.weightsAt(last).slice(0, last + 1);
  return {
    ran: { ...ran, dh: stage.dinput, lossSteps, loss },
    weights: { least: Math.min(...weights), most: Math.max(...weights) },
  };
}

/**
 * The first rows and columns of the draws, at the size of initial values.
 * @param {import("../maths/engine.js").Arrays} arrays @param {number} hidden
 */
function parametersOf(arrays, hidden) {
  const scale = (/** @type {number} */ number) => number / Math.sqrt(hidden);
  const draw = lookup(arrays, "attention.W");
  const largest = Math.round(Math.sqrt(draw.length));
  const W = new Float64Array(hidden * hidden);
  for (let row = 0; row < hidden; row++)
    W.set(draw.subarray(row * largest, row * largest + hidden).map(scale), row * hidden);
  const [b, v] = ["b", "v"].map((name) =>
    lookup(arrays, `attention.${name}`).slice(0, hidden).map(scale),
  );
  return new Map([
    ["attention.W", W],
    ["attention.b", b],
    ["attention.v", v],
  ]);
}

/**
 * The stages of a network over a batch (see ../stages.js), from those of one sequence where these can
 * be had: what a pool does with each number alone it does with those of a batch side by side, and a
 * readout reads one step as it reads another, whosesoever it is. No DOM.
 *
 * @typedef {import("../stages.js").Stage} Stage
 * @typedef {import("./cell.js").Extent} Extent
 * @typedef {import("./cell.js").CellRun} CellRun
 * @typedef {Map<string, Float64Array>} Arrays
 *
 * @typedef {Object} Around  what a stage knows of its network
 * @property {import("./header.js").RunSpec} spec
 * @property {Extent} extent
 * @property {CellRun[]} cells  those of the layers, to be added to
 * @property {Arrays} gradients  of all parameters, by their full names
 *
 * @typedef {Object} Pass  how a batch goes through
 * @property {Arrays} arrays  the parameters, as they are left by recurrent dropout
 * @property {Uint8Array|null} absent
 * @property {number} dropout  the share left out of what a layer reads from below
 * @property {import("./generator.js").Generator|null} generator  null: nothing is left out
 *
 * @typedef {Object} BatchStage
 * @property {number} outputs
 * @property {Float64Array} output  (time, batch, outputs)
 * @property {Float64Array} dinput  (time, batch, inputs)
 * @property {(input: Float64Array, pass: Pass) => void} forward
 * @property {(gradient: Float64Array, pass: Pass) => void} backward
 *
 * @typedef {(around: Around, spec: import("../header.js").StageSpec, inputs: number) => BatchStage}
 *   Prepare
 */

import { attention } from "../attention.js";
import { lookup } from "../lookup.js";
import { maximum, mean } from "../pooling.js";
import { readout } from "../readout.js";
import { dropout } from "./dropout.js";
import { layer } from "./layer.js";

/** @type {Map<string, Prepare>} */
export const STAGES = new Map([
  ["layer", layer],
  ["dropout", dropout],
  ["mean", sideBySide(mean)],
  ["maximum", sideBySide(maximum)],
  ["attention", itemByItem(attention)],
  ["readout", rowByRow(readout)],
]);

/** @param {Around} around @param {number} T */
const oneSequence = ({ spec }, T) => {
  const header = /** @type {import("../header.js").NetworkHeader} */ (
    /** @type {unknown} */ ({ arrays: spec.arrays })
  );
  return { header, T, layers: [] };
};

/** @param {Pass} pass */
const given = ({ arrays }) => ({ arrays, item: 0, holds: new Map() });

/** Each number by itself: those of a batch are one longer vector. @param {import("../stages.js").Prepare} prepare @returns {Prepare} */
function sideBySide(prepare) {
  return (around, spec, inputs) => {
    const { steps, batch } = around.extent;
    const stage = prepare(oneSequence(around, steps), spec, batch * inputs);
    return {
      outputs: inputs,
      output: stage.output,
      dinput: stage.dinput,
      forward: (input, pass) => stage.forward(input, given(pass)),
      backward: (gradient, pass) => stage.backward(gradient, given(pass)),
    };
  };
}

/** Each step by itself: those of a batch are more steps. @param {import("../stages.js").Prepare} prepare @returns {Prepare} */
function rowByRow(prepare) {
  return (around, spec, inputs) => {
    const { steps, batch } = around.extent;
    const stage = prepare(oneSequence(around, steps * batch), spec, inputs);
    return {
      outputs: stage.outputs,
      output: stage.output,
      dinput: stage.dinput,
      forward: (input, pass) => stage.forward(input, given(pass)),
      backward(gradient, pass) {
        stage.backward(gradient, given(pass));
        collect([stage], spec.kind, around.gradients);
      },
    };
  };
}

/** Each sequence by itself, one after the other. @param {import("../stages.js").Prepare} prepare @returns {Prepare} */
function itemByItem(prepare) {
  return (around, spec, inputs) => {
    const { steps, batch } = around.extent;
    const items = Array.from({ length: batch }, () =>
      prepare(oneSequence(around, steps), spec, inputs),
    );
    const one = new Float64Array(steps * inputs),
      output = new Float64Array(steps * batch * inputs),
      dinput = new Float64Array(steps * batch * inputs);
    return {
      outputs: inputs,
      output,
      dinput,
      forward(input, pass) {
        items.forEach((stage, item) => {
          stage.forward(pickOut(input, one, item, batch, inputs), given(pass));
          putBack(stage.output, output, item, batch, inputs);
        });
      },
      backward(gradient, pass) {
        items.forEach((stage, item) => {
          stage.backward(pickOut(gradient, one, item, batch, inputs), given(pass));
          putBack(stage.dinput, dinput, item, batch, inputs);
        });
        collect(items, spec.kind, around.gradients);
      },
    };
  };
}

/**
 * The gradients of a stage's parameters, over all of these.
 * @param {Stage[]} stages @param {string} name @param {Arrays} gradients
 */
function collect(stages, name, gradients) {
  for (const own of Object.keys(stages[0].parameters ?? {})) {
    const into = lookup(gradients, `${name}.${own}`).fill(0);
    for (const { parameters = {} } of stages)
      for (let k = 0; k < into.length; k++) into[k] += parameters[own][k];
  }
}

/**
 * One sequence of (time, batch, size).
 * @param {Float64Array} all @param {Float64Array} one
 * @param {number} item @param {number} batch @param {number} size
 */
function pickOut(all, one, item, batch, size) {
  for (let to = 0, from = item * size; to < one.length; to += size, from += batch * size)
    for (let k = 0; k < size; k++) one[to + k] = all[from + k];
  return one;
}

/**
 * The inverse of `pickOut`.
 * @param {Float64Array} one @param {Float64Array} all
 * @param {number} item @param {number} batch @param {number} size
 */
function putBack(one, all, item, batch, size) {
  for (let from = 0, to = item * size; from < one.length; from += size, to += batch * size)
    for (let k = 0; k < size; k++) all[to + k] = one[from + k];
}

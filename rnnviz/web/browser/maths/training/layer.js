/** The recurrent stage over a batch: a cell in one direction or both, and the way back. No DOM. */

import { lay, take } from "../layer.js";
import { lookup } from "../lookup.js";
import { backward, forward, prepareCell } from "./cell.js";

/** @typedef {import("./stages.js").Pass} Pass */
/** @typedef {Map<string, Float64Array>} Arrays */

/** @type {import("./stages.js").Prepare} */
export function layer({ spec, extent, cells, gradients }, stage, inputs) {
  if (stage.kind !== "layer") throw new Error(`the stage ${stage.kind} is not a layer`);
  const isFirst = cells.length === 0,
    { skip } = stage;
  const ways = stage.directions.map((index) => {
    const { prefix, cell, hidden } = spec.layers[index];
    const run = prepareCell(spec.layers[index], extent, !isFirst);
    const dh = new Float64Array(extent.steps * extent.batch * hidden);
    return { run, dh, pulled: within(prefix, cell.parameters.keys(), gradients), prefix };
  });
  cells.push(...ways.map(({ run }) => run));
  const outputs = ways.length * spec.layers[stage.directions[0]].hidden;
  const { steps, batch } = extent;
  const output = new Float64Array(steps * batch * outputs),
    dinput = new Float64Array(steps * batch * inputs),
    read = new Float64Array(steps * batch * inputs);
  return {
    outputs,
    output,
    dinput,

    forward(input, { arrays, absent }) {
      const x = absent ? beginningAgain(input, absent, read, batch * inputs) : input;
      ways.forEach(({ run, prefix }, place) => {
        const names = run.spec.cell.parameters.keys();
        forward(run, within(prefix, names, arrays), x, absent);
        lay(lookup(run.slots, "h").data, output, outputs, place);
      });
      if (skip) for (let k = 0; k < output.length; k++) output[k] += input[k];
      if (absent) empty(output, absent, outputs);
    },

    backward(gradient, { absent }) {
      if (skip) dinput.set(gradient);
      else dinput.fill(0);
      ways.forEach(({ run, dh, pulled }, place) => {
        take(gradient, dh, outputs, place);
        backward(run, dh, pulled, absent, spec.knobs.truncate);
        if (isFirst) return;
        const { gradient: dx } = lookup(run.slots, "x");
        for (let k = 0; k < dinput.length; k++) dinput[k] += dx[k];
      });
      if (absent) empty(dinput, absent, inputs);
    },
  };
}

/**
 * Of arrays by their full names those of one layer and direction, by their own.
 * @param {string} prefix @param {Iterable<string>} names @param {Arrays} arrays
 * @returns {Arrays}
 */
const within = (prefix, names, arrays) =>
  new Map(Array.from(names, (name) => [name, lookup(arrays, prefix + name)]));

/**
 * A step that a sequence has not is read as if it were its first, which its cell can read.
 * @param {Float64Array} input @param {Uint8Array} absent @param {Float64Array} into
 * @param {number} row  how many numbers all sequences have at a step
 */
function beginningAgain(input, absent, into, row) {
  into.set(input);
  const size = into.length / absent.length;
  absent.forEach((isAbsent, k) => {
    const first = (k * size) % row;
    if (isAbsent) into.copyWithin(k * size, first, first + size);
  });
  return into;
}

/**
 * Zeros where a sequence has no such step.
 * @param {Float64Array} numbers @param {Uint8Array} absent @param {number} size
 */
function empty(numbers, absent, size) {
  absent.forEach((isAbsent, k) => {
    if (isAbsent) numbers.fill(0, k * size, (k + 1) * size);
  });
}

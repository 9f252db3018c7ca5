/** A network over a batch: all its stages below the readout, forward and backward. No DOM. */

import { lookup } from "../lookup.js";
import { STAGES } from "./stages.js";

/** @typedef {import("./stages.js").BatchStage} BatchStage */
/** @typedef {import("./stages.js").Pass} Pass */
/** @typedef {import("./stages.js").Around} Around */

/**
 * @param {import("./header.js").RunSpec} spec @param {import("./cell.js").Extent} extent
 * @param {Map<string, Float64Array>} gradients  of the parameters, by their full names; written
 */
export function prepareNetwork(spec, extent, gradients) {
  /** @type {Around} */
  const around = { spec, extent, cells: [], gradients };
  const body = bodyOf(around);
  const top = body[body.length - 1];
  return {
    extent,
    /** One for each layer and direction, in order of execution. */
    cells: around.cells,
    features: top.outputs,
    output: top.output,
    /** The readout, and the second head where there is one. */
    heads: headsOf(around, top.outputs),
    /** @param {Float64Array} x  (time, batch, inputs) @param {Pass} pass */
    forward(x, pass) {
      let input = x;
      for (const stage of body) {
        stage.forward(input, pass);
        input = stage.output;
      }
    },
    /** @param {Float64Array} doutput @param {Pass} pass */
    backward(doutput, pass) {
      let gradient = doutput;
      for (const stage of [...body].reverse()) {
        stage.backward(gradient, pass);
        gradient = stage.dinput;
      }
    },
  };
}

/** What stands below the readout; dropout between layers. @param {Around} around */
function bodyOf(around) {
  const { spec } = around;
  /** @type {BatchStage[]} */
  const body = [];
  let below = spec.sizes.inputs;
  for (const one of spec.stages) {
    if (one.kind === "readout") continue;
    if (one.kind === "layer" && body.length > 0)
      body.push(lookup(STAGES, "dropout")(around, one, below));
    const stage = lookup(STAGES, one.kind)(around, one, below);
    body.push(stage);
    below = stage.outputs;
  }
  return body;
}

/** @param {Around} around @param {number} features */
function headsOf(around, features) {
  const prepare = lookup(STAGES, "readout");
  const main = prepare(around, { kind: "readout" }, features);
  return { main, second: around.spec.knobs.auxiliary > 0 ? second(around, features) : null };
}

/**
 * A readout of its own arrays, "auxiliary.W" and "auxiliary.b".
 * @param {Around} around @param {number} features
 * @returns {BatchStage}
 */
function second({ spec, extent, gradients }, features) {
  const named = (/** @type {Map<string, Float64Array>} */ arrays) =>
    new Map(["W", "b"].map((own) => [`readout.${own}`, lookup(arrays, `auxiliary.${own}`)]));
  const arrays = spec.arrays.flatMap(({ name, shape }) =>
    name.startsWith("auxiliary.") ? [{ name: name.replace("auxiliary", "readout"), shape }] : [],
  );
  const around = { spec: { ...spec, arrays }, extent, cells: [], gradients: named(gradients) };
  const stage = lookup(STAGES, "readout")(around, { kind: "readout" }, features);
  return {
    ...stage,
    forward: (input, pass) => stage.forward(input, { ...pass, arrays: named(pass.arrays) }),
    backward: (gradient, pass) => stage.backward(gradient, { ...pass, arrays: named(pass.arrays) }),
  };
}

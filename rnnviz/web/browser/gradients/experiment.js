/**
 * The knobs -> networks: the numbers drawn from the seed, cut and scaled as
 * rnnviz.gradients.experiment does it. And the Step page's network as it was there. No DOM.
 */

import { forward } from "../maths/engine.js";
import { runNetwork } from "../maths/network.js";

/** The key of the Step page's network among the cells. */
export const SCENE = "scene";
/** The key of the cell that the visitor wrote, where there is one. */
export const OWN = "own";

/**
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {{run: import("../maths/engine.js").Run, dh: Float64Array, lossSteps: number[],
 *   layer: object}} Ran
 */

/** @param {{header: object, arrays: Map<string, Float64Array>}} payload */
export function createExperiment({ header, arrays }) {
  const gallery = new Map(header.layers.slice(0, header.gallery).map((one) => [one.name, one]));
  const specs = new Map(),
    runs = new Map();
  let sceneRun = null;

  /** The layer that a name stands for: the plain cell is that of its function. */
  function layerOf(name, knobs) {
    if (name === SCENE) return header.layers.at(-1);
    return gallery.get(name === header.plain ? header.activations[knobs.activation] : name);
  }

  /** The same object as long as cell and size are: the engine reuses a run's arrays by it. */
  function specOf(layer, hidden) {
    const key = `${layer.name} ${hidden}`;
    if (!specs.has(key)) specs.set(key, { cell: layer.cell, hidden, inputs: header.inputs });
    return specs.get(key);
  }

  /** Every parameter of a cell at these knobs. @returns {Map<string, Float64Array>} */
  function parametersOf(layer, knobs) {
    const found = new Map();
    for (const [name, sizes] of layer.cell.parameters)
      found.set(name, scaled(layer.draws[name], sizes, knobs));
    if (layer.memory) found.get(layer.memory.keep).fill(layer.memory.sign * knobs.forget_bias);
    return found;
  }

  function scaled([place, k], sizes, { hidden: H, scale, input_scale: inputScale }) {
    const draw = arrays.get(place);
    if (sizes.length === 1) return draw.slice(0, H).map((n) => n / Math.sqrt(H));
    if (sizes[1] === "inputs")
      return draw.slice(0, H * header.inputs).map((n) => (n / Math.sqrt(H)) * inputScale);
    const largest = Math.round(Math.sqrt(draw.length));
    const radius = arrays.get(`radius.${k}`)[H - 1];
    const found = new Float64Array(H * H);
    for (let row = 0; row < H; row++)
      for (let column = 0; column < H; column++)
        found[row * H + column] = (draw[row * largest + column] / radius) * scale;
    return found;
  }

  /** @param {string} name @param {Knobs} knobs @returns {Ran} */
  function run(name, knobs) {
    if (name === SCENE) return runScene();
    const layer = layerOf(name, knobs);
    const { length: T, hidden: H } = knobs;
    const x = arrays.get("x").subarray(0, T * header.inputs);
    const options = { steps: T, into: runs.get(name) ?? null };
    const done = forward(specOf(layer, H), parametersOf(layer, knobs), x, options);
    runs.set(name, done);
    const lossSteps = lossStepsOf(knobs),
      dh = new Float64Array(T * H);
    for (const t of lossSteps) dh.fill(1, t * H, (t + 1) * H);
    return { run: done, dh, lossSteps, layer };
  }

  /** Its last layer, reading forwards, with its own sequence and its own loss. */
  function runScene() {
    sceneRun ??= runNetwork(...sceneOf(header, arrays));
    const { directions, dh } = sceneRun.body.findLast((stage) => stage.directions);
    const layer = header.layers[header.gallery + directions[0]];
    const lossSteps = [...header.scene.loss.steps];
    return { run: sceneRun.layers[directions[0]].run, dh: dh[0].slice(), lossSteps, layer };
  }

  return { header, gallery, layerOf, parametersOf, run };
}

/** From 0; a step beyond the sequence is its last. @param {Knobs} knobs */
export function lossStepsOf({ loss, length, step }) {
  if (loss === "every") return Array.from({ length }, (_, t) => t);
  return [loss === "last" ? length - 1 : Math.min(step, length) - 1];
}

/** What network.js wants of the Step page's network. */
function sceneOf(header, arrays) {
  const own = new Map();
  for (const [name, array] of arrays)
    if (name.startsWith("scene.")) own.set(name.slice("scene.".length), array);
  const index = header.arrays
    .filter(({ name }) => name.startsWith("scene."))
    .map(({ name, shape }) => ({ name: name.slice("scene.".length), shape }));
  const layers = header.layers.slice(header.gallery);
  return [{ ...header.scene, layers, batch: 1, item: 0, arrays: index }, own];
}

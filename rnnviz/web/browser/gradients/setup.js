/**
 * The knobs -> networks: the numbers drawn from the seed, cut and scaled as
 * rnnviz.gradients.setup does it. And the Step page's network as it was there. No DOM.
 */

import { forward } from "../maths/engine.js";
import { lookup } from "../maths/lookup.js";
import { runNetwork } from "../maths/network.js";

/** The key of the Step page's network among the cells. */
export const SCENE = "scene";
/** The key of the cell that the visitor wrote, where there is one. */
export const OWN = "own";

/**
 * @typedef {import("./header.js").SetupHeader} SetupHeader
 * @typedef {import("./header.js").GalleryCell} GalleryCell
 * @typedef {import("./header.js").SceneLayer} SceneLayer
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("../maths/header.js").LayerSpec} LayerSpec
 * @typedef {import("../maths/engine.js").Run} Run
 * @typedef {import("../maths/engine.js").Arrays} Arrays
 * @typedef {import("../maths/payload.js").Payload<SetupHeader>} Payload
 *
 * @typedef {Object} Ran  a cell's run and the loss that is asked of it
 * @property {Run} run
 * @property {Float64Array} dh  T x hidden: dL/dh from outside
 * @property {number[]} lossSteps  at which dh is not zero
 * @property {number} loss  L
 * @property {import("./header.js").Layer} layer
 */

/** @param {Payload} payload */
export function createSetup({ header, arrays }) {
  const gallery = new Map(galleryOf(header).map((one) => [one.name, one]));
  /** @type {Map<string, LayerSpec>} */
  const specs = new Map();
  /** @type {Map<string, Run>} */
  const runs = new Map();
  /** @type {import("../maths/network.js").NetworkRun|null} */
  let sceneRun = null;

  /**
   * The cell that a name stands for: the plain one is that of its function.
   * @param {string} name @param {Knobs} knobs
   */
  const cellOf = (name, knobs) =>
    lookup(gallery, name === header.plain ? header.activations[knobs.activation] : name);

  /**
   * The same object as long as cell and size are: the engine reuses a run's arrays by it.
   * @param {GalleryCell} layer @param {number} hidden
   */
  function specOf(layer, hidden) {
    const key = `${layer.name} ${hidden}`;
    const spec = specs.get(key) ?? { cell: layer.cell, hidden, inputs: header.inputs };
    specs.set(key, spec);
    return spec;
  }

  /** Every parameter of a cell at these knobs. @param {GalleryCell} layer @param {Knobs} knobs */
  function parametersOf(layer, knobs) {
    /** @type {Arrays} */
    const found = new Map();
    for (const [name, sizes] of layer.cell.parameters)
      found.set(name, scaled(layer.draws[name], sizes, knobs));
    const { memory } = layer;
    if (memory) lookup(found, memory.keep).fill(memory.sign * knobs.forget_bias);
    return found;
  }

  /**
   * @param {[array: string, k: number]} draw
   * @param {import("../maths/header.js").Size[]} sizes @param {Knobs} knobs
   */
  function scaled([place, k], sizes, { hidden: H, scale, input_scale: inputScale }) {
    const draw = lookup(arrays, place);
    if (sizes.length === 1) return draw.slice(0, H).map((n) => n / Math.sqrt(H));
    if (sizes[1] === "inputs")
      return draw.slice(0, H * header.inputs).map((n) => (n / Math.sqrt(H)) * inputScale);
    const largest = Math.round(Math.sqrt(draw.length));
    const radius = lookup(arrays, `radius.${k}`)[H - 1];
    const found = new Float64Array(H * H);
    for (let row = 0; row < H; row++)
      for (let column = 0; column < H; column++)
        found[row * H + column] = (draw[row * largest + column] / radius) * scale;
    return found;
  }

  /** @param {string} name @param {Knobs} knobs @returns {Ran} */
  function run(name, knobs) {
    if (name === SCENE) return runScene();
    const layer = cellOf(name, knobs);
    const { length: T, hidden: H } = knobs;
    const x = lookup(arrays, "x").subarray(0, T * header.inputs);
    const options = { steps: T, into: runs.get(name) ?? null };
    const done = forward(specOf(layer, H), parametersOf(layer, knobs), x, options);
    runs.set(name, done);
    const lossSteps = lossStepsOf(knobs),
      dh = new Float64Array(T * H);
    for (const t of lossSteps) dh.fill(1, t * H, (t + 1) * H);
    const loss = lookup(done.values, "h").reduce((sum, h, k) => sum + h * dh[k], 0);
    return { run: done, dh, lossSteps, loss, layer };
  }

  /** Its last layer, reading forwards, with its own sequence and its own loss. @returns {Ran} */
  function runScene() {
    sceneRun ??= runNetwork(...sceneOf(header, arrays));
    const top = sceneRun.body.findLast((stage) => stage.directions);
    if (!top?.directions || !top.dh) throw new Error("the Step page's network has no layer");
    const [forwards] = top.directions;
    const layer = sceneLayersOf(header)[forwards];
    const lossSteps = [...header.scene.loss.steps];
    const { run } = sceneRun.layers[forwards];
    return { run, dh: top.dh[0].slice(), lossSteps, loss: sceneRun.loss, layer };
  }

  return { parametersOf, run };
}

/** From 0; a step beyond the sequence is its last. @param {Knobs} knobs */
export function lossStepsOf({ loss, length, step }) {
  if (loss === "every") return Array.from({ length }, (_, t) => t);
  return [loss === "last" ? length - 1 : Math.min(step, length) - 1];
}

/** @param {SetupHeader} header @returns {GalleryCell[]} */
export function galleryOf({ layers }) {
  return layers.filter((one) => "draws" in one);
}

/** @param {SetupHeader} header @returns {SceneLayer[]} */
function sceneLayersOf({ layers }) {
  return layers.filter((one) => "hidden" in one);
}

/**
 * What network.js wants of the Step page's network.
 * @param {SetupHeader} header @param {Arrays} arrays
 * @returns {[header: import("../maths/header.js").NetworkHeader, arrays: Arrays]}
 */
function sceneOf(header, arrays) {
  const own = new Map();
  for (const [name, array] of arrays)
    if (name.startsWith("scene.")) own.set(name.slice("scene.".length), array);
  const index = header.arrays
    .filter(({ name }) => name.startsWith("scene."))
    .map(({ name, shape }) => ({ name: name.slice("scene.".length), shape }));
  const layers = sceneLayersOf(header);
  return [{ ...header.scene, layers, batch: 1, item: 0, arrays: index }, own];
}

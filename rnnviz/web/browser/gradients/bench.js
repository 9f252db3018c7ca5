/** What is measured at the knobs: every cell's run and its gradients, and the bound beside them. */

import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { attended } from "./attended.js";
import { createSetup, SCENE } from "./setup.js";
import { boundOf, largestSingular, measure, measureInDetail } from "./measure.js";
import { titleOf } from "./series.js";
import { settler } from "./settle.js";

/**
 * @typedef {ReturnType<typeof createSetup>} Setup
 * @typedef {import("./setup.js").Ran} Ran
 * @typedef {import("./setup.js").Payload} Payload
 * @typedef {import("./header.js").GalleryCell} GalleryCell
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("./measure.js").Found} Found
 * @typedef {import("./measure.js").Detailed} Detailed
 *
 * @typedef {Object} Shown  a cell whose curve is shown
 * @property {string} name
 * @property {Ran} ran
 * @property {Found|Detailed} found
 * @property {Attended|null} attended  the same with an attention above it, where that is shown
 *
 * @typedef {Found & {weights: import("./attended.js").Weights}} Attended
 * @typedef {import("./settle.js").Looked} Looked  the one looked at
 * @typedef {import("./measure.js").Bound & {name: string}} CellBound
 */

/**
 * @param {Payload} payload
 * @param {import("../drawing/store.js").Store<import("./context.js").State>} store
 * @param {() => void} settled  what takes longer than a frame has come further
 */
export function createBench(payload, store, settled) {
  let setup = createSetup(payload),
    slow = createSetup(payload),
    { arrays } = payload;
  /** @type {Shown[]} */
  let results = [];
  /** @type {CellBound|null} */
  let bound = null;
  const bounds = bounding();
  const settling = settler(() => {
    const { knobs, cell } = store.state;
    const ran = slow.run(cell, knobs);
    return { ran, found: measureInDetail(ran), knobs: knobsWords(cell, knobs) };
  }, settled);

  return {
    measured: () => results,
    bound: () => bound,
    settled: () => settling.state,
    /**
     * Measure anew; the cell looked at with its reasons and shares where they are seen.
     * @param {{isDetailed: boolean}} options
     */
    compute({ isDetailed }) {
      const { knobs, cell } = store.state;
      results = knobs.cells.map((name) => {
        const ran = setup.run(name, knobs);
        const above = store.state.attention && name !== SCENE ? withAttention(ran, arrays) : null;
        const found = isDetailed && name === cell ? measureInDetail(ran) : measure(ran);
        return { name, ran, found, attended: above };
      });
      bound = bounds.of(setup, results, knobs);
      settling.restart();
    },
    /** The cell looked at, with its reasons and shares. @returns {Looked} */
    detail() {
      const { cell } = store.state;
      const one = results.find(({ name }) => name === cell);
      if (one === undefined) throw new Error(`${cell} is looked at and not shown`);
      const found = "shares" in one.found ? one.found : measureInDetail(one.ran);
      one.found = found;
      return { ran: one.ran, found };
    },
    /** Other draws: another seed. @param {Payload} next */
    redraw(next) {
      [setup, slow, arrays] = [createSetup(next), createSetup(next), next.arrays];
      bounds.forget();
    },
    destroy: () => settling.stop(),
  };
}

/**
 * What is measured with an attention above; before all else of a run, whose gradients it writes over.
 * @param {Ran} ran @param {Payload["arrays"]} arrays @returns {Attended}
 */
function withAttention(ran, arrays) {
  const above = attended(ran, arrays);
  return { ...measure(above.ran), weights: above.weights };
}

/** The bound of the first plain cell that is shown. */
function bounding() {
  /**
   * σ₁ at scale 1; it grows with the scale, so a drag of it needs no new one.
   * @type {Map<string, number>}
   */
  const largest = new Map();

  /**
   * @param {Setup} setup @param {GalleryCell} layer @param {string} matrix
   * @param {Knobs} knobs
   */
  function largestAtOne(setup, layer, matrix, knobs) {
    const key = `${layer.name} ${knobs.hidden}`;
    const known = largest.get(key);
    if (known !== undefined) return known;
    const params = setup.parametersOf(layer, { ...knobs, scale: 1 });
    const found = largestSingular(lookup(params, matrix));
    largest.set(key, found);
    return found;
  }
  return {
    /**
     * @param {Setup} setup @param {Shown[]} shown @param {Knobs} knobs
     * @returns {CellBound|null}
     */
    of(setup, shown, knobs) {
      for (const { name, ran, found } of shown) {
        const { run, layer } = ran;
        if (layer.plain === null || !("draws" in layer)) continue;
        const most = knobs.scale * largestAtOne(setup, layer, layer.plain.matrix, knobs);
        const bound = boundOf(run, layer, found, most);
        return bound && { name, ...bound };
      }
      return null;
    },
    /** The draws are others. */
    forget: () => largest.clear(),
  };
}

/** A cell and the knobs it is at, as a list of names and numbers. @param {string} name @param {Knobs} knobs */
function knobsWords(name, knobs) {
  const cell = titleOf(name, knobs);
  if (name === SCENE) return cell;
  return _(
    "{cell}, length {length}, scale {scale}, {hidden} units, bias {bias}, input scale {input}",
    {
      cell,
      length: knobs.length,
      scale: knobs.scale,
      hidden: knobs.hidden,
      bias: knobs.forget_bias,
      input: knobs.input_scale,
    },
  );
}

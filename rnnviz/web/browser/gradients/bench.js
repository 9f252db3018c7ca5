/** What is measured at the knobs: every cell's run and its gradients, and the bound beside them. */

import { createExperiment, SCENE } from "./experiment.js";
import { boundOf, largestSingular, measure } from "./measure.js";
import { titleOf } from "./series.js";
import { settler } from "./settle.js";

/**
 * @param {{header: object, arrays: Map<string, Float64Array>}} payload
 * @param {ReturnType<typeof import("../drawing/store.js").createStore>} store  of knobs and cell
 * @param {() => void} settled  what takes longer than a frame has come further
 */
export function createBench(payload, store, settled) {
  let experiment = createExperiment(payload),
    slow = createExperiment(payload),
    results = [],
    bound = null;
  /** σ₁ at scale 1; it grows with the scale, so a drag of it needs no new one. */
  const largest = new Map();

  function largestAtOne({ layer }, knobs) {
    const key = `${layer.name} ${knobs.hidden}`;
    if (!largest.has(key)) {
      const params = experiment.parametersOf(layer, { ...knobs, scale: 1 });
      largest.set(key, largestSingular(params.get(layer.plain.matrix)));
    }
    return largest.get(key);
  }
  function boundNow(knobs) {
    const one = results.find(({ name, ran }) => name !== SCENE && ran.layer.plain);
    if (one === undefined) return null;
    const { name, ran, found } = one;
    const most = knobs.scale * largestAtOne(ran, knobs);
    return { name, ...boundOf(ran.run, ran.layer, found, most) };
  }
  const settling = settler(() => {
    const { knobs, cell } = store.state;
    const ran = slow.run(cell, knobs);
    return { ran, found: measure(ran, { isDetailed: true }), says: said(cell, knobs) };
  }, settled);

  return {
    measured: () => results,
    bound: () => bound,
    settled: () => settling.state,
    /** Measure anew; the cell looked at with its reasons and shares where they are seen. */
    compute({ isDetailed }) {
      const { knobs, cell } = store.state;
      results = knobs.cells.map((name) => {
        const ran = experiment.run(name, knobs);
        return { name, ran, found: measure(ran, { isDetailed: isDetailed && name === cell }) };
      });
      bound = boundNow(knobs);
      settling.restart();
    },
    /** The cell looked at, with its reasons and shares. */
    detail() {
      const one = results.find(({ name }) => name === store.state.cell);
      if (!one.found.shares) one.found = measure(one.ran, { isDetailed: true });
      return one;
    },
    /** Other draws: another seed. */
    redraw(next) {
      [experiment, slow] = [createExperiment(next), createExperiment(next)];
      largest.clear();
    },
    destroy: () => settling.stop(),
  };
}

function said(cell, knobs) {
  if (cell === SCENE) return titleOf(cell, knobs);
  return (
    `${titleOf(cell, knobs)}, length ${knobs.length}, scale ${knobs.scale}, ` +
    `${knobs.hidden} units, bias ${knobs.forget_bias}, input scale ${knobs.input_scale}`
  );
}

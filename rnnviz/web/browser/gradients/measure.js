/** What the page shows of a run: curves, waterfall, credit, cuts, spectra. No DOM. */

import {
  bound,
  firstBelow,
  gradientParts,
  killer,
  normsOf,
  passed,
  waterfall,
} from "../maths/gradient_paths.js";
import {
  compared,
  credit,
  cutOfManyLosses,
  cutsOfOneLoss,
  parameterShares,
} from "../maths/shares.js";
import { jacobians } from "../maths/single_steps.js";
import { products, singularValues } from "../maths/singular_values.js";

export const DROPS = [1e3, 1e6, 1e9];
const FLOAT32_ZERO = 2 ** -149 / 2;

/**
 * @typedef {Object} Curve  norms (T) of the gradient of one state; see rnnviz.gradients.curve
 * @property {string} state
 * @property {Float64Array} total @property {Float64Array} local @property {Float64Array} through
 * @property {number} before @property {number} start
 * @property {Array<number|null>} drops @property {number|null} float32Zero
 * @property {"measured"|"one step"|"nothing arrives"|"overflow"} condition
 * @property {number} log10Ratio
 */

/**
 * @param {import("./experiment.js").Ran} ran
 * @param {{isDetailed?: boolean}} options  isDetailed: waterfall and shares too
 */
export function measure({ run, dh, lossSteps, layer }, { isDetailed = false } = {}) {
  const start = lossSteps.at(-1);
  let shares = null,
    gradientNorm = 0;
  const parts = gradientParts(run, dh, lossSteps, () => {
    gradientNorm = normOfAll([...run.gradients.params.values()]);
    if (isDetailed) shares = parameterShares(run);
  });
  const curves = new Map();
  for (const [state, of] of parts) curves.set(state, curve(state, of, start, run.T));
  const found = {
    T: run.T,
    hidden: run.states[0].now.size,
    layer,
    start,
    lossSteps,
    curves,
    gradientNorm,
  };
  if (!isDetailed) return found;
  const state = run.states.at(-1).name;
  return {
    ...found,
    waterfall: waterfall(run, state, parts.get(state)),
    shares,
    credit: credit(shares, run.T, new Map(Object.entries(layer.gates))),
  };
}

/** @returns {Curve} */
function curve(state, { total, local, through, before }, start, T) {
  const norms = normsOf(total, T),
    level = norms[start],
    first = normsOf(before, 1)[0];
  const isFinite = [...norms, first].every(Number.isFinite);
  const arrives = level > 0;
  const nothing = arrives ? (start > 0 ? "measured" : "one step") : "nothing arrives";
  return {
    state,
    total: norms,
    local: normsOf(local, T),
    through: normsOf(through, T),
    before: first,
    start,
    drops: DROPS.map((drop) => (arrives ? firstBelow(norms, level / drop, start) : null)),
    float32Zero: firstBelow(largestOf(total, T), FLOAT32_ZERO, start),
    condition: isFinite ? nothing : "overflow",
    log10Ratio: Math.log10(norms[0]) - Math.log10(level),
  };
}

function largestOf(values, T) {
  const size = values.length / T,
    found = new Float64Array(T);
  for (let k = 0; k < values.length; k++) {
    const t = Math.floor(k / size);
    found[t] = Math.max(found[t], Math.abs(values[k]));
  }
  return found;
}

function normOfAll(arrays) {
  return normsOf(Float64Array.from(arrays.map((one) => normsOf(one, 1)[0])), 1)[0];
}

/** The largest singular value of a plain cell's matrix; it grows with the scale. */
export function largestSingular(matrix) {
  const size = Math.round(Math.sqrt(matrix.length));
  return singularValues(matrix, size)[0];
}

/**
 * The bound of a plain cell: with the largest slope there is, and with those of this run.
 * @returns {{factor: number, theory: Float64Array, measured: Float64Array}|null}
 */
export function boundOf(run, layer, found, largest) {
  if (!layer.plain) return null;
  const slopes = largestSlopes(run, layer.plain.function);
  const { local } = found.curves.get("h");
  const factor = largest * layer.steepest;
  return {
    factor,
    theory: bound(local, () => factor),
    measured: bound(local, (t) => largest * slopes[t]),
  };
}

/** (T): the largest slope of the function at each step. */
export function largestSlopes(run, name) {
  return largestOf(slopesOf(run, name), run.T);
}

/** T x hidden: the slope of the function that gives h; 1 where a sum does. @param {string} name */
export function slopesOf(run, name) {
  const last = run.nodes.findIndex((node) => node.name === "h");
  const ones = run.values.get("h").map(() => 1);
  const [, op] = run.spec.cell.steps[last];
  return op === name ? passed(run, run.nodes[last], 0, ones) : ones;
}

/** The killers of the direct path and of all. @param {Record<string, Float64Array>} norms */
export function killers({ direct, total }) {
  return { direct: killer(direct), total: killer(total) };
}

/**
 * The gradient cut before a step.
 * @param {import("./experiment.js").Ran} ran @param {object} found  what `measure` gave, detailed
 * @param {number} cut
 */
export function cutAt(ran, found, cut) {
  const { shares, T, start } = found;
  if (ran.lossSteps.length > 1) return cutOfManyLosses(ran.run, ran.dh, cut);
  const { flat, P } = shares;
  const kept = new Float64Array(P),
    lost = new Float64Array(P);
  for (let t = 0; t < T; t++) {
    const into = t < cut && cut <= start ? lost : kept;
    for (let k = 0; k < P; k++) into[k] += flat[t * P + k];
  }
  return compared(kept, lost);
}

/** All cuts, where L is asked at one step. */
export function allCuts({ shares, T, start }) {
  return cutsOfOneLoss(shares, T, start);
}

/**
 * Jacobians, their singular values and those of their products, a little at a time.
 * @returns {Generator<number, {matrices: Float64Array[], size: number, singular: Float64Array[],
 *   log10Products: Float64Array[]}>}  yields the share done; log10Products: T + 1, see `products`
 */
export function* chain(run) {
  const { T } = run,
    rows = jacobians(run);
  let row = rows.next();
  const total = run.states.length * run.states[0].now.size;
  while (!row.done) {
    yield (0.2 * row.value) / total;
    row = rows.next();
  }
  const { matrices, size } = row.value;
  const singular = [],
    log10Products = new Array(T + 1);
  for (const matrix of matrices) {
    singular.push(singularValues(matrix, size));
    yield 0.2 + (0.4 * singular.length) / T;
  }
  for (const { entry, matrix, exponent } of products(matrices, size)) {
    log10Products[entry] = singularValues(matrix, size).map((s) => Math.log10(s) + exponent);
    yield 0.6 + (0.4 * (T - entry)) / T;
  }
  return { matrices, size, singular, log10Products };
}

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
import { lookup } from "../maths/lookup.js";
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
 * @typedef {import("../maths/engine.js").Run} Run
 * @typedef {import("../maths/gradient_paths.js").Parts} Parts
 * @typedef {import("../maths/shares.js").Shares} Shares
 * @typedef {import("./setup.js").Ran} Ran
 *
 * @typedef {Object} Curve  norms (T) of the gradient of one state; see rnnviz.gradients.curve
 * @property {string} state
 * @property {Float64Array} total @property {Float64Array} local @property {Float64Array} through
 * @property {number} before @property {number} start
 * @property {Array<number|null>} drops @property {number|null} float32Zero
 * @property {"measured"|"one step"|"nothing arrives"|"overflow"} condition
 * @property {number} log10Ratio
 *
 * @typedef {Object} Found  what is measured of a run
 * @property {number} T
 * @property {number} hidden  units
 * @property {import("./header.js").Layer} layer
 * @property {number} start  the last step the loss is asked at
 * @property {number[]} lossSteps
 * @property {number} loss  L
 * @property {Map<string, Curve>} curves  by state
 * @property {number} gradientNorm  of all parameters
 *
 * @typedef {Found & Detail} Detailed
 * @typedef {Object} Detail  of the state that is kept longest, and of the parameters
 * @property {ReturnType<typeof waterfall>} waterfall
 * @property {Shares} shares
 * @property {ReturnType<typeof credit>} credit  by gate
 */

/** @param {Ran} ran @returns {Found} */
export function measure(ran) {
  return measured(ran, () => {}).found;
}

/** The same, its waterfall and its shares too. @param {Ran} ran @returns {Detailed} */
export function measureInDetail(ran) {
  const { run, layer } = ran;
  const { found, parts, held: shares } = measured(ran, () => parameterShares(run));
  const { name } = run.states[run.states.length - 1];
  return {
    ...found,
    waterfall: waterfall(run, name, lookup(parts, name)),
    shares,
    credit: credit(shares, run.T, new Map(Object.entries(layer.gates))),
  };
}

/**
 * @template H
 * @param {Ran} ran @param {() => H} hold  what is wanted of the run while it has the gradients
 */
function measured({ run, dh, lossSteps, loss, layer }, hold) {
  const { T } = run;
  /** @type {[norm: number, held: H][]} */
  const taken = [];
  const parts = gradientParts(run, dh, lossSteps, () => {
    taken.push([normOfAll([...run.gradients.params.values()]), hold()]);
  });
  const [[gradientNorm, held]] = taken;
  const start = lossSteps[lossSteps.length - 1];
  const curves = new Map([...parts].map(([state, of]) => [state, curve(state, of, start, T)]));
  const hidden = run.states[0].now.size;
  const where = { start, lossSteps, loss };
  return { found: { T, hidden, layer, ...where, curves, gradientNorm }, parts, held };
}

/**
 * @param {string} state @param {Parts} parts @param {number} start @param {number} T
 * @returns {Curve}
 */
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

/** (T): the largest magnitude at each step. @param {Float64Array} values @param {number} T */
function largestOf(values, T) {
  const size = values.length / T,
    found = new Float64Array(T);
  for (let k = 0; k < values.length; k++) {
    const t = Math.floor(k / size);
    found[t] = Math.max(found[t], Math.abs(values[k]));
  }
  return found;
}

/** @param {Float64Array[]} arrays */
function normOfAll(arrays) {
  return normsOf(Float64Array.from(arrays.map((one) => normsOf(one, 1)[0])), 1)[0];
}

/**
 * The largest singular value of a plain cell's matrix; it grows with the scale.
 * @param {Float64Array} matrix
 */
export function largestSingular(matrix) {
  const size = Math.round(Math.sqrt(matrix.length));
  return singularValues(matrix, size)[0];
}

/**
 * The bound of a plain cell: with the largest slope there is, and with those of this run.
 * @typedef {{largest: number, steepest: number, factor: number, theory: Float64Array, measured:
 *   Float64Array}} Bound
 */

/**
 * @param {Run} run @param {import("./header.js").Layer} layer @param {Found} found
 * @param {number} largest  singular value of the cell's matrix
 * @returns {Bound|null}
 */
export function boundOf(run, layer, found, largest) {
  if (layer.plain === null || layer.steepest === null) return null;
  const slopes = largestSlopes(run, layer.plain.function);
  const { local } = lookup(found.curves, "h");
  const factor = largest * layer.steepest;
  return {
    largest,
    steepest: layer.steepest,
    factor,
    theory: bound(local, () => factor),
    measured: bound(local, (t) => largest * slopes[t]),
  };
}

/** (T): the largest slope of the function at each step. @param {Run} run @param {string} name */
export function largestSlopes(run, name) {
  return largestOf(slopesOf(run, name), run.T);
}

/**
 * T x hidden: the slope of the function that gives h; 1 where a sum does.
 * @param {Run} run @param {string} name
 */
export function slopesOf(run, name) {
  const last = run.nodes.findIndex((node) => node.name === "h");
  const ones = lookup(run.values, "h").map(() => 1);
  const [, op] = run.spec.cell.steps[last];
  return op === name ? passed(run, run.nodes[last], 0, ones) : ones;
}

/** The killers of the direct path and of all. @param {Detail["waterfall"]["norms"]} norms */
export function killers({ direct, total }) {
  return { direct: killer(direct), total: killer(total) };
}

/**
 * The gradient cut before a step.
 * @param {Ran} ran @param {Detailed} found @param {number} cut
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

/** All cuts, where L is asked at one step. @param {Detailed} found */
export function allCuts({ shares, T, start }) {
  return cutsOfOneLoss(shares, T, start);
}

/**
 * Jacobians, their singular values and those of their products, a little at a time.
 * @typedef {Object} Chain
 * @property {Float64Array[]} matrices  T of size x size
 * @property {number} size  of all states together
 * @property {Float64Array[]} singular  T of size
 * @property {Float64Array[]} log10Products  T + 1 of size, see `products`
 */

/** @param {Run} run @returns {Generator<number, Chain>}  yields the share done */
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
  /** @type {Float64Array[]} */
  const singular = [];
  /** @type {Float64Array[]} */
  const log10Products = new Array(T + 1);
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

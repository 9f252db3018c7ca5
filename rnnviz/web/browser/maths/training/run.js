/**
 * A training run: batches in, updates out, as rnnviz/training/loop/loop.py makes them, from the same
 * weights to the same digits but for the order of sums. No DOM.
 */

import { lookup } from "../lookup.js";
import { recurrentFactors, thinned } from "./dropout.js";
import { flat } from "./flat.js";
import { createGenerator } from "./generator.js";
import { prepareJudge } from "./judging.js";
import { firstBadGradient, firstBadValue, measureCells, measureWeights } from "./measures.js";
import { prepareNetwork } from "./network.js";
import { OPTIMIZERS, SCHEDULES, clip, normOf } from "./optimizers.js";

/** @typedef {import("./header.js").Batch} Batch */
/** @typedef {import("./header.js").RunSpec} RunSpec */
/** @typedef {import("./header.js").RunKnobs} RunKnobs */
/** @typedef {import("./measures.js").Row} Row */
/** @typedef {import("./optimizers.js").Remembered} Remembered */
/** @typedef {ReturnType<typeof readyFor>} Ready */
/** @typedef {{update: number, loss: number, metric: number}} Evaluation */
/**
 * Why a run went no further: the first number that was not finite, in order of computation. step,
 * layer: from 0; null where it has none.
 * @typedef {{update: number, quantity: string, step: number|null, layer: number|null, loss: number}}
 *   Stop
 */
/**
 * A run as it stands: enough to go on from there.
 * @typedef {Object} Snapshot
 * @property {number} update  how many were made
 * @property {Float64Array} values  of all parameters, in the spec's order
 * @property {Remembered} remembered  by the optimizer
 * @property {import("./generator.js").Standing} dropout
 * @property {RunKnobs} knobs
 */
/**
 * @typedef {Object} Run
 * @property {RunSpec} spec
 * @property {RunKnobs} knobs  those in force from the next update on
 * @property {number} update  how many were made
 * @property {Stop|null} stopped
 * @property {import("./flat.js").Flat} all  its parameters
 * @property {Remembered} remembered
 * @property {import("./generator.js").Generator} generator  of dropout
 * @property {Batch[]} heldOut  what it is judged on
 * @property {Ready} learning  the network that is taken back, too
 * @property {Map<number, Ready>} judging  by the number of sequences
 */

const EVALUATED_EVERY = 25; // updates, and after the last that is planned

/**
 * A run that has made no update yet.
 * @param {RunSpec} spec
 * @param {ReadonlyMap<string, Float64Array>} parameters  by their full names
 * @param {Batch[]} heldOut
 * @returns {Run}
 */
export function createRun(spec, parameters, heldOut) {
  const all = flat(spec.arrays, parameters);
  return {
    spec,
    knobs: spec.knobs,
    update: 0,
    stopped: null,
    all,
    remembered: new Map(),
    generator: createGenerator(spec.dropout),
    heldOut,
    learning: readyFor(spec, all, spec.sizes.batch, true),
    judging: new Map(),
  };
}

/**
 * Make one update; null where a number was not finite, or the run had stopped before.
 * @param {Run} run @param {Batch} batch
 * @returns {Row|null}
 */
export function learn(run, batch) {
  if (run.stopped) return null;
  const { network, judge } = run.learning;
  const { spec, knobs, generator, all } = run;
  const { recurrent_dropout: share, dropout } = knobs;
  const factors = share > 0 ? recurrentFactors(spec.layers, share, generator) : new Map();
  const pass = { absent: batch.absent, generator, dropout, arrays: thinned(all.named, factors) };
  network.forward(batch.x, pass);
  const judged = judge.both(batch, pass);
  const bad = [...judged.keys()].find((name) => !Number.isFinite(judged.get(name)));
  if (bad) {
    const where = firstBadValue(network.cells, waysOf(spec), batch.absent);
    return stop(run, judged, lookup(JUDGED, bad), where);
  }
  network.backward(judge.back(pass), pass);
  for (const [name, left] of factors) scale(lookup(all.pulled, name), left);
  if (!all.gradients.every(Number.isFinite)) {
    const where = firstBadGradient(network.cells, waysOf(spec));
    return stop(run, judged, "a parameter's gradient", where);
  }
  const row = new Map(judged);
  measureCells(spec.layers, network.cells, batch.absent, row);
  measureWeights(all.named, row);
  step(run, row);
  run.update += 1;
  return row;
}

/**
 * Make an update and take it back: what has to be compiled for one is ready then.
 * @param {Run} run @param {Batch} batch
 */
export function rehearse(run, batch) {
  if (run.stopped) return;
  const before = snapshot(run);
  learn(run, batch);
  restore(run, before);
}

/** Whether it is to be evaluated where it is. @param {Run} run */
export function isDue({ update, knobs }) {
  return update % EVALUATED_EVERY === 0 || update === knobs.updates;
}

/** Loss and metric on the held-out sequences, nothing dropped. @param {Run} run @returns {Evaluation} */
export function evaluate({ spec, all, heldOut, judging, update }) {
  const parts = heldOut.map((part) => {
    const ready = judging.get(part.size) ?? readyFor(spec, all, part.size, false);
    judging.set(part.size, ready);
    const pass = { absent: part.absent, generator: null, dropout: 0, arrays: all.named };
    ready.network.forward(part.x, pass);
    return { part, judged: ready.judge.main(part, pass) };
  });
  const over = (/** @type {"loss"|"metric"} */ name, /** @type {"mask"|"scored"} */ weight) =>
    average(parts.map(({ part, judged }) => [judged[name], count(part[weight])]));
  return { update, loss: over("loss", "mask"), metric: over("metric", "scored") };
}

/** Turn knobs that can be: in force from the next update on. @param {Run} run @param {Partial<RunKnobs>} knobs */
export function turn(run, knobs) {
  run.knobs = { ...run.knobs, ...knobs };
}

/** @param {Run} run @returns {Snapshot} */
export function snapshot({ update, all, remembered, generator, knobs }) {
  const dropout = generator.standing();
  return { update, values: all.values.slice(), remembered: copied(remembered), dropout, knobs };
}

/** Stand where a snapshot was made. @param {Run} run @param {Snapshot} snapshot */
export function restore(run, { update, values, remembered, dropout, knobs }) {
  run.all.values.set(values);
  const generator = createGenerator(dropout);
  Object.assign(run, { update, knobs, generator, remembered: copied(remembered), stopped: null });
}

/** What must be finite before anything flows back, and how it is called where it is not. */
const JUDGED = new Map([
  ["loss", "the loss"],
  ["auxiliary_loss", "the second head's loss"],
]);

/**
 * @param {RunSpec} spec @param {import("./flat.js").Flat} all @param {number} batch
 * @param {boolean} learns
 */
function readyFor(spec, all, batch, learns) {
  const network = prepareNetwork(spec, { steps: spec.sizes.steps, batch, learns }, all.pulled);
  return { network, judge: prepareJudge(spec, network) };
}

/** Clip, let the optimizer step, and say what both did. @param {Run} run @param {Row} row  added to */
function step({ all, knobs, remembered, update }, row) {
  const done = Math.min(update / knobs.updates, 1);
  const rate = knobs.learning_rate * lookup(SCHEDULES, knobs.schedule)(done);
  const before = all.gradients.slice(),
    norm = normOf(before);
  const wasClipped = clip(all.gradients, norm, knobs);
  lookup(OPTIMIZERS, knobs.optimizer)(all.values, all.gradients, remembered, rate, knobs);
  const clipped = normOf(all.gradients);
  row.set("learning_rate", rate);
  row.set("grad_norm", norm);
  row.set("grad_norm_clipped", clipped);
  row.set("clipped", Number(wasClipped));
  row.set("clip_cosine", cosine(before, all.gradients, norm * clipped));
}

/**
 * @param {Run} run @param {import("./judging.js").Judged} judged @param {string} otherwise
 * @param {import("./measures.js").Bad|null} where
 */
function stop(run, judged, otherwise, where) {
  const weight = [...run.all.named].find(([, numbers]) => !numbers.every(Number.isFinite));
  const what = weight ? null : where;
  run.stopped = {
    update: run.update + 1,
    quantity: weight?.[0] ?? what?.quantity ?? otherwise,
    step: what?.step ?? null,
    layer: what?.layer ?? null,
    loss: lookup(judged, "loss"),
  };
  return null;
}

/** How many directions a layer has. @param {RunSpec} spec */
const waysOf = ({ layers, stages }) =>
  layers.length / stages.filter(({ kind }) => kind === "layer").length;

/** @param {Float64Array} numbers  changed in place @param {Float64Array} factors */
function scale(numbers, factors) {
  for (let k = 0; k < numbers.length; k++) numbers[k] *= factors[k];
}

/** @param {Map<string, Float64Array>} arrays */
const copied = (arrays) => new Map([...arrays].map(([name, numbers]) => [name, numbers.slice()]));

/** @param {Uint8Array} mask */
const count = (mask) => mask.reduce((sum, one) => sum + one, 0);

/** @param {number[][]} weighted  pairs of a number and its weight */
function average(weighted) {
  const whole = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  return weighted.reduce((sum, [number, weight]) => sum + number * weight, 0) / whole;
}

/** @param {Float64Array} one @param {Float64Array} other @param {number} lengths  their product */
function cosine(one, other, lengths) {
  let sum = 0;
  for (let k = 0; k < one.length; k++) sum += one[k] * other[k];
  return lengths > 0 ? Math.min(sum / lengths, 1) : NaN;
}

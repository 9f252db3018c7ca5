/** What is read from a network's states while it trains: losses and metric of a batch. No DOM. */

import { lookup } from "../lookup.js";
import { LOSSES } from "../losses.js";

/** @typedef {import("./header.js").Batch} Batch */
/** @typedef {import("./header.js").RunSpec} RunSpec */
/** @typedef {import("./stages.js").Pass} Pass */
/** @typedef {ReturnType<typeof import("./network.js").prepareNetwork>} Network */
/** @typedef {Map<string, number>} Judged  "loss", "metric", with the second head "auxiliary_loss" */

/** @param {RunSpec} spec @param {Network} network */
export function prepareJudge(spec, network) {
  const { heads, output, features, extent } = network;
  const { outputs, inputs } = spec.sizes;
  const rows = extent.steps * extent.batch;
  const doutput = new Float64Array(output.length);
  const dy = new Float64Array(rows * outputs),
    dnext = new Float64Array(rows * inputs);
  const shares = new Float64Array(rows);
  const squaredError = lookup(LOSSES, "squared error");
  const rule = spec.kind === "classification" ? lookup(LOSSES, "cross entropy") : squaredError;

  /** @param {Batch} batch @param {Pass} pass */
  function main({ targets, mask, scored }, pass) {
    heads.main.forward(output, pass);
    const { output: y } = heads.main;
    const steps = placesOf(mask);
    rule({ y, targets, steps, size: outputs, shares: shares.fill(0), dy: dy.fill(0) });
    const metric = metricOf(spec.kind, y, targets, scored, outputs);
    return { loss: total(shares), metric };
  }
  /** @param {Batch} batch @param {Pass} pass @param {import("./stages.js").BatchStage} head */
  function next(batch, pass, head) {
    head.forward(output, pass);
    const steps = upcoming(batch);
    const targets = batch.x.subarray(batch.size * inputs);
    const judged = { y: head.output, targets, steps, size: inputs };
    squaredError({ ...judged, shares: shares.fill(0), dy: dnext.fill(0) });
    for (let k = 0; k < dnext.length; k++) dnext[k] *= spec.knobs.auxiliary;
    return total(shares);
  }
  return {
    /** Loss and metric; nothing flows back. */
    main,
    /** Losses and metric; `back` may follow. @param {Batch} batch @param {Pass} pass @returns {Judged} */
    both(batch, pass) {
      const judged = new Map(Object.entries(main(batch, pass)));
      if (heads.second) judged.set("auxiliary_loss", next(batch, pass, heads.second));
      return judged;
    },
    /** dL/d(output) of what was judged; the heads' gradients are written. @param {Pass} pass */
    back(pass) {
      heads.main.backward(dy, pass);
      doutput.set(heads.main.dinput);
      if (heads.second) {
        heads.second.backward(dnext, pass);
        const { dinput } = heads.second;
        for (let k = 0; k < rows * features; k++) doutput[k] += dinput[k];
      }
      return doutput;
    },
  };
}

/** @param {Float64Array} shares */
const total = (shares) => shares.reduce((sum, share) => sum + share, 0);

/** Where there is a 1. @param {Uint8Array} mask */
function placesOf(mask) {
  /** @type {number[]} */
  const found = [];
  mask.forEach((counts, k) => counts && found.push(k));
  return found;
}

/**
 * The steps, but for each sequence's last, after which another comes: until the last that counts where
 * no lengths are given.
 * @param {Batch} batch
 */
function upcoming({ mask, absent, size }) {
  const goesOn = new Uint8Array(mask.length);
  for (let k = mask.length - 1; k >= 0; k--)
    goesOn[k] = absent ? 1 - absent[k] : Math.max(mask[k], goesOn[k + size] ?? 0);
  return placesOf(goesOn.subarray(size));
}

/**
 * The share of right answers, or the mean squared error, of the steps that are scored.
 * @param {RunSpec["kind"]} kind @param {Float64Array} y @param {Float64Array} targets
 * @param {Uint8Array} scored @param {number} size
 */
function metricOf(kind, y, targets, scored, size) {
  const score = kind === "classification" ? isRight : squared;
  let sum = 0,
    count = 0;
  for (let row = 0; row < scored.length; row++) {
    if (!scored[row]) continue;
    sum += score(y, targets, row * size, size);
    count += 1;
  }
  return sum / count;
}

/**
 * @param {Float64Array} y @param {Float64Array} targets @param {number} from @param {number} size
 */
const isRight = (y, targets, from, size) =>
  largest(y, from, size) === largest(targets, from, size) ? 1 : 0;

/**
 * @param {Float64Array} y @param {Float64Array} targets @param {number} from @param {number} size
 */
function squared(y, targets, from, size) {
  let sum = 0;
  for (let k = from; k < from + size; k++) sum += (y[k] - targets[k]) ** 2;
  return sum / size;
}

/** The place of the largest, the first of equal ones. @param {Float64Array} y @param {number} from @param {number} size */
function largest(y, from, size) {
  let best = from;
  for (let k = from + 1; k < from + size; k++) if (y[k] > y[best]) best = k;
  return best - from;
}

/** What takes longer than a frame: computed in slices once the knobs rest, never shown as current
 * before. */

import { allCuts, chain } from "./measure.js";
import { cutOfManyLosses } from "../maths/shares.js";

const REST = 160; // ms without a change
const SLICE = 7; // ms of work between two looks at the page

/**
 * @typedef {import("./measure.js").Chain & {T: number, states: string[]}} ChainOfRun
 * @typedef {{chain: ChainOfRun, cuts: import("../maths/shares.js").Compared[]}} Everything
 * @typedef {{ran: import("./setup.js").Ran, found: import("./measure.js").Detailed}} Looked
 *
 * @typedef {Object} Settled
 * @property {ChainOfRun|null} chain
 * @property {Everything["cuts"]|null} cuts  null, both: nothing is computed yet
 * @property {string} at  for which knobs, in words
 * @property {boolean} isCurrent  those are the knobs as they are now
 * @property {number} progress  of the next, 0 to 1
 */

/**
 * @param {() => Looked & {knobs: string}} current  a run of its own, not redrawn
 * @param {() => void} changed  called when something new is there
 */
export function settler(current, changed) {
  /** @type {Settled} */
  const state = { chain: null, cuts: null, at: "", isCurrent: false, progress: 0 };
  let timer = 0;

  function restart() {
    clearTimeout(timer);
    state.isCurrent = false;
    state.progress = 0;
    timer = setTimeout(begin, REST);
  }
  function begin() {
    const { ran, found, knobs } = current();
    work(everything(ran, found), knobs);
  }
  /** @param {Generator<number, Everything>} steps @param {string} at */
  function work(steps, at) {
    const until = performance.now() + SLICE;
    let step = steps.next();
    while (!step.done && performance.now() < until) step = steps.next();
    if (step.done) Object.assign(state, step.value, { at, isCurrent: true, progress: 1 });
    else {
      state.progress = step.value;
      timer = setTimeout(() => work(steps, at), 0);
    }
    changed();
  }
  return { restart, state, stop: () => clearTimeout(timer) };
}

/** @param {Looked["ran"]} ran @param {Looked["found"]} found @returns {Generator<number, Everything>} */
function* everything(ran, found) {
  const cuts = yield* cutsOf(ran, found);
  const steps = chain(ran.run);
  let step = steps.next();
  while (!step.done) {
    yield 0.1 + 0.9 * step.value;
    step = steps.next();
  }
  const states = ran.run.states.map(({ name }) => name);
  return { chain: { ...step.value, T: ran.run.T, states }, cuts };
}

/**
 * @param {Looked["ran"]} ran @param {Looked["found"]} found
 * @returns {Generator<number, Everything["cuts"]>}
 */
function* cutsOf(ran, found) {
  if (ran.lossSteps.length === 1) return allCuts(found);
  const cuts = [];
  for (let cut = 0; cut < found.T; cut++) {
    cuts.push(cutOfManyLosses(ran.run, ran.dh, cut));
    yield (0.1 * cut) / found.T;
  }
  return cuts;
}

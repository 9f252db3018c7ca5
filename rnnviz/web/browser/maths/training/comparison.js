/**
 * Runs side by side, played and paused, as rnnviz/training/comparison/comparison.py has them: nobody gets ahead
 * of the last by more than an update. No DOM.
 */

import { batchAt } from "./batches.js";
import { createHistory } from "./history.js";
import { createPast } from "./past.js";
import { createRun, evaluate, isDue, learn, rehearse, restore, snapshot, turn } from "./run.js";

/** @typedef {import("./batches.js").BatchesHeader} BatchesHeader */
/** @typedef {import("./run.js").Evaluation} Evaluation */
/** @typedef {import("./past.js").Change} Change */
/** @typedef {import("../../training/header.js").LiveKnobs} LiveKnobs */
/** @typedef {Map<string, Float64Array>} Arrays */
/**
 * A run as the server hands it over: to go on from there.
 * @typedef {Object} Given
 * @property {string} letter @property {string} id
 * @property {import("./header.js").RunSpec} spec
 * @property {Arrays} arrays  its parameters by full name, and what its optimizer remembers,
 *   "optimizer.exp_avg"
 * @property {number} update  how many it has made
 * @property {Evaluation[]} evaluations  those up to there
 * @property {number} clipped  how many of its updates were
 * @property {Change[]} changes
 */
/**
 * @typedef {Given & {run: import("./run.js").Run, history: import("./history.js").History,
 *   past: import("./past.js").Past}} Member
 */
/** @typedef {{header: BatchesHeader, arrays: Arrays}} Batches */
/** @typedef {ReturnType<typeof createComparison>} Comparison */

const SLOW = 1000; // milliseconds between two updates in slow motion

/** @param {() => number} clock  milliseconds */
export function createComparison(clock) {
  /** @type {Member[]} */
  let members = [];
  /** @type {Map<string, number>} */
  let goals = new Map();
  /** @type {Batches[]} */
  let batches = [];
  /** @type {import("./header.js").Batch[]} */
  let heldOut = [];
  let isSlow = false,
    isStepping = false,
    due = 0;

  /** @param {Member} member */
  const isOn = ({ id, run }) => run.stopped === null && run.update < (goals.get(id) ?? 0);
  /** @param {number} update */
  const pieceFor = (update) =>
    batches.find(({ header: { first, count } }) => update >= first && update < first + count);
  /** @param {number} update */
  function batchFor(update) {
    const piece = pieceFor(update);
    if (!piece) throw new Error(`there is no batch for update ${update + 1}`);
    return batchAt(piece.header, piece.arrays, update - piece.header.first);
  }
  /** @param {Member} member */
  function make(member) {
    const { run, history, past, evaluations } = member;
    const row = learn(run, batchFor(run.update));
    if (row === null) return;
    history.add(row);
    member.clipped += Number(row.get("clipped"));
    if (isDue(run)) evaluations.push(evaluate(run));
    past.keep(run);
  }
  return {
    batchFor,
    get members() {
      return members;
    },
    get isPlaying() {
      return members.some(isOn);
    },
    get isStepping() {
      return isStepping && members.some(isOn);
    },
    get isSlow() {
      return isSlow;
    },
    /** The update that a batch is missing for, if one is. */
    get wanted() {
      const last = Math.min(...members.filter(isOn).map(({ run }) => run.update));
      return Number.isFinite(last) && !pieceFor(last) ? last : null;
    },
    /** @param {import("./header.js").Batch[]} parts */
    judgeOn(parts) {
      heldOut = parts;
    },
    /** @param {Batches} piece */
    bring(piece) {
      if (!pieceFor(piece.header.first)) batches.push(piece);
    },
    /** Begin with other runs: of those that are known already the ones here go on. @param {Given[]} given */
    take(given) {
      if (given.every(({ id }) => members.every((one) => one.id !== id))) batches = [];
      members = given.map((one) => members.find(({ id }) => id === one.id) ?? begun(one, heldOut));
      goals = new Map([...goals].filter(([id]) => members.some((one) => one.id === id)));
    },
    /** Have the next update of each compiled. */
    rehearse() {
      for (const { run } of members) if (pieceFor(run.update)) rehearse(run, batchFor(run.update));
    },
    /** How far each run is to go, by its id. @param {Map<string, number>} to @param {boolean} isCounted */
    play(to, isCounted) {
      goals = to;
      isStepping = isCounted;
    },
    /** Each so many updates more, or all to the planned end. @param {number|null} updates @param {number} planned */
    playOn(updates, planned) {
      const goalOf = (/** @type {Member} */ { id, run }) =>
        updates === null
          ? planned
          : Math.max(run.update, isStepping ? (goals.get(id) ?? 0) : 0) + updates;
      goals = new Map(members.map((one) => [one.id, Math.min(goalOf(one), planned)]));
      isStepping = updates !== null;
    },
    /** Stop; who was overtaken gets as far as the first. */
    pause() {
      const on = members.filter(isOn);
      const first = Math.max(...on.map(({ run }) => run.update));
      for (const one of on) while (one.run.update < first && !one.run.stopped) make(one);
      goals = new Map();
      isStepping = false;
    },
    /** All from their very first weights. */
    reset() {
      goals = new Map();
      isStepping = false;
      for (const member of members) {
        restore(member.run, member.past.first);
        const { update, spec } = { update: member.run.update, spec: member.spec };
        turn(member.run, spec.knobs);
        member.id = fresh();
        member.history = createHistory(update);
        member.past = createPast(snapshot(member.run));
        member.evaluations = member.evaluations.filter((one) => one.update <= update);
        [member.changes, member.clipped] = [[], 0];
      }
    },
    /** @param {"slow"|"full"} pace */
    go(pace) {
      isSlow = pace === "slow";
      due = 0;
    },
    /** Turn live knobs of these runs. @param {string} letters @param {Partial<LiveKnobs>} knobs */
    turn(letters, knobs) {
      for (const { letter, run, changes } of members) {
        if (!letters.includes(letter)) continue;
        for (const knob of /** @type {Array<keyof LiveKnobs>} */ (Object.keys(knobs))) {
          const [before, after] = [run.knobs[knob], knobs[knob] ?? null];
          if (before !== after) changes.push({ update: run.update, knob, before, after });
        }
        turn(run, knobs);
      }
    },
    /**
     * Take the runs on until that time.
     * @param {number} until @param {number} [most]  updates that a run may have then
     */
    proceed(until, most = Infinity) {
      if (isSlow && !isStepping) {
        if (clock() < due) return;
        due = clock() + SLOW;
        for (const one of members.filter(isOn)) if (pieceFor(one.run.update)) make(one);
        return;
      }
      while (clock() < until) {
        const [last] = members.filter(isOn).sort((a, b) => a.run.update - b.run.update);
        if (!last || last.run.update >= most || !pieceFor(last.run.update)) return;
        make(last);
      }
    },
  };
}

/** @param {Given} given @param {import("./header.js").Batch[]} heldOut @returns {Member} */
function begun(given, heldOut) {
  const { spec, arrays, update, evaluations, changes } = given;
  const run = createRun(spec, arrays, heldOut);
  const of = "optimizer.";
  const remembered = [...arrays].filter(([name]) => name.startsWith(of));
  restore(run, {
    ...snapshot(run),
    update,
    remembered: new Map(remembered.map(([name, numbers]) => [name.slice(of.length), numbers])),
  });
  const known = evaluations.length > 0 ? [...evaluations] : [evaluate(run)];
  return {
    ...given,
    run,
    history: createHistory(update),
    past: createPast(snapshot(run)),
    evaluations: known,
    changes: [...changes],
  };
}

/** Another history has another name. */
const fresh = () => Math.random().toString(36).slice(2, 10);

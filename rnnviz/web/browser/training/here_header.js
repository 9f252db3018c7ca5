/** The header of a message that this browser makes of runs it trains, from the server's. No DOM. */

import { _ } from "../drawing/texts.js";

/** @typedef {import("./header.js").TrainHeader} TrainHeader */
/** @typedef {import("./header.js").RunHeader} RunHeader */
/** @typedef {import("./header.js").Clip} Clip */
/** @typedef {import("../maths/training/message.js").Standing} Standing */
/** @typedef {import("../maths/training/past.js").Change} Change */
/** @typedef {Omit<import("./worker.js").Answer, "kind"|"arrays"|"epoch"|"number">} State */

/**
 * @param {TrainHeader} base  the server's last
 * @param {State} state
 * @param {[string, number]} answers
 * @param {boolean} isAlone  there is no server, which could go on beyond what was planned
 * @returns {TrainHeader}
 */
export function composed(base, state, answers, isAlone) {
  const { isPlaying: playing, isStepping: stepping, isSlow: slow, standings } = state;
  const runs = base.runs.map((about) => runOf(about, standings, base.here?.terms ?? {}));
  const isDone = (/** @type {RunHeader} */ { stopped, update }) =>
    stopped !== null || (isAlone && update >= base.planned);
  const status = playing ? _("running") : "";
  const ended = runs.every(isDone);
  const about = { playing, stepping, slow, status, ended, busy: playing, lookBack: "", error: "" };
  return { ...base, ...about, answers, runs, room: base.room && !isAlone };
}

/**
 * @param {RunHeader} about @param {Standing[]} standings @param {Record<string, string>} terms
 * @returns {RunHeader}
 */
function runOf(about, standings, terms) {
  const found = standings.find(({ letter }) => letter === about.letter);
  if (!found) return about;
  const { id, update, from, solvedAt, knobs, changes, stopped } = found;
  const live = Object.fromEntries(Object.entries(knobs).filter(([name]) => name in about.live));
  return {
    ...about,
    id,
    update,
    from,
    solvedAt,
    live: /** @type {RunHeader["live"]} */ (live),
    changes: changes.map((one) => ({
      update: one.update,
      knob: one.knob,
      text: changeText(one, terms),
    })),
    clips: clipsOf(about.clips[0], changes),
    stopped: stopped && { update: stopped.update, text: stopText(stopped) },
  };
}

/** @param {Change} change @param {Record<string, string>} terms */
function changeText({ knob, before, after, update }, terms) {
  const said = (/** @type {number|null} */ value) => (value === null ? _("none") : String(value));
  return _("{what} {before} → {after} at {update}", {
    what: terms[knob],
    before: said(before),
    after: said(after),
    update: update.toLocaleString("en"),
  });
}

/**
 * How gradients were clipped, at first and since each change.
 * @param {Clip} first @param {Change[]} changes
 */
function clipsOf(first, changes) {
  const limits = new Map([[first.kind, first.threshold]]);
  /** @type {Clip[]} */
  let found = [first];
  for (const { knob, after, update } of changes) {
    const [, kind] = /^clip_(norm|value)$/.exec(knob) ?? [];
    if (kind !== "norm" && kind !== "value") continue;
    limits.set(kind, after);
    const [own = "none", threshold = null] = [...limits].find(([, limit]) => limit !== null) ?? [];
    found = found.filter((one) => one.after < update);
    found.push({ after: update, kind: own, threshold });
  }
  return found;
}

/** As Python writes it (training/runs/runs.py). @param {NonNullable<Standing["stopped"]>} stop */
function stopText({ update, quantity, step, layer }) {
  const holes = { update, quantity, step: (step ?? 0) + 1, layer: (layer ?? 0) + 1 };
  if (step === null) return _("stopped at update {update}: {quantity} is not finite", holes);
  return _(
    "stopped at update {update}: {quantity} of layer {layer} at time step {step} is not finite",
    holes,
  );
}

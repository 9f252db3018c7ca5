/**
 * A worker in which runs are trained here: the charts ask it as they ask the server (crew.js). It
 * trains only while it is asked, in turns short enough that it hears what is pressed. Until then it
 * rehearses an update, once, so that the first to be asked for is there sooner.
 */

import { batchAt } from "../maths/training/batches.js";
import { createComparison } from "../maths/training/comparison.js";
import { messageOf } from "../maths/training/message.js";
import { lookBack } from "../maths/training/past.js";
import { reportOf, written } from "../maths/training/report.js";

/** @typedef {import("../maths/training/comparison.js").Given} Given */
/** @typedef {import("../maths/training/comparison.js").Batches} Batches */
/** @typedef {import("./header.js").RunHeader} RunHeader */
/** @typedef {import("./polling.js").Command} Command */
/**
 * @typedef {{kind: "runs", epoch: number, runs: Given[], heldOut: Judged}} RunsRequest  those there are
 *   from now on; answers have its epoch
 * @typedef {{header: {parts: import("../maths/training/batches.js").BatchesHeader[]},
 *   arrays: Map<string, Float64Array>}} Judged  what runs are judged on
 * @typedef {{kind: "batches", batches: Batches}} BatchesRequest
 * @typedef {{kind: "goals", goals: Map<string, number>, isStepping: boolean, isSlow: boolean}}
 *   GoalsRequest
 * @typedef {{kind: "ask", number: number, known: Record<string, number>, pressed: Command[],
 *   runs: RunHeader[], planned: number, strides: import("./header.js").Strides, most: number}}
 *   AskRequest  most: updates that a run may make before it is asked again
 * @typedef {{kind: "report", known: Record<string, number>, back: Back|null}} ReportRequest
 *   known: updates that the server has of each run
 * @typedef {{letter: string, update: number}} Back  a run as it was is wanted, too
 * @typedef {RunsRequest|BatchesRequest|GoalsRequest|AskRequest|ReportRequest} Request
 *
 * @typedef {{kind: "answer", epoch: number, number: number, standings: import("../maths/training/message.js").Standing[],
 *   arrays: Map<string, Float64Array>, isPlaying: boolean, isStepping: boolean, isSlow: boolean,
 *   wanted: number|null}} Answer
 * @typedef {{kind: "report", epoch: number, runs: import("../maths/training/report.js").RunReport[],
 *   isPlaying: boolean, back: (Back & {standing: import("../maths/training/report.js").Standing})|null}}
 *   Report
 */

const HEARD = 500, // milliseconds after the last question in which it goes on
  TURN = 24;

const comparison = createComparison(() => performance.now());
let epoch = 0,
  heard = -Infinity,
  timer = 0,
  made = 0, // updates, when it was asked last
  limit = Infinity, // of updates, until it is asked again
  done = 0, // the number of the last command: one may come twice
  isNew = false; // nothing was done with these runs yet

addEventListener("message", (/** @type {MessageEvent<Request>} */ { data }) => {
  dispatch(data);
  goOn();
});

/** @template {Request} R @param {R} request */
function dispatch(request) {
  const handle = /** @type {(request: R) => void} */ (DO[request.kind]);
  handle(request);
}

/** @type {{[K in Request["kind"]]: (request: Extract<Request, {kind: K}>) => void}} */
const DO = {
  runs(request) {
    const { header, arrays } = request.heldOut;
    ({ epoch } = request);
    comparison.judgeOn(header.parts.map((part) => batchAt(part, arrays, 0)));
    comparison.take(request.runs);
    isNew = true;
  },
  batches: ({ batches }) => comparison.bring(batches),
  goals({ goals, isStepping, isSlow }) {
    comparison.go(isSlow ? "slow" : "full");
    comparison.play(goals, isStepping);
  },
  ask,
  report({ known, back }) {
    if (back) comparison.pause();
    const { members, isPlaying } = comparison;
    const runs = members.map((one) => reportOf(one, known[one.id] ?? 0));
    postMessage({ kind: "report", epoch, runs, isPlaying, back: back && lookedBack(back) });
  },
};

/** @param {AskRequest} request */
function ask({ number, known, pressed, runs, planned, strides, most }) {
  for (const one of pressed) if (one.number > done) press(one, planned);
  done = Math.max(done, ...pressed.map((one) => one.number));
  [heard, limit] = [performance.now(), most];
  if (total() === made) comparison.proceed(heard + TURN, limit);
  made = total();
  const messages = comparison.members.flatMap((member) => {
    const about = runs.find(({ letter }) => letter === member.letter);
    return about ? [messageOf(member, about, known[member.id] ?? 0, strides)] : [];
  });
  const { isPlaying, isStepping, isSlow, wanted } = comparison;
  const arrays = new Map(messages.flatMap((one) => one.arrays));
  const standings = messages.map(({ standing }) => standing);
  const state = { isPlaying, isStepping, isSlow, wanted };
  postMessage({ kind: "answer", epoch, number, standings, arrays, ...state });
}

const total = () => comparison.members.reduce((sum, { run }) => sum + run.update, 0);

/** What can be pressed without the server. @param {Command} command @param {number} planned */
function press({ name, value }, planned) {
  if (name === "play") comparison.playOn(value === null ? null : Number(value), planned);
  else if (name === "pause") comparison.pause();
  else if (name === "reset") comparison.reset();
  else if (name === "pace") comparison.go(value === "slow" ? "slow" : "full");
  else if (name === "turn") {
    const { letters, knobs } = /** @type {import("./polling.js").Turn} */ (value);
    comparison.turn(letters, knobs);
  }
}

/** Another turn after this one, as long as somebody asks and there is anything to do. */
function goOn() {
  clearTimeout(timer);
  if (comparison.isPlaying) isNew = false;
  else if (isNew) timer = setTimeout(rehearse);
  if (!comparison.isPlaying || performance.now() > heard + HEARD) return;
  timer = setTimeout(() => {
    const before = total();
    comparison.proceed(performance.now() + TURN, limit);
    if (total() > before || comparison.isSlow) goOn();
  });
}

function rehearse() {
  isNew = false;
  comparison.rehearse();
}

/** @param {Back} back */
function lookedBack({ letter, update }) {
  const member = comparison.members.find((one) => one.letter === letter);
  if (!member) return null;
  const { run, past, changes } = member;
  const at = Math.min(update, run.update);
  const found = lookBack(run, past, changes, Math.max(at, past.first.update), comparison.batchFor);
  return { letter, update: found.update, standing: written(found) };
}

/**
 * The workers of the runs that are trained here, one for each run, so that they train at once; asked
 * and heard as if they were one. Nobody gets far ahead of the last.
 *
 * @typedef {import("./worker.js").Request} Request
 * @typedef {import("./worker.js").RunsRequest} RunsRequest
 * @typedef {import("./worker.js").AskRequest} AskRequest
 * @typedef {import("./worker.js").Answer} Answer
 * @typedef {import("./worker.js").Report} Report
 * @typedef {Omit<AskRequest, "most">} Question
 * @typedef {{goals: Record<string, number>, isStepping: boolean, isSlow: boolean}} Order
 * @typedef {Map<string, Answer>} Round  answers to one question, by the letters of their runs
 */

import { lookup } from "../maths/lookup.js";
import { startWorker } from "./worker_start.js";

const ORDERS = ["play", "pause", "reset"];
const LEAD = 10, // updates; or
  PACES = 2; // so many times what the last made between two questions

/**
 * @param {string} script
 * @param {(answer: Answer|Report) => void} hear
 */
export function createCrew(script, hear) {
  const staff = createStaff(script, (letter, data) => {
    if (data.kind === "answer") return takeAnswer(letter, data);
    const all = reports.add(letter, data);
    if (all) hear(asOneReport(all));
  });
  let rounds = [noAnswers(), noAnswers(), noAnswers()]; // this one, and the two before
  let reports = gathering([]);
  /** @type {Question|null} */
  let asked = null;
  /** Who went on when a pause was pressed, until all are where the first is. @type {string[]} */
  let pausing = [];
  let ordered = ""; // what they were told to do last, and nothing else was pressed since
  let isCurrent = false; // the answer that is on its way knows of all they were told

  /** @param {Request} request */
  function tell(request) {
    isCurrent = false;
    staff.tell(() => request);
  }
  /** @param {Question} question */
  function ask(question) {
    if (question.pressed.length > 0) ordered = "";
    else if (isCurrent && question.number === asked?.number) return;
    [asked, isCurrent] = [question, true];
    const [, last, before] = rounds;
    pausing = pausingAfter(question.pressed, pausing, last);
    staff.tell((letter) => {
      const runs = question.runs.filter((one) => one.letter === letter);
      return { ...question, runs, most: mostOf(letter, last, before) };
    });
    rounds[0] = noAnswers();
  }
  /** @param {string} letter @param {Answer} answer */
  function takeAnswer(letter, answer) {
    const [round, last] = rounds;
    if (answer.number !== asked?.number) return;
    round.set(letter, answer);
    if (round.size < staff.size) return;
    rounds = [noAnswers(), round, last];
    const goals = goalsOf(pausing, round);
    if (goals.size > 0) {
      tell({ kind: "goals", goals, isStepping: true, isSlow: false });
      return ask({ ...asked, pressed: [] });
    }
    [asked, pausing] = [null, []];
    hear(asOneAnswer([...round.values()]));
  }
  return {
    ask,
    tell,
    /** Go on to other goals, by the ids of the runs. @param {Order} order */
    play({ goals, ...how }) {
      const order = JSON.stringify([goals, how]);
      if (order === ordered) return;
      [pausing, ordered] = [[], order];
      tell({ kind: "goals", goals: new Map(Object.entries(goals)), ...how });
    },
    /** Those there are from now on. @param {Omit<RunsRequest, "epoch">} request */
    take(request) {
      staff.take(request);
      rounds = [noAnswers(), noAnswers(), noAnswers()];
      reports = gathering(request.runs.map(({ letter }) => letter));
      [asked, pausing, ordered] = [null, [], ""];
    },
    destroy: staff.destroy,
  };
}

/**
 * The workers, by the letters of their runs.
 * @param {string} script
 * @param {(letter: string, data: Answer|Report) => void} hear  what one says of the runs there are
 */
function createStaff(script, hear) {
  /** @type {Map<string, Worker>} */
  let workers = new Map();
  let epoch = 0;
  /** @param {string} letter */
  const begin = (letter) =>
    startWorker(script, (/** @type {MessageEvent<Answer|Report>} */ { data }) => {
      if (data.epoch === epoch) hear(letter, data);
    });
  return {
    get size() {
      return workers.size;
    },
    /** @param {(letter: string) => Request} requestFor */
    tell: (requestFor) =>
      workers.forEach((worker, letter) => worker.postMessage(requestFor(letter))),
    /** One for each run; who has another keeps its own. @param {Omit<RunsRequest, "epoch">} request */
    take(request) {
      epoch += 1;
      const letters = request.runs.map(({ letter }) => letter);
      for (const [letter, one] of workers) if (!letters.includes(letter)) one.terminate();
      workers = new Map(letters.map((letter) => [letter, workers.get(letter) ?? begin(letter)]));
      for (const one of request.runs)
        lookup(workers, one.letter).postMessage({ ...request, epoch, runs: [one] });
    },
    destroy: () => workers.forEach((worker) => worker.terminate()),
  };
}

/** @returns {Round} */
const noAnswers = () => new Map();

/** Reports of all runs: one of each is asked for at once. @param {string[]} letters */
function gathering(letters) {
  /** Of each, those that wait for the others'. @type {Map<string, Report[]>} */
  const waiting = new Map(letters.map((letter) => [letter, []]));
  return {
    /** One of each, where this was the last of them. @param {string} letter @param {Report} report */
    add(letter, report) {
      lookup(waiting, letter).push(report);
      const all = [...waiting.values()];
      return all.every(({ length }) => length > 0) ? all.flatMap((of) => of.splice(0, 1)) : null;
    },
  };
}

/** @param {Round} round */
const lettersOn = (round) =>
  [...round].filter(([, { isPlaying }]) => isPlaying).map(([letter]) => letter);

/**
 * Whom a pause holds, after what was pressed; one that was pressed before holds the same ones.
 * @param {Question["pressed"]} pressed @param {string[]} pausing @param {Round} last
 */
function pausingAfter(pressed, pausing, last) {
  const order = pressed.filter(({ name }) => ORDERS.includes(name)).at(-1);
  if (!order) return pausing;
  if (order.name !== "pause") return [];
  return pausing.length > 0 ? pausing : lettersOn(last);
}

/** @param {Round} round @param {string} letter */
const updateOf = (round, letter) => round.get(letter)?.standings[0]?.update ?? 0;

/**
 * How far a run may go until the next question, by where the last of the others is and how fast.
 * @param {string} letter @param {Round} last @param {Round} before  the round before it
 */
function mostOf(letter, last, before) {
  const others = lettersOn(last).filter((one) => one !== letter);
  const limits = others.map((one) => {
    const update = updateOf(last, one);
    return update + Math.max(LEAD, PACES * (update - updateOf(before, one)));
  });
  return Math.min(...limits);
}

/**
 * Who has to go on for all to be where the first is, and to which update; by the ids of the runs.
 * Nobody where a batch is missing: it comes after an answer.
 * @param {string[]} letters @param {Round} round
 * @returns {Map<string, number>}
 */
function goalsOf(letters, round) {
  const all = letters.map((letter) => lookup(round, letter));
  const standings = all.flatMap((one) => one.standings).filter(({ stopped }) => stopped === null);
  const first = Math.max(...standings.map(({ update }) => update));
  if (all.some(({ wanted }) => wanted !== null)) return new Map();
  return new Map(standings.filter(({ update }) => update < first).map(({ id }) => [id, first]));
}

/** @param {Answer[]} all @returns {Answer} */
function asOneAnswer(all) {
  const wanted = all.flatMap((one) => (one.wanted === null ? [] : [one.wanted]));
  return {
    ...all[0],
    standings: all.flatMap(({ standings }) => standings),
    arrays: new Map(all.flatMap(({ arrays }) => [...arrays])),
    isPlaying: all.some(({ isPlaying }) => isPlaying),
    isStepping: all.some(({ isStepping }) => isStepping),
    wanted: wanted.length > 0 ? Math.min(...wanted) : null,
  };
}

/** @param {Report[]} all @returns {Report} */
function asOneReport(all) {
  return {
    ...all[0],
    runs: all.flatMap(({ runs }) => runs),
    isPlaying: all.some(({ isPlaying }) => isPlaying),
    back: all.map(({ back }) => back).find((one) => one !== null) ?? null,
  };
}

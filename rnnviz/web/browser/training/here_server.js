/**
 * What the server is told of runs that are trained here, and asked for: how they stand when they stop,
 * and now and then; what only it can do, other runs and more updates than were planned; batches.
 *
 * @typedef {import("./polling.js").Poll} Poll
 * @typedef {import("./polling.js").Command} Command
 * @typedef {import("./worker.js").Answer} Answer
 * @typedef {import("./worker.js").Report} Report
 * @typedef {import("./worker.js").Back} Back
 * @typedef {Poll & {report?: Report, wants?: number}} Forwarded  wants: the update that a batch is
 *   missing for
 */

const OFTEN = 10_000; // milliseconds from one report to the next
const OF_RUNS = ["branch", "open", "leave", "reset"];
const OF_VIEW = ["look", "zoom", "hide"];

/**
 * @param {(request: import("./worker.js").ReportRequest) => void} post  to the worker
 * @param {((poll: Forwarded) => void)|null} forward  to the server; null: there is none
 */
export function telling(post, forward) {
  /** Updates of each run that the server has, by its id. @type {Map<string, number>} */
  let told = new Map();
  /** Commands for the server, to go with the next report. @type {Command[]} */
  let waiting = [];
  /** The update that is looked at; null: the latest. @type {number|null} */
  let at = null;
  let isPlaying = false,
    areNew = false, // the runs, and the server does not know that they are here
    reported = performance.now(),
    wanted = -1;

  /** @param {Back|null} back */
  function report(back) {
    reported = performance.now();
    wanted = -1; // it takes the place of what was asked a moment before
    post({ kind: "report", known: Object.fromEntries(told), back });
  }
  return {
    /** @param {number|null} update */
    looks(update) {
      at = update;
    },
    /** Whether these are other runs than before. @param {Array<{id: string, update: number}>} runs */
    takes(runs) {
      if (runs.length === told.size && runs.every(({ id }) => told.has(id))) return false;
      told = new Map(runs.map(({ id, update }) => [id, told.get(id) ?? update]));
      wanted = -1;
      areNew = true;
      return true;
    },
    /**
     * Whether the server is to answer a poll with these commands.
     * @param {Command[]} commands @param {number} planned @param {number} most  updates of any run
     */
    takesOver(commands, planned, most) {
      for (const { name, value } of commands)
        if (name === "look" || name === "play")
          at = name === "look" && value !== null ? Number(value) : null;
      if (!forward) return false;
      const others = commands.filter((one) => isForServer(one, planned, most));
      const ofView = commands.filter(({ name }) => OF_VIEW.includes(name));
      waiting.push(...[...ofView, ...others].filter((one) => !waiting.includes(one)));
      if (others.length === 0 && (isPlaying || waiting.length === 0)) return false;
      report(backOf(others, at));
      return true;
    },
    /** Tell or ask what is due after an answer of the worker's. @param {Answer} data @param {Poll} asked */
    heed(data, asked) {
      const hasStopped = isPlaying && !data.isPlaying;
      if (!isPlaying && data.isPlaying) reported = performance.now();
      ({ isPlaying } = data);
      if (!forward) return;
      if (hasStopped || (isPlaying && performance.now() > reported + OFTEN)) report(null);
      else if (areNew) forward({ ...asked, commands: [], known: Object.fromEntries(told) });
      else if (data.wanted !== null && data.wanted !== wanted) {
        wanted = data.wanted;
        forward({ ...asked, commands: [], wants: wanted });
      }
      areNew = false;
    },
    /** @param {Report} data @param {Poll} asked */
    tell(data, asked) {
      forward?.({ ...asked, commands: waiting, report: data });
      waiting = [];
      for (const { id, standing } of data.runs) told.set(id, standing.update);
    },
  };
}

/**
 * Whether the server has to do it: where it makes other runs, or plans more updates.
 * @param {Command} command @param {number} planned @param {number} most
 */
function isForServer({ name, value }, planned, most) {
  if (name !== "play") return OF_RUNS.includes(name);
  return value === null ? most >= planned : most + Number(value) > planned;
}

/** @param {Command[]} commands @param {number|null} at @returns {Back|null} */
function backOf(commands, at) {
  const found = commands.find(({ name }) => name === "branch" || name === "open");
  return found ? { letter: String(found.value), update: at ?? Number.MAX_SAFE_INTEGER } : null;
}

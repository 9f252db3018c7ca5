/**
 * Training in this browser: answers the charts' polls as the server would, from workers that are
 * ended with its page. The server is told how the runs stand when they stop, now and then, and with
 * what only it can do: other runs, more updates than were planned.
 *
 * @typedef {import("./header.js").HereHeader} HereHeader
 * @typedef {import("./header.js").RunHeader} RunHeader
 * @typedef {import("./records.js").Message} Message
 * @typedef {import("./polling.js").Poll} Poll
 * @typedef {import("./polling.js").Command} Command
 * @typedef {import("./worker.js").Answer} Answer
 * @typedef {import("./worker.js").Report} Report
 * @typedef {import("./worker.js").Request} Request
 * @typedef {import("./here_server.js").Forwarded} Forwarded
 */

import { lookup } from "../maths/lookup.js";
import { unpack } from "../maths/payload.js";
import { createCrew } from "./crew.js";
import { composed } from "./here_header.js";
import { telling } from "./here_server.js";

/** @type {Poll} */
const NOBODY = { asker: "", number: 0, known: {}, commands: [] };

/**
 * @param {(message: Message) => void} show  what the charts get
 * @param {((poll: Forwarded) => void)|null} forward  to the server; null: there is none
 */
export function trainingHere(show, forward) {
  /** @type {ReturnType<typeof createCrew>|null} */
  let crew = null;
  /** @type {Message|null} */
  let base = null;
  /** Updates of each run that the charts have, by its id. @type {Map<string, number>} */
  let shown = new Map();
  let asked = NOBODY,
    order = -1;
  /** @param {Request} request */
  const post = (request) => crew?.tell(request);
  const server = telling(post, forward);

  /** @param {Answer|Report} data */
  function hear(data) {
    if (data.kind === "report") return server.tell(data, asked);
    if (!base) return;
    for (const { id, update } of data.standings) shown.set(id, update);
    const header = composed(base.header, data, [asked.asker, data.number], !forward);
    show({ header, arrays: data.arrays });
    server.heed(data, asked);
  }
  /** @param {Command[]} pressed */
  function ask(pressed) {
    if (base) crew?.ask(questionOf(base, asked.number, shown, pressed));
  }
  /** @param {Message} message @param {HereHeader} here */
  function takeRuns({ header, arrays }, here) {
    const { runs } = header;
    if (!server.takes(runs)) return;
    const heldOut = opened(lookup(arrays, "here.heldOut"));
    crew?.take({ kind: "runs", runs: runs.map((one) => givenOf(one, here, arrays)), heldOut });
    shown = new Map(runs.map(({ id, update }) => [id, shown.get(id) ?? update]));
    const known = runs.map((one) => ({ ...one, update: lookup(shown, one.id) }));
    show({ header: { ...header, runs: known }, arrays });
  }
  return {
    /** Answer a poll of the charts. @param {Poll} poll */
    ask(poll) {
      asked = poll;
      const planned = base?.header.planned ?? 0;
      if (!server.takesOver(poll.commands, planned, Math.max(0, ...shown.values())))
        ask(poll.commands);
    },
    /** The server says what there is. @param {Message} message @param {HereHeader} here */
    take(message, here) {
      if (crew === null && here.script === "") return forward?.(NOBODY); // meant for another's
      crew ??= createCrew(here.script, hear);
      if (message.header.serial !== base?.header.serial) server.looks(message.header.at);
      base = { ...message, header: { ...message.header, alone: !forward } };
      takeRuns(base, here);
      for (const [name, batches] of message.arrays)
        if (name.startsWith("here.batches.")) post({ kind: "batches", batches: opened(batches) });
      if (here.order !== order) {
        order = here.order;
        const { stepping: isStepping, slow: isSlow } = message.header;
        crew.play({ goals: here.goals, isStepping, isSlow });
      }
      ask([]);
    },
    /** Do what the server is about to order. @param {import("./header.js").Beginning} beginning */
    begin({ goals, is_stepping: isStepping }) {
      crew?.play({ goals, isStepping, isSlow: base?.header.slow ?? false });
      ask([]);
    },
    destroy() {
      crew?.destroy();
      crew = null;
    },
  };
}

/**
 * @param {Message} base @param {number} number  of the poll
 * @param {Map<string, number>} shown @param {Command[]} pressed
 * @returns {import("./crew.js").Question}
 */
function questionOf({ header }, number, shown, pressed) {
  const { runs, strides, planned } = header;
  const known = Object.fromEntries(shown);
  return { kind: "ask", number, known, pressed, runs, strides, planned };
}

/**
 * A run to be taken on, from what stands beside the rows of the charts.
 * @param {RunHeader} about @param {HereHeader} here @param {Message["arrays"]} arrays
 * @returns {import("../maths/training/comparison.js").Given}
 */
function givenOf({ letter, id, update }, here, arrays) {
  const { header, arrays: own } = opened(lookup(arrays, `here.${letter}`));
  const ofRun = (/** @type {{name: string}} */ { name }) => !name.startsWith("optimizer.");
  const spec = { ...header, arrays: header.arrays.filter(ofRun) };
  const flat = lookup(arrays, `${letter}.evaluations`);
  const evaluations = Array.from({ length: flat.length / 3 }, (_, k) => {
    const [at, loss, metric] = flat.subarray(3 * k, 3 * k + 3);
    return { update: at, loss, metric };
  });
  const { clipped, changes } = here.runs[letter];
  return { letter, id, update, spec, arrays: own, evaluations, clipped, changes };
}

/** A payload within a payload: its bytes, eight to a number. @param {Float64Array} numbers @returns {any} */
const opened = ({ buffer, byteOffset, byteLength }) =>
  unpack(new Uint8Array(buffer, byteOffset, byteLength));

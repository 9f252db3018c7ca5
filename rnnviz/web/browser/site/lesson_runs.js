/** A lesson's runs as its page shows them: trained in this browser, or saved. No DOM. */

import { createPace } from "./pace.js";

/** @typedef {import("./archive.js").Piece} Piece */
/** @typedef {import("../drawing/announcing.js").Announcement} Announcement */
/** @typedef {{at: number|null, zoom: [number, number]|null, unseen: string}} Look */

const OF_A_START = "here."; // what a browser trains runs from

/** @param {import("./archive.js").Archive} archive */
export function runsOf(archive) {
  const { isLive } = archive.page;
  const first = archive.piece("begun");
  const saved = archive.has("ended") ? archive.piece("ended") : null;
  const { planned } = first.header;
  const pace = createPace();
  let attempt = 0, // each begins anew, with others of its own
    serial = 0,
    isSaved = !isLive, // those that are shown
    hasStarted = false,
    hasEnded = !isLive;

  /** @param {Piece} piece @returns {Piece} */
  function ofAttempt({ header, ...others }) {
    const runs = header.runs.map((/** @type {{id: string}} */ run) => ({
      ...run,
      id: `${run.id} ${attempt}`,
    }));
    return { ...others, header: { ...header, id: `${header.id} ${attempt}`, runs } };
  }
  return {
    /** Before they begin. */
    begun: () => ofAttempt(first),
    /** On their way to their ends, or there. @param {number} guess @param {Look} look @returns {Piece} */
    going(guess, look) {
      serial += 1;
      const { header, arrays, more } = ofAttempt(isSaved && saved ? saved : first);
      const shown = { ...header, ...look, guess, serial };
      if (isSaved) return { header: shown, arrays, more };
      const ids = header.runs.map((/** @type {{id: string}} */ { id }) => [id, planned]);
      const here = { ...header.here, order: attempt + 1, goals: Object.fromEntries(ids) };
      const left = hasStarted ? withoutStart(arrays) : arrays;
      hasStarted = true;
      return { header: { ...shown, here }, arrays: left, more };
    },
    /** Whether there are both. */
    hasChoice: isLive && saved !== null,
    areSaved: () => isSaved,
    /** What runs that train here make, updates a second; null: not known yet. */
    pace: () => pace.rate(),
    haveEnded: () => hasEnded,
    end() {
      hasEnded = true;
    },
    /** Whether what runs that train here announce is their end. @param {Announcement} seen */
    follow({ what, update, stopped }) {
      if (!hasStarted || what !== "trained") return false;
      pace.take(Number(update), performance.now());
      if (hasEnded) return false;
      hasEnded = Number(update) >= planned || stopped === first.header.runs.length;
      return hasEnded;
    },
    /** Other runs, of which none has begun; or those that were saved. @param {boolean} areSaved */
    reset(areSaved = !isLive) {
      attempt += 1;
      isSaved = areSaved;
      hasStarted = false;
      hasEnded = areSaved;
      pace.reset();
    },
  };
}

/** What is known already is not sent again. @param {Piece["arrays"]} arrays */
const withoutStart = (arrays) =>
  new Map([...arrays].filter(([name]) => !name.startsWith(OF_A_START)));

/** A lesson's runs as its page shows them: trained in this browser, or saved. No DOM. */

/** @typedef {import("./archive.js").Piece} Piece */
/** @typedef {import("../drawing/announcing.js").Announcement} Announcement */
/** @typedef {{at: number|null, zoom: [number, number]|null, unseen: string}} Look */

const OF_A_START = "here."; // what a browser trains runs from

/** @param {import("./archive.js").Archive} archive */
export function runsOf(archive) {
  const { isLive } = archive.page;
  const first = archive.piece("begun");
  const last = isLive ? first : archive.piece("ended");
  const { planned } = first.header;
  let attempt = 0, // each begins anew, with others of its own
    serial = 0,
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
      const { header, arrays, more } = ofAttempt(last);
      const shown = { ...header, ...look, guess, serial };
      if (!isLive) return { header: shown, arrays, more };
      const ids = header.runs.map((/** @type {{id: string}} */ { id }) => [id, planned]);
      const here = { ...header.here, order: attempt + 1, goals: Object.fromEntries(ids) };
      const left = hasStarted ? withoutStart(arrays) : arrays;
      hasStarted = true;
      return { header: { ...shown, here }, arrays: left, more };
    },
    haveEnded: () => hasEnded,
    end() {
      hasEnded = true;
    },
    /** Whether what the runs announce is their end. @param {Announcement} seen */
    follow({ what, update, stopped }) {
      const isEnd = Number(update) >= planned || stopped === first.header.runs.length;
      hasEnded = hasStarted && what === "trained" && isEnd;
      return hasEnded;
    },
    /** Other runs, of which none has begun. */
    reset() {
      attempt += 1;
      hasStarted = false;
      hasEnded = !isLive;
    },
  };
}

/** What is known already is not sent again. @param {Piece["arrays"]} arrays */
const withoutStart = (arrays) =>
  new Map([...arrays].filter(([name]) => !name.startsWith(OF_A_START)));

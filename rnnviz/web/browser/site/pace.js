/** How fast runs train, by when their updates were heard of. No DOM. */

const WINDOW = 6000, // milliseconds that are looked back
  FEWEST = 1500, // before anything is said
  PAUSE = 1500; // after such a silence it begins anew

export function createPace() {
  /** @type {Array<{update: number, time: number}>} */
  let heard = [];
  return {
    /** @param {number} update @param {number} time  milliseconds */
    take(update, time) {
      const last = heard.at(-1);
      if (last && (update < last.update || time > last.time + PAUSE)) heard = [];
      heard = [...heard.filter((one) => one.time >= time - WINDOW), { update, time }];
    },
    /** Updates a second; null: not known yet. */
    rate() {
      const [first, last] = [heard[0], heard.at(-1)];
      if (!last || last.time < first.time + FEWEST) return null;
      return (1000 * (last.update - first.update)) / (last.time - first.time);
    },
    reset() {
      heard = [];
    },
  };
}

/**
 * A range that goes to another by and by, so that an eye can follow what is drawn in it. Where the
 * visitor wants no motion it jumps.
 */

const LASTS = 160; // milliseconds

/** @typedef {import("./time_strip.js").Range} Range */

/** @param {() => void} draw  called in each frame until it is there */
export function easedRange(draw) {
  /** @type {{from: Range, to: Range, since: number}|null} */
  let going = null;
  let frame = 0;

  /** @param {number} now @returns {Range} */
  function at(now) {
    if (going === null) return { low: 0, high: 1 };
    const { from, to, since } = going;
    const part = Math.min(Math.max((now - since) / LASTS, 0), 1);
    const eased = part * (2 - part);
    return {
      low: from.low + (to.low - from.low) * eased,
      high: from.high + (to.high - from.high) * eased,
    };
  }
  /** @param {number} now @param {Range} to */
  function begin(now, to) {
    if (going === null || matchMedia("(prefers-reduced-motion: reduce)").matches)
      return { from: to, to, since: -LASTS };
    return { from: at(now), to, since: now };
  }
  function next() {
    frame = 0;
    draw();
  }
  return {
    /** What is to be drawn in now, on the way to this. @param {Range} to @returns {Range} */
    toward(to) {
      const now = performance.now();
      if (going === null || going.to.low !== to.low || going.to.high !== to.high)
        going = begin(now, to);
      const isThere = now - going.since >= LASTS;
      if (!isThere && frame === 0) frame = requestAnimationFrame(next);
      return isThere ? to : at(now);
    },
    stop: () => cancelAnimationFrame(frame),
  };
}

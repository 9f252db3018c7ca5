/**
 * Whether an act was done, judged by what the page announced. What was so already when the act began
 * counts: who is ahead of the words need not do it twice. But one thing done is not two acts. No DOM.
 *
 * @typedef {import("../drawing/announcing.js").Announcement} Announcement
 * @typedef {import("./header.js").Wanted} Wanted
 */

export function createWitness() {
  /** What was announced last of each thing. @type {Map<string, Announcement>} */
  const latest = new Map();
  /** What was announced since the act began. @type {Announcement[]} */
  let heard = [];
  /** What the act before was done by. @type {Announcement|null} */
  let spent = null;
  return {
    /** @param {Announcement} seen */
    hear(seen) {
      heard.push(seen);
      if (seen.what === "released") forget(latest);
      latest.set(JSON.stringify([seen.what, seen.name ?? ""]), seen);
    },
    /** Another act begins. */
    next() {
      spent = heard.at(-1) ?? null;
      heard = [];
    },
    /** Another unit does: nothing was announced yet. */
    clear() {
      [heard, spent] = [[], null];
      latest.clear();
    },
    /** @param {Wanted} wanted */
    hasSeen(wanted) {
      const fitting = [...latest.values(), ...heard].filter(
        (seen) => seen !== spent && isMeant(wanted, seen),
      );
      return new Set(fitting.map((seen) => JSON.stringify(seen))).size >= wanted.times;
    },
  };
}

/** What was held may be held no more. @param {Map<string, Announcement>} latest */
function forget(latest) {
  for (const [key, { what }] of latest) if (what === "held") latest.delete(key);
}

/** @param {Wanted} wanted @param {Announcement} seen */
export function isMeant({ what, values }, seen) {
  return (
    what === seen.what &&
    Object.entries(values).every(([name, value]) => fits(value, Reflect.get(seen, name)))
  );
}

/** @param {Wanted["values"][string]} wanted @param {unknown} value */
function fits(wanted, value) {
  if (Array.isArray(wanted)) return wanted.some((one) => one === value);
  if (typeof wanted !== "object") return wanted === value;
  const { least = -Infinity, most = Infinity } = wanted;
  return typeof value === "number" && least <= value && value <= most;
}

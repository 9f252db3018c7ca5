/**
 * Where a student is brought: to each place once, so that who looks elsewhere on their own is left
 * there until the teacher goes on.
 */

const KEY = "rnnviz.room";

/** @param {string} word @param {(place: string) => void} travel */
export function createGuide(word, travel) {
  let known = 0;
  let place = "";
  return {
    /** The last move whose place is known. */
    get known() {
      return known;
    },
    /** To where everybody was brought last. */
    travel: () => travel(place),
    /**
     * @param {import("./header.js").Room} room
     * @param {boolean|null} isHere  what is asked is on the page; null: not known yet
     */
    follow({ move, place: to, brings, isLed, asked }, isHere) {
      if (to !== null) {
        known = move;
        place = to;
      }
      const waits = asked !== null && isHere === null;
      if (known !== move || waits || brought(word) >= move) return;
      remember(word, move);
      const isThere = asked !== null && isHere === true && !isLed;
      if (brings && !isThere && place !== "") travel(place);
    },
  };
}

/** The last move that this tab has made in a room. @param {string} word */
function brought(word) {
  try {
    const [where, move] = (sessionStorage.getItem(KEY) ?? "").split(":");
    return where === word ? Number(move) : 0;
  } catch {
    return 0;
  }
}

/** @param {string} word @param {number} move */
function remember(word, move) {
  try {
    sessionStorage.setItem(KEY, `${word}:${move}`);
  } catch {
    return;
  }
}

/**
 * The word most like another, as Python's difflib.get_close_matches(word, words, 1, 0.5) finds it:
 * by the blocks that both have in common (Ratcliff and Obershelp).
 */

const LEAST = 0.5;

/** "" where none is like it. @param {string} word @param {string[]} words */
export function nearest(word, words) {
  let found = "";
  let highest = LEAST;
  for (const one of words) {
    const likeness = (2 * common(one, word)) / (one.length + word.length);
    if (likeness > highest || (likeness === highest && one > found)) {
      found = one;
      highest = likeness;
    }
  }
  return found;
}

/**
 * How many characters two words have in common, in order.
 * @param {string} a @param {string} b @returns {number}
 */
function common(a, b) {
  const { size, first, second } = longestBlock(a, b);
  if (size === 0) return 0;
  const before = common(a.slice(0, first), b.slice(0, second));
  const after = common(a.slice(first + size), b.slice(second + size));
  return before + size + after;
}

/** The longest block of both, the first in `a` and then in `b`. @param {string} a @param {string} b */
function longestBlock(a, b) {
  let best = { size: 0, first: 0, second: 0 };
  for (let first = 0; first < a.length; first++)
    for (let second = 0; second < b.length; second++) {
      let size = 0;
      while (first + size < a.length && second + size < b.length) {
        if (a[first + size] !== b[second + size]) break;
        size += 1;
      }
      if (size > best.size) best = { size, first, second };
    }
  return best;
}

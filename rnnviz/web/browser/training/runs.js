/** How the runs are told apart: a letter, a colour of their own (no role's), a dash. No DOM. */

const LIGHT = [
  [31, 41, 51],
  [125, 60, 180],
  [0, 131, 143],
  [150, 88, 30],
];
const DARK = [
  [228, 231, 235],
  [196, 150, 245],
  [64, 196, 206],
  [214, 160, 104],
];
const DASHES = [[], [7, 3], [2, 2.5], [9, 3, 2, 3]];

/** @param {string} letter "A" to "D" @param {boolean} dark */
export const colourOf = (letter, dark) => (dark ? DARK : LIGHT)[placeOf(letter)];

/** @param {string} letter */
export const dashOf = (letter) => DASHES[placeOf(letter)];

const placeOf = (letter) => Math.max(0, "ABCD".indexOf(letter)) % LIGHT.length;

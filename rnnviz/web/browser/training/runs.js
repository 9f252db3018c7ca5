/** How the runs are told apart: a letter, a colour of their own (no role's), a dash. No DOM. */

import { css } from "../drawing/colours.js";
import { DASHES } from "../drawing/marks.js";
import { _ } from "../drawing/texts.js";

/** @type {import("../drawing/colours.js").Triple[]} */
const LIGHT = [
  [31, 41, 51],
  [125, 60, 180],
  [0, 131, 143],
  [150, 88, 30],
];
/** @type {import("../drawing/colours.js").Triple[]} */
const DARK = [
  [228, 231, 235],
  [196, 150, 245],
  [64, 196, 206],
  [214, 160, 104],
];

/** @param {string} letter "A" to "D" @param {boolean} dark */
export const colourOf = (letter, dark) => (dark ? DARK : LIGHT)[placeOf(letter)];

/** @param {string} letter */
export const dashOf = (letter) => DASHES[placeOf(letter)];

/** @param {string} letter */
const placeOf = (letter) => Math.max(0, "ABCD".indexOf(letter)) % LIGHT.length;

/** @typedef {import("./records.js").RunRecord} RunRecord */

/**
 * @param {RunRecord} record @param {string} name  of a series
 * @param {boolean} dark
 */
export function runLine(record, name, dark) {
  const { letter, about, updates, series } = record;
  return {
    name: `${letter} ${name}`,
    title: `${letter} · ${about.says}`,
    at: updates,
    values: series.get(name) ?? [],
    colour: css(colourOf(letter, dark)),
    dash: dashOf(letter),
    width: 1.5,
    end: runEnd(record, dark),
  };
}

/** What stands at the end of a run's line. @param {RunRecord} record @param {boolean} dark */
export const runEnd = ({ letter, about }, dark) => ({
  text: `${letter} ${about.says}`,
  short: letter,
  colour: css(colourOf(letter, dark)),
});

/**
 * What happened to a run, at the update where it did.
 * @param {RunRecord} record @param {boolean} dark
 * @returns {import("../drawing/picture.js").Sign[]}
 */
export function signsOf({ letter, about }, dark) {
  const colour = css(colourOf(letter, dark));
  const { stopped, changes } = about;
  /** @param {"change"|"stop"} kind @param {number} update @param {string} text */
  const sign = (kind, update, text) => ({ at: update, kind, text, colour });
  return [
    ...changes.map(({ update }) => sign("change", update, "")),
    ...(stopped ? [sign("stop", stopped.update, _("✕ not finite"))] : []),
  ];
}

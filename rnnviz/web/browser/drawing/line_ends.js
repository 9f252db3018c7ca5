/** Names beside a chart, each level with what it names, none over another. No DOM. */

import { textMark } from "./marks.js";

const LINE = 13; // pixels from one name to the next
const [BOLD, PLAIN] = [6.2, 5.6]; // pixels of a letter, about
const [BRIEF, FULL] = [20, 60]; // pixels free beside a chart from which on names stand there

/**
 * @typedef {{value: number, text: string, short?: string, colour: string, weight?: number,
 *   taken?: number}} End
 *   value: on the axis up; short: where there is room for a letter or two only; taken: pixels of the
 *   room at its right end where something else stands
 * @typedef {{left: number, right: number, top: number, bottom: number, y: (value: number) =>
 *   number}} Frame
 */

/** Whether names stand beside a chart with so much room there. @param {number} room in pixels */
export const isNamedBeside = (room) => room >= FULL;

/**
 * @param {End[]} ends @param {Frame} frame @param {number} room  beside the chart, in pixels
 * @returns {import("./marks.js").Mark[]}
 */
export function endMarks(ends, frame, room) {
  if (room < BRIEF) return [];
  const { right, top, bottom } = frame;
  const named = ends.flatMap(({ value, text, short, colour, weight = 600, taken = 0 }) => {
    const at = frame.y(value);
    const letters = Math.floor((room - 12 - taken) / (weight > 500 ? BOLD : PLAIN));
    const shown = isNamedBeside(room) ? cut(text, letters) : short;
    return shown === undefined || Number.isNaN(at) ? [] : [{ at, text: shown, colour, weight }];
  });
  const places = spread(
    named.map(({ at }) => at),
    top,
    bottom,
  );
  return named.flatMap(({ at, text, colour, weight }, k) => [
    {
      kind: "line",
      runs: [[right + 1, at, right + 8, places[k]]],
      colour,
      width: 1,
      dash: [],
      alpha: 0.6,
    },
    { ...textMark(right + 11, places[k] + 4, text, "start"), colour, weight },
  ]);
}

/**
 * Heights as near to those given as lines of text can be, in the same order.
 * @param {number[]} heights @param {number} top @param {number} bottom
 */
export function spread(heights, top, bottom) {
  const order = [...heights.keys()].sort((a, b) => heights[a] - heights[b]);
  const places = [...heights];
  let least = top;
  for (const k of order) {
    places[k] = Math.max(places[k], least);
    least = places[k] + LINE;
  }
  let most = bottom;
  for (const k of order.toReversed()) {
    places[k] = Math.min(places[k], most);
    most = places[k] - LINE;
  }
  return places;
}

/** @param {string} text @param {number} letters */
const cut = (text, letters) =>
  text.length <= letters ? text : `${text.slice(0, Math.max(letters - 1, 1)).trimEnd()}…`;

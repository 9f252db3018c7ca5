/** A chart to be taken away: on its own ground, with title, axes and legend. No DOM. */

import { areaKeyMarks, keyMarks, plan, pointed } from "./chart_plan.js";

const [WIDTH, HEIGHT] = [960, 360]; // of the sheet without its legend, in pixels
const [EDGE, KEY, LINE, LETTER] = [24, 36, 20, 6.5];

/**
 * @typedef {import("./marks.js").Mark} Mark
 * @typedef {{width: number, height: number, marks: Mark[]}} Sheet
 */

/**
 * @param {import("./chart_plan.js").Picture} picture
 * @param {number|null} at  where the cursor is
 * @param {string} title
 * @returns {Sheet}
 */
export function sheetOf(picture, at, title) {
  const named = namedOf(picture);
  const longest = Math.max(0, ...named.map(({ text }) => text.length * LETTER));
  const columns = Math.max(1, Math.floor((WIDTH - 2 * EDGE) / (longest + KEY + EDGE)));
  const legend = Math.ceil(named.length / columns) * LINE + EDGE;
  const height = HEIGHT + legend;
  const size = { width: WIDTH, height, left: 64, right: EDGE, top: 52, bottom: 36 + legend };
  const across = { ...picture.across, unit: picture.across.unit ?? "step" };
  const whole = { ...picture, across };
  const entries = named.flatMap(({ text, key }, k) => {
    const x = EDGE + (k % columns) * (longest + KEY + EDGE);
    const y = HEIGHT + EDGE / 2 + Math.floor(k / columns) * LINE;
    return [...key([x, y, x + 28]), wordMark(x + KEY, y + 4, text, { size: 12 })];
  });
  const marks = [
    groundMark(height),
    wordMark(EDGE, 30, title, { size: 15, weight: 600 }),
    ...plan(whole, size),
    ...pointed(whole, size, at),
    ...entries,
  ];
  return { width: WIDTH, height, marks };
}

/**
 * What the legend names, and how each is shown at a place.
 * @param {import("./chart_plan.js").Picture} picture
 * @returns {{text: string, key: (place: [number, number, number]) => Mark[]}[]}
 */
function namedOf({ lines, areas = [] }) {
  return [
    ...lines.flatMap(({ title: text, ...line }) =>
      text === undefined
        ? []
        : [{ text, key: (/** @type {[number, number, number]} */ at) => keyMarks(line, at) }],
    ),
    ...areas.map((area) => ({
      text: area.title,
      key: (/** @type {[number, number, number]} */ at) => areaKeyMarks(area, at),
    })),
  ];
}

/** @param {number} height @returns {Mark} */
function groundMark(height) {
  return { kind: "rect", x: 0, y: 0, width: WIDTH, height, fill: "var(--ground)" };
}

/**
 * @param {number} x @param {number} y @param {string} text
 * @param {{size: number, weight?: number}} font
 * @returns {Mark}
 */
function wordMark(x, y, text, font) {
  return { kind: "text", x, y, text, anchor: "start", colour: "var(--ink)", ...font };
}

/** A gate's values as a histogram: bars, the two ends apart, the untouched run as outline. No DOM. */

import { textMark } from "../../drawing/marks.js";

/** @typedef {import("../../drawing/marks.js").Mark} Mark */
/** @typedef {import("../../maths/gate_values.js").Counted} Counted */

const TOP = 4;
const FOOT = 16; // below the bars, for numbers

/**
 * @param {{counted: Counted, ghost: Counted|null, most: number, colour: string}} what  most: the
 *   share that the highest bar may have, from 0 to 1
 * @param {{width: number, height: number}} size
 * @returns {Mark[]}
 */
export function histogramPlan({ counted, ghost, most, colour }, { width, height }) {
  const bottom = height - FOOT;
  const column = width / counted.bins.length;
  const barsOf = (/** @type {Counted} */ { bins, all }) =>
    bins.flatMap((count, k) => {
      if (count === 0) return [];
      const y = bottom - (count / all / most) * (bottom - TOP);
      const [left, right] = [k * column + 0.5, (k + 1) * column - 0.5];
      return [[left, bottom, left, y, right, y, right, bottom]];
    });
  const isEnd = (/** @type {number[]} */ [left]) => left < column || left > width - column;
  const bars = barsOf(counted);
  /** @param {number[][]} runs @param {number} alpha @param {string} name @returns {Mark} */
  const area = (runs, alpha, name) => ({ kind: "area", runs, fill: colour, alpha, name });
  const before = ghost === null ? [] : barsOf(ghost);
  return [
    area(
      bars.filter((bar) => !isEnd(bar)),
      0.55,
      "between",
    ),
    area(bars.filter(isEnd), 1, "ends"),
    {
      ...{ kind: "line", runs: before, colour: "var(--soft)", width: 1, dash: [], alpha: 1 },
      name: "untouched",
    },
    {
      ...{ kind: "line", runs: [[0, bottom + 0.5, width, bottom + 0.5]], colour: "var(--line)" },
      ...{ width: 1, dash: [], alpha: 1 },
    },
    ...[0, 0.5, 1].map((value) => numberMark(value, width, height)),
  ];
}

/** @param {number} value @param {number} width @param {number} height @returns {Mark} */
function numberMark(value, width, height) {
  const anchor = value === 0 ? "start" : value === 1 ? "end" : "middle";
  return { ...textMark(value * width, height - 3, String(value), anchor), size: 11 };
}

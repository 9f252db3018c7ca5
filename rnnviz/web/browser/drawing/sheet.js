/** A chart to be taken away: on its own ground, with title, axes and legend. No DOM. */

import { keyMarks, plan, pointed } from "./chart_plan.js";

const [WIDTH, HEIGHT] = [960, 360]; // of the sheet without its legend, in pixels
const [EDGE, KEY, LINE, LETTER] = [24, 36, 20, 6.5];

/**
 * @param {import("./chart_plan.js").Picture} picture
 * @param {number|null} at  where the cursor is
 * @param {string} title
 * @returns {{width: number, height: number, marks: import("./marks.js").Mark[]}}
 */
export function sheetOf(picture, at, title) {
  const named = picture.lines.filter((line) => line.title !== undefined);
  const longest = Math.max(0, ...named.map((line) => line.title.length * LETTER));
  const columns = Math.max(1, Math.floor((WIDTH - 2 * EDGE) / (longest + KEY + EDGE)));
  const legend = Math.ceil(named.length / columns) * LINE + EDGE;
  const height = HEIGHT + legend;
  const size = { width: WIDTH, height, left: 64, right: EDGE, top: 52, bottom: 36 + legend };
  const across = { ...picture.across, unit: picture.across.unit ?? "step" };
  const whole = { ...picture, across };
  const entries = named.flatMap((line, k) => {
    const x = EDGE + (k % columns) * (longest + KEY + EDGE);
    const y = HEIGHT + EDGE / 2 + Math.floor(k / columns) * LINE;
    const word = { kind: "text", x: x + KEY, y: y + 4, text: line.title, anchor: "start" };
    return [...keyMarks(line, [x, y, x + 28]), { ...word, colour: "var(--ink)", size: 12 }];
  });
  const ground = { kind: "rect", x: 0, y: 0, width: WIDTH, height, fill: "var(--ground)" };
  const head = {
    kind: "text",
    x: EDGE,
    y: 30,
    text: title,
    anchor: "start",
    size: 15,
    weight: 600,
  };
  const marks = [ground, { ...head, colour: "var(--ink)" }, ...plan(whole, size)];
  return { width: WIDTH, height, marks: [...marks, ...pointed(whole, size, at), ...entries] };
}

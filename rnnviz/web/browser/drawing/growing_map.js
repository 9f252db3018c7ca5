/** A map that grows to the right, to be laid into a chart: a pixel a cell, no column twice. */

import { paint } from "./heat_map.js";
import { plan } from "./heat_map_plan.js";

export function growingMap() {
  const [paper, small] = [document.createElement("canvas"), document.createElement("canvas")];
  let painted = 0,
    known = "";
  return {
    /**
     * @param {number} columns @param {number} rows
     * @param {(column: number) => Float64Array} numbersOf
     * @param {import("./heat_map_plan.js").Look} look
     * @param {string} identity  another one paints all anew
     */
    grow(columns, rows, numbersOf, look, identity) {
      const now = `${identity} ${rows} ${look.low} ${look.high} ${look.ramp.pixels.at(-1)} ${look.broken}`;
      if (now !== known || painted > columns || paper.width < columns) {
        known = now;
        painted = 0;
        paper.width = 2 ** Math.ceil(Math.log2(Math.max(columns, 64)));
        paper.height = rows;
      }
      if (painted === columns) return;
      const width = columns - painted;
      const numbers = new Float64Array(width * rows);
      for (let k = 0; k < width; k++) numbers.set(numbersOf(painted + k), k * rows);
      const size = { width, height: rows, ratio: 1 };
      paint(plan({ numbers, columns: width, rows }, size, look), paper, small, painted);
      painted = columns;
    },
    /** @type {import("./marks.js").Lay} */
    lay(context, { left, top, width, height }) {
      context.imageSmoothingEnabled = false;
      if (painted > 0)
        context.drawImage(paper, 0, 0, painted, paper.height, left, top, width, height);
    },
  };
}

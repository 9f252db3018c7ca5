/**
 * How long a gradient is at each time step, update after update: one column of pixels per kept
 * update, time from top to bottom, colour by power of ten. Columns are painted once.
 */

import { level } from "../drawing/colours.js";
import { lastOf } from "./records.js";

/** What a map is painted on before it is laid into a chart. */
export function historyMap() {
  const paper = document.createElement("canvas");
  let painted = 0,
    key = "";

  return {
    /**
     * @param {Float64Array[]} rows  one per kept update @param {number} steps  of each
     * @param {{low: number, high: number, ramp: {pixels: Uint32Array}, broken: number, isShare: boolean}} scale
     *   low and high as exponents; isShare: of the length at the last step
     * @param {string} identity  another one paints all anew
     */
    update(rows, steps, { low, high, ramp, broken, isShare }, identity) {
      const now = `${identity} ${steps} ${low} ${high} ${ramp.pixels[255]} ${broken} ${isShare}`;
      if (now !== key || painted > rows.length) {
        key = now;
        painted = 0;
      }
      if (paper.height !== steps || paper.width < rows.length) {
        paper.width = Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(rows.length, 1))));
        paper.height = steps;
        painted = 0;
      }
      if (painted === rows.length) return;
      const context = paper.getContext("2d");
      const image = context.createImageData(rows.length - painted, steps);
      const pixels = new Uint32Array(image.data.buffer);
      for (let k = painted; k < rows.length; k++) {
        const whole = isShare ? lastOf(rows[k]) : 1;
        for (let t = 0; t < steps; t++) {
          const place = level(Math.log10(rows[k][t] / whole), low, high);
          pixels[t * image.width + (k - painted)] = place < 0 ? broken : ramp.pixels[place];
        }
      }
      context.putImageData(image, painted, 0);
      painted = rows.length;
    },
    /** @param {CanvasRenderingContext2D} context @param {object} box  in pixels */
    lay(context, { left, top, width, height }) {
      if (painted === 0) return;
      context.imageSmoothingEnabled = false;
      context.drawImage(paper, 0, 0, painted, paper.height, left, top, width, height);
    },
  };
}

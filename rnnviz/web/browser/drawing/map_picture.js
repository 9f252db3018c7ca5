/**
 * A matrix as a picture: one pixel per number, then enlarged without smoothing. Redrawing costs one
 * look-up per number, so it keeps up with a drag; the cursor is not part of it.
 */

import { css, level } from "./colours.js";
import { fitCanvas } from "./plot.js";

/** @param {HTMLCanvasElement} canvas @param {number} T columns @param {number} H lines */
export function mapPicture(canvas, T, H) {
  const small = document.createElement("canvas");
  small.width = T;
  small.height = H;
  const paper = small.getContext("2d");
  const context = canvas.getContext("2d");
  let ratio = 1;
  const image = paper.createImageData(T, H);
  const pixels = new Uint32Array(image.data.buffer);

  return {
    /** @param {number} width @param {number} height in CSS pixels */
    fit(width, height) {
      fitCanvas(canvas, width, height);
      ratio = canvas.height / height;
    },
    /**
     * @param {{numbers: Float64Array, minus?: Float64Array|null, ramp: {pixels: Uint32Array}, low:
     *   number, high: number,
     *   ground: number[], broken: number, ghost?: Float64Array|null}} what  numbers: T x H
     */
    draw({ numbers, minus = null, ramp, low, high, ground, broken, ghost = null }) {
      for (let t = 0, k = 0; t < T; t++) {
        for (let unit = 0; unit < H; unit++, k++) {
          const place = level(minus === null ? numbers[k] : numbers[k] - minus[k], low, high);
          pixels[unit * T + t] = place < 0 ? broken : ramp.pixels[place];
        }
      }
      paper.putImageData(image, 0, 0);
      const { width, height } = canvas;
      context.imageSmoothingEnabled = T > width || H > height;
      context.drawImage(small, 0, 0, width, height);
      rule(width, height, ground);
      if (ghost !== null) drawGhost({ numbers, ghost, ramp, low, high, width, height });
    },
  };

  /** Lines of ground between the time steps, and between the units where they are few. */
  function rule(width, height, ground) {
    context.fillStyle = css(ground);
    const line = Math.max(1, Math.round(ratio));
    if (width / T > 7 * ratio)
      for (let t = 1; t < T; t++)
        context.fillRect(Math.round((t * width) / T) - (line >> 1), 0, line, height);
    if (height / H > 5 * ratio)
      for (let u = 1; u < H; u++)
        context.fillRect(0, Math.round((u * height) / H), width, Math.max(1, line >> 1));
  }

  /** Where a number moved, its untouched colour stays as a notch at the left of its square. */
  function drawGhost({ numbers, ghost, ramp, low, high, width, height }) {
    const least = (high - low) / 200;
    for (let t = 0, k = 0; t < T; t++) {
      const left = Math.round((t * width) / T),
        wide = Math.max(1, Math.round(width / T / 4));
      for (let unit = 0; unit < H; unit++, k++) {
        if (!(Math.abs(numbers[k] - ghost[k]) > least)) continue;
        const top = Math.round((unit * height) / H),
          bottom = Math.round(((unit + 1) * height) / H);
        const place = level(ghost[k], low, high);
        if (place < 0) continue;
        context.fillStyle = ramp.css[place];
        context.fillRect(left, top, wide, bottom - top);
      }
    }
  }
}

/**
 * The function that is taken of a sum: its curve, where this step stands on it, its slope there. It
 * is as high as the strip beside it, and has its scale. The point is dragged along the curve.
 */

import { assign, element, mark, svg, write } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { functionCurve } from "../maths/function_curve.js";
import { heightOf } from "./time_strip.js";

const POINTS = 120;
const FLAT = 0.1; // of the steepest slope in sight: less is called flat

/**
 * @param {string} operation
 * @param {(by: number, going: boolean) => void} push  the sum is to be so much more than when the
 *   drag began
 */
export function curveView(operation, push) {
  const path = (/** @type {string} */ name) => svg("path", { class: name });
  const [flat, line, drop, tangent, point] = ["flat", "line", "drop", "tangent", "now"].map(path);
  const picture = svg(
    "svg",
    { viewBox: "-1 0 2 1", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...[flat, line, drop, tangent, point],
  );
  const plot = element("div", {
    class: "curve-plot",
    title: _("drag the point: it sets the bias"),
  });
  plot.append(picture);
  const slope = element("span", { class: "slope" });
  let reach = 0;
  let ends = "";
  const stop = draggable(plot, {
    begin: () => ({ going: false, width: plot.clientWidth }),
    move(grip, dx) {
      push((dx / grip.width) * 2 * reach, grip.going);
      grip.going = true;
    },
  });

  /** @param {number} to @param {import("./time_strip.js").Range} range */
  function trace(to, range) {
    const key = `${to} ${range.low} ${range.high}`;
    if (key === ends) return;
    [reach, ends] = [to, key];
    const at = Float64Array.from({ length: POINTS + 1 }, (_, k) => to * ((2 * k) / POINTS - 1));
    const { values, slopes } = functionCurve(operation, at);
    const place = (/** @type {number} */ k) => (at[k] / to).toFixed(4);
    const inside = (/** @type {number} */ k) => values[k] >= range.low && values[k] <= range.high;
    let d = "";
    for (let k = 0; k <= POINTS; k++) {
      if (!Number.isFinite(values[k])) continue;
      const isOn = inside(k) || (k > 0 && inside(k - 1)) || (k < POINTS && inside(k + 1));
      if (isOn) d += `${d === "" ? "M" : "L"}${place(k)} ${heightOf(values[k], range).toFixed(4)}`;
    }
    assign(line, "d", d);
    assign(flat, "d", flatParts(slopes));
  }
  return {
    element: element("div", { class: "curve" }, plot),
    slope,
    /**
     * @param {number} sum @param {import("./time_strip.js").Range} range  of the values
     * @param {number} to  how far the sums reach that are shown
     * @param {number|null} held  what the value is held at: it does not follow the sum
     */
    show(sum, range, to, held) {
      trace(to, range);
      const followed = functionCurve(operation, [sum]);
      const [value, steep] = held === null ? [followed.values[0], followed.slopes[0]] : [held, 0];
      const [x, y] = [Math.min(Math.max(sum / to, -1), 1), heightOf(value, range)];
      assign(drop, "d", `M${x} 1V${y}`);
      assign(point, "d", `M${x} ${y}h0`);
      const rise = (-steep * to) / (range.high - range.low);
      const half = 0.22 / Math.hypot(1, rise);
      assign(tangent, "d", `M${x - half} ${y - half * rise}L${x + half} ${y + half * rise}`);
      const text = { slope: short(steep) };
      write(slope, held === null ? _("slope {slope}", text) : _("held: slope {slope}", text));
      mark(slope, "slope", null, steep);
    },
    destroy: stop,
  };
}

/** Where the function is nearly flat, as boxes. @param {Float64Array} slopes */
function flatParts(slopes) {
  const steepest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
  let d = "";
  for (let k = 0; k < POINTS; k++) {
    const x = (2 * k) / POINTS - 1;
    if (Math.abs(slopes[k]) < FLAT * steepest) d += `M${x} 0h${2 / POINTS}v1h${-2 / POINTS}z`;
  }
  return d;
}

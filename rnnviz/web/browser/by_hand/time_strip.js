/**
 * A value over time in the page's one time column: its line, those of other units, the run before as
 * dots, and a band over the step in view. Drawn in a picture of T by 1 that is stretched to the room
 * there is, so that no size is asked for.
 */

import { assign, element, svg, write } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { short } from "../drawing/number_format.js";
import { stepAt } from "../drawing/plot.js";

/**
 * @typedef {{low: number, high: number}} Range
 * @typedef {Object} Lines
 * @property {Float64Array} value  T numbers
 * @property {Float64Array[]} others  fainter: the other units
 * @property {Float64Array|null} before  dotted
 * @property {import("./band.js").Band[]} [wanted]  what a challenge wants
 * @property {number[]} [below]  steps whose value the axis does not reach: marked at its foot
 * @property {number[]} [held]  steps at which the value is held: a bar stands at it
 * @property {[low: string, high: string]} [ends]  what stands at the ends of the axis
 */

/** @param {number} part @param {number} low @param {number} high */
const clamp = (part, low, high) => Math.min(Math.max(part, low), high);

/**
 * Down the picture, 0 to 1; what is out of range stands at the edge, NaN at the bottom.
 * @param {number} value @param {Range} range
 */
export function heightOf(value, { low, high }) {
  const part = 1 - (value - low) / (high - low);
  return Number.isNaN(part) ? 1 : clamp(part, 0, 1);
}

/** @param {ArrayLike<number>} values @param {Range} range */
export function lineThrough(values, range) {
  let path = "";
  for (let t = 0; t < values.length; t++)
    path += `${t === 0 ? "M" : "L"}${t + 0.5} ${heightOf(values[t], range).toFixed(4)}`;
  return path;
}

/** Round dots at whatever stretch: lines of no length with round ends. @param {ArrayLike<number>} values @param {Range} range */
function dotsAt(values, range) {
  let path = "";
  for (let t = 0; t < values.length; t++)
    path += `M${t + 0.5} ${heightOf(values[t], range).toFixed(4)}h0`;
  return path;
}

/** @param {number[]} steps @param {Float64Array} value @param {Range} range */
const barsAt = (steps, value, range) =>
  steps.map((t) => `M${t} ${heightOf(value[t], range).toFixed(4)}h1`).join("");

/** @param {import("./band.js").Band[]} bands @param {Range} range */
function bandsAt(bands, range) {
  return bands
    .map(({ from, to, low, high }) => {
      const [top, foot] = [heightOf(high, range), heightOf(low, range)];
      return `M${from} ${top}H${to}V${foot}H${from}Z`;
    })
    .join("");
}

/**
 * @param {number} T @param {import("../maths/header.js").Role} role
 * @param {(step: number) => void} goTo  the pointer is over this step, pressed
 */
export function timeStrip(T, role, goTo) {
  const path = (/** @type {string} */ name) => svg("path", { class: name });
  const [wanted, area, zero, before, others, line, dots, below, held, now] = [
    ...["wanted", "area", "zero", "before", "others", "line", "dots", "below", "held", "now"],
  ].map(path);
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${T} 1`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...[wanted, area, zero, others, before, line, dots, below, held, now],
  );
  const frame = stripFrame(T);
  frame.plot.append(picture);
  assign(frame.element, "data-role", role);
  const stop = scrubbed(frame.plot, T, goTo);
  /** @type {{lines: Lines, range: Range}|null} */
  let shown = null;
  return {
    element: frame.element,
    plot: frame.plot,
    /** @param {Lines} lines @param {Range} range */
    show(lines, range) {
      shown = { lines, range };
      const base = heightOf(lines.ends ? range.low : clamp(0, range.low, range.high), range);
      const through = lineThrough(lines.value, range);
      assign(line, "d", through);
      assign(area, "d", `${through}L${T - 0.5} ${base}L0.5 ${base}Z`);
      assign(wanted, "d", bandsAt(lines.wanted ?? [], range));
      assign(zero, "d", `M0 ${base}H${T}`);
      assign(dots, "d", dotsAt(lines.value, range));
      assign(before, "d", lines.before ? lineThrough(lines.before, range) : "");
      assign(others, "d", lines.others.map((one) => lineThrough(one, range)).join(""));
      assign(below, "d", (lines.below ?? []).map((t) => `M${t + 0.2} .8h.6l-.3 .2z`).join(""));
      assign(held, "d", barsAt(lines.held ?? [], lines.value, range));
      frame.scale(...(lines.ends ?? [trimmed(short(range.low)), trimmed(short(range.high))]));
    },
    /** @param {number} step */
    point(step) {
      frame.point(step);
      if (shown === null) return;
      const { lines, range } = shown;
      assign(now, "d", `M${step + 0.5} ${heightOf(lines.value[step], range).toFixed(4)}h0`);
    },
    destroy: stop,
  };
}

/**
 * The room of a strip: its scale at the left, the band over the step in view.
 * @param {number} T
 */
export function stripFrame(T) {
  const band = element("div", { class: "step-band", style: `width:${100 / T}%` });
  const [top, bottom] = ["scale-top", "scale-bottom"].map((name) =>
    element("span", { class: name }),
  );
  const plot = element("div", { class: "strip-plot" }, band);
  return {
    element: element("div", { class: "time-strip" }, top, bottom, plot),
    plot,
    /** @param {number} step */
    point(step) {
      band.style.transform = `translateX(${100 * step}%)`;
    },
    /** @param {string} low @param {string} high */
    scale(low, high) {
      write(top, high);
      write(bottom, low);
    },
  };
}

/** @param {string} number */
export const trimmed = (number) => (number.includes(".") ? number.replace(/\.?0+$/, "") : number);

/** @param {HTMLElement} plot @param {number} T @param {(step: number) => void} goTo */
function scrubbed(plot, T, goTo) {
  return draggable(plot, {
    begin: (event) => event,
    move: (_grip, _dx, _dy, event) => goTo(stepAt(plot, event, T)),
    click: (event) => goTo(stepAt(plot, event, T)),
  });
}

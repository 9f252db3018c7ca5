/** A value's units as little squares in the diagram; the chosen and the hovered one outlined. */

import { level } from "../../drawing/colours.js";
import { assign, svg } from "../../drawing/dom.js";

/** @typedef {ReturnType<typeof unitStrip>} UnitStrip */

export const MOST_UNITS = 64;
const PER_LINE = 16;

/**
 * Which units a strip shows: all, or as many as fit around the chosen one.
 * @param {number} size @param {number} unit
 */
export function windowOf(size, unit) {
  if (size <= MOST_UNITS) return { from: 0, count: size };
  const from = Math.floor(Math.min(unit, size - 1) / MOST_UNITS) * MOST_UNITS;
  return { from: Math.min(from, size - MOST_UNITS), count: MOST_UNITS };
}

/**
 * Squares in lines that fill a box.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @returns {{width: number, height: number, place: (k: number) => [left: number, top: number]}}
 */
export function grid(count, width, height) {
  const lines = Math.ceil(count / PER_LINE);
  const columns = Math.ceil(count / lines);
  const cell = { width: Math.min(width / columns, 18), height: height / lines };
  const left = (width - columns * cell.width) / 2;
  return {
    ...cell,
    place: (k) => [left + (k % columns) * cell.width, Math.floor(k / columns) * cell.height],
  };
}

/**
 * @param {{name: string, size: number, x: number, y: number, width: number, height: number,
 *   role: import("../../maths/header.js").Role}} box
 */
export function unitStrip({ name, size, x, y, width, height, role }) {
  const { count } = windowOf(size, 0);
  const cells = grid(count, width, height);
  const gap = cells.width > 5 ? 1 : 0.3;
  const squares = squaresOf(cells, count, { name, height, gap });
  const whole = { width: cells.width - gap, height: cells.height, visibility: "hidden" };
  const chosen = svg("rect", { class: "outline chosen", ...whole });
  const hovered = svg("rect", { class: "outline hovered", ...whole });
  const node = svg(
    "g",
    { class: "unit-strip", transform: `translate(${x} ${y})` },
    frameOf(cells, count, { width, height, gap, role }),
    ...squares,
    hovered,
    chosen,
  );
  /** @type {string[]} */
  const painted = new Array(count);
  let from = -1;

  /** @param {SVGRectElement} rect @param {number} [unit]  undefined: none */
  function outline(rect, unit) {
    const isSeen = unit !== undefined && unit >= from && unit < from + count;
    assign(rect, "visibility", isSeen ? "visible" : "hidden");
    if (!isSeen) return;
    const [left, top] = cells.place(unit - from);
    assign(rect, "x", left);
    assign(rect, "y", top);
  }
  /**
   * A colour that stays is not set again: the browser would look at the square anew.
   * @param {number} k @param {number} place  on the ramp @param {{css: string[]}} ramp
   */
  function paint(k, place, ramp) {
    const colour = place < 0 ? "currentColor" : ramp.css[place];
    if (painted[k] !== colour) squares[k].setAttribute("fill", colour);
    painted[k] = colour;
  }
  return {
    element: node,
    /**
     * @param {Float64Array} numbers
     * @param {number} start where this time step begins
     * @param {{css: string[]}} ramp @param {{low: number, high: number}} range
     * @param {number} unit  the chosen one
     */
    show(numbers, start, ramp, { low, high }, unit) {
      const window = windowOf(size, unit);
      if (window.from !== from)
        squares.forEach((square, k) => assign(square, "data-unit", window.from + k));
      ({ from } = window);
      for (let k = 0; k < count; k++) {
        const value = numbers[start + from + k];
        assign(squares[k], "data-value", value);
        paint(k, level(value, low, high), ramp);
      }
    },
    /** @param {number} unit  the chosen one @param {number} [over]  the one under the pointer */
    outline(unit, over) {
      outline(chosen, Math.min(unit, size - 1));
      outline(hovered, over === unit ? undefined : over);
    },
  };
}

/**
 * A square for each unit.
 * @param {ReturnType<typeof grid>} cells @param {number} count
 * @param {{name: string, height: number, gap: number}} of
 */
function squaresOf(cells, count, { name, height, gap }) {
  const isOneLine = height / cells.height <= 1.5;
  const room = { width: cells.width - gap, height: cells.height - (isOneLine ? 0 : 0.4) };
  return Array.from({ length: count }, (_, k) => {
    const [x, y] = cells.place(k);
    return svg("rect", { class: "unit", x, y, ...room, "data-name": name, "data-unit": k });
  });
}

/**
 * The line around all squares.
 * @param {ReturnType<typeof grid>} cells @param {number} count
 * @param {{width: number, height: number, gap: number, role: import("../../maths/header.js").Role}} of
 */
function frameOf(cells, count, { width, height, gap, role }) {
  const [left] = cells.place(0);
  const columns = Math.min(count, Math.round((width - 2 * left) / cells.width));
  return svg("rect", {
    class: "strip-frame",
    "data-role": role,
    x: left - 1.5,
    y: -1.5,
    width: columns * cells.width - gap + 3,
    height: height + 3,
    rx: 2.5,
  });
}

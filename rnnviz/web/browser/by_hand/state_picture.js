/** The picture of where a state goes: a map with its diagonal and staircase, or a plane of arrows. */

import { assign, element, svg, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { trimmed } from "./time_strip.js";

/** @typedef {import("./portrait.js").Portrait} Portrait */
/** @typedef {import("./portrait.js").Moment} Moment */
/** @typedef {{states: Float64Array, step: number, coordinates: Array<{text: string}>}} Run */

const SIDE = 220;
const [LEFT, RIGHT, TOP, BELOW] = [34, 12, 8, 24]; // margins
const HEAD = 3.2; // of an arrow, in pixels
const MARK = 5;

/**
 * A mark for each kind of rest, told apart by its shape: its path around (0, 0), whether it is
 * filled, and its sign in a text.
 * @type {Record<import("../maths/fixed_points.js").Kind, {path: string, isFilled: boolean, sign: string}>}
 */
export const SHAPES = {
  stable: {
    path: `M${-MARK} 0a${MARK} ${MARK} 0 1 0 ${2 * MARK} 0a${MARK} ${MARK} 0 1 0 ${-2 * MARK} 0z`,
    isFilled: true,
    sign: "●",
  },
  unstable: {
    path: `M${-MARK} 0a${MARK} ${MARK} 0 1 0 ${2 * MARK} 0a${MARK} ${MARK} 0 1 0 ${-2 * MARK} 0z`,
    isFilled: false,
    sign: "○",
  },
  saddle: {
    path: `M0 ${-1.3 * MARK}L${1.3 * MARK} 0L0 ${1.3 * MARK}L${-1.3 * MARK} 0z`,
    isFilled: false,
    sign: "◇",
  },
  neutral: {
    path: `M${-MARK} ${-MARK}h${2 * MARK}v${2 * MARK}h${-2 * MARK}z`,
    isFilled: false,
    sign: "□",
  },
};

/** @param {{isLine: boolean, size: number, side: number}} portraits */
export function statePicture({ isLine, size, side }) {
  const path = (/** @type {string} */ name) => svg("path", { class: name });
  const [grid, diagonal, field, run, way, here, start] = [
    ...["grid", "diagonal", isLine ? "map-line" : "arrows", "run", "way", "here", "start"],
  ].map(path);
  const marks = svg("g", { class: "rest" });
  const texts = ["low", "high", "bottom", "top", "across", "up"].map(() => svg("text"));
  const about = {
    viewBox: `${-LEFT} ${-TOP} ${SIDE + LEFT + RIGHT} ${SIDE + TOP + BELOW}`,
    "aria-hidden": "true",
  };
  const layers = [grid, diagonal, field, run, way, marks, start, here];
  const clip = svg(
    "svg",
    { width: SIDE, height: SIDE, viewBox: `0 0 ${SIDE} ${SIDE}`, class: "clip" },
    ...layers,
  );
  const picture = svg("svg", about, clip, ...texts);
  const node = element("div", { class: "picture-room" }, picture);
  assign(grid, "d", `M0 0V${SIDE}H${SIDE}M${SIDE / 2} 0V${SIDE}M0 ${SIDE / 2}H${SIDE}`);
  assign(diagonal, "d", isLine ? `M0 ${SIDE}L${SIDE} 0` : "");
  let ends = [1, 1];

  const x = (/** @type {number} */ value) => ((value / ends[0] + 1) / 2) * SIDE;
  const y = (/** @type {number} */ value) => ((1 - value / ends[1]) / 2) * SIDE;
  const place = (/** @type {number} */ a, /** @type {number} */ b) =>
    `${x(a).toFixed(1)} ${y(b).toFixed(1)}`;

  /** @param {Float64Array} states @param {[number, number]} axes */
  function line(states, [a, b]) {
    let d = "";
    for (let k = 0; k < states.length; k += size)
      d += `${k === 0 ? "M" : "L"}${place(states[k + a], states[k + b])}`;
    return d;
  }
  /** From the diagonal to the map and on. @param {Float64Array} way */
  function staircase(way) {
    let d = `M${place(way[0], way[0])}`;
    for (let k = 0; k + 1 < way.length; k++)
      d += `L${place(way[k], way[k + 1])}L${place(way[k + 1], way[k + 1])}`;
    return d;
  }
  /** @param {Portrait} portrait @param {[number, number]} axes */
  function showRest({ points }, [a, b]) {
    const shapes = points.map(({ state, kind }) => {
      const { path: d, isFilled } = SHAPES[kind];
      const transform = `translate(${place(state[a], state[b])})`;
      return svg("path", {
        d,
        transform,
        class: isFilled ? "filled" : "hollow",
        "data-kind": kind,
      });
    });
    marks.replaceChildren(...shapes);
  }
  return {
    element: node,
    /** @param {Portrait} portrait @param {Moment} moment @param {Run} shown */
    show(portrait, { reach, before, axes }, { states, step, coordinates }) {
      const [a, b] = axes;
      ends = [reach[a], reach[b]];
      const { after } = portrait;
      assign(field, "d", isLine ? curveOf(after, place) : arrowsOf(after, side, x, y));
      assign(run, "d", isLine ? "" : line(states, axes));
      assign(way, "d", isLine ? staircase(portrait.way) : line(portrait.way, axes));
      showRest(portrait, axes);
      const next = states.subarray((step + 1) * size, (step + 2) * size);
      const spot = isLine ? place(before[0], next[0]) : place(before[a], before[b]);
      assign(here, "d", `M${spot}m-4 -4h8v8h-8z`);
      const first = isLine ? `${x(states[0]).toFixed(1)} ${SIDE}` : place(states[a], states[b]);
      assign(start, "d", `M${first}m-5 0h10l-5 -8z`);
      label(
        texts,
        ends,
        isLine ? null : [coordinates[a].text, coordinates[b].text],
        coordinates[0].text,
      );
    },
    /** The two numbers at which the pointer is. @param {MouseEvent} event @returns {[number, number]} */
    placeAt(event) {
      const box = picture.getBoundingClientRect(); // of the inner one, it is that of its content
      const pixel = box.width / (SIDE + LEFT + RIGHT);
      const part = (/** @type {number} */ pixels, /** @type {number} */ margin) =>
        Math.min(Math.max((pixels / pixel - margin) / SIDE, 0), 1);
      const across = part(event.clientX - box.left, LEFT);
      const up = 1 - part(event.clientY - box.top, TOP);
      return [ends[0] * (2 * across - 1), ends[1] * (2 * up - 1)];
    },
  };
}

/** @param {Float64Array} after @param {(a: number, b: number) => string} place */
function curveOf(after, place) {
  let d = "";
  for (let n = 0; n < after.length; n += 4) {
    if (!Number.isFinite(after[n + 2])) continue;
    d += `${d === "" ? "M" : "L"}${place(after[n], after[n + 2])}`;
  }
  return d;
}

/**
 * An arrow at each place: in the direction of a step, as long as it where there is room.
 * @param {Float64Array} after @param {number} side
 * @param {(value: number) => number} x @param {(value: number) => number} y
 */
function arrowsOf(after, side, x, y) {
  const longest = (0.85 * SIDE) / side;
  let d = "";
  for (let n = 0; n < after.length; n += 4) {
    const [fromX, fromY] = [x(after[n]), y(after[n + 1])];
    const [dx, dy] = [x(after[n + 2]) - fromX, y(after[n + 3]) - fromY];
    const length = Math.hypot(dx, dy);
    if (!Number.isFinite(length) || length < 0.3) continue;
    const share = Math.min(1, longest / length);
    const [toX, toY] = [fromX + share * dx, fromY + share * dy];
    const [ux, uy] = [(HEAD * dx) / length, (HEAD * dy) / length];
    d += `M${fromX.toFixed(1)} ${fromY.toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}`;
    if (share * length > HEAD)
      d += `m${(-ux - 0.6 * uy).toFixed(1)} ${(-uy + 0.6 * ux).toFixed(1)}L${toX.toFixed(1)} ${toY.toFixed(1)}l${(-ux + 0.6 * uy).toFixed(1)} ${(-uy - 0.6 * ux).toFixed(1)}`;
  }
  return d;
}

/**
 * @param {SVGTextElement[]} texts @param {number[]} ends @param {[string, string]|null} names
 * @param {string} only  of the one number, where there is one
 */
function label(texts, [across, up], names, only) {
  const shown = (/** @type {number} */ value) => trimmed(short(value));
  const [low, high, bottom, top, below, beside] = texts;
  /** @param {SVGTextElement} node @param {number} x @param {number} y @param {string} anchor @param {string} text */
  const put = (node, x, y, anchor, text) => {
    assign(node, "x", x);
    assign(node, "y", y);
    assign(node, "text-anchor", anchor);
    write(node, text);
  };
  put(low, 0, SIDE + 14, "start", shown(-across));
  put(high, SIDE, SIDE + 14, "end", shown(across));
  put(bottom, -4, SIDE - 2, "end", shown(-up));
  put(top, -4, 9, "end", shown(up));
  const [a, b] = names ?? [
    _("{symbol} before", { symbol: only }),
    _("{symbol} after", { symbol: only }),
  ];
  put(below, SIDE / 2, SIDE + 15, "middle", a);
  put(beside, 0, 0, "middle", b);
  assign(beside, "transform", `translate(-10 ${SIDE / 2}) rotate(-90)`);
}

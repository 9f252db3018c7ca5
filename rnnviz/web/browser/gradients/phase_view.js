/** The phase diagram: how much gradient is left over scale x length, a map for each cell. */

import { assign, element, write } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { placeOf } from "../drawing/heat_map_plan.js";
import { nameControls } from "../drawing/hidden.js";
import { mapKeys } from "../drawing/map_keys.js";
import { createRoot } from "../drawing/root.js";
import { _, N_ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { LIMIT, phaseWords, spanWords, squareWords } from "./phase_words.js";
import { titleOf } from "./series.js";

const HEIGHT = 190;
const NONE = 0; // a pixel that covers nothing
const PLAIN = new Map([
  ["RNN (tanh)", "tanh"],
  ["RNN (ReLU)", "relu"],
  ["RNN (linear)", "identity"],
]);
const HOW = N_(
  "How to read this: each square is one recurrent scale (across) and one length (up); blue: the gradient at step 1 is smaller than at the last step, orange: larger, blank: about the same; darkest is a factor of 10¹² or more. Click a square, or go to it with the arrow keys and press Enter, to set the knobs to it.",
);

/**
 * @typedef {import("./header.js").PhaseMap} PhaseMap
 * @typedef {import("../maths/payload.js").Payload<PhaseMap>} Phase
 * @typedef {import("../drawing/heat_map_plan.js").Grid} Grid
 * @typedef {{column: number, row: number}} Square
 * @typedef {ReturnType<typeof panel>} Panel
 * @typedef {Object} Following  the pointer, or the keys
 * @property {(square: Square|null, at: import("../drawing/map_keys.js").Point, isByKey: boolean) =>
 *   void} hover
 * @property {(square: Square) => void} press
 * @typedef {[patch: Partial<import("./header.js").Knobs>, cell: string]} Choice
 */

/** @param {HTMLElement} host @param {(...choice: Choice) => void} choose  sets the knobs */
export function mountPhase(host, choose) {
  const about = { "aria-label": _("Phase diagram"), "data-testid": "phase" };
  const root = createRoot(host, about, { dress: draw });
  const { tip } = root;
  const maps = element("div", { class: "phase-maps" }),
    words = element("p", { class: "quiet" }),
    square = element("p", { class: "unseen", role: "status" });
  const how = element("p", { class: "caption" }, _(HOW));
  root.element.append(words, maps, square, how, tip.element);
  /** @type {Panel[]} */
  let panels = [];
  /** @type {Phase|null} */
  let shown = null;

  /** @param {Phase} phase */
  function build(phase) {
    for (const one of panels) one.destroy();
    const { cells } = phase.header;
    panels = cells.map((name, k) =>
      panel(name, phase, {
        hover(place, at, isByKey) {
          if (place === null || shown === null) return tip.hide();
          const text = squareWords(shown, ...placed(shown, k, place));
          tip.show(at, text);
          if (isByKey) write(square, text);
        },
        press(place) {
          if (shown !== null) choose(...knobsOf(shown.header, name, place));
        },
      }),
    );
    nameControls(
      "phase",
      cells.map((name, k) => [name.replaceAll(/[^a-zA-Z0-9]+/g, "-"), panels[k].element]),
    );
    maps.replaceChildren(...panels.map((one) => one.element));
  }
  function draw() {
    if (shown === null) return;
    const { header, arrays } = shown;
    const theme = root.theme();
    const look = { ...theme, ramp: theme.signed, low: -LIMIT, high: LIMIT, broken: NONE };
    const numbers = shades(arrays);
    for (const [k, one] of panels.entries()) one.draw({ header, arrays }, k, numbers, look);
  }
  return {
    refresh: root.refresh,
    /** @param {import("../maths/payload.js").Payload<import("./header.js").PhaseHeader>} payload */
    take({ header, arrays }) {
      const before = shown?.header.cells.join();
      shown = "cells" in header ? { header, arrays } : null;
      root.element.hidden = shown === null;
      if (!("cells" in header)) return;
      if (header.cells.join() !== before) build({ header, arrays });
      assign(root.element, "data-done", header.done);
      write(words, phaseWords(header));
      draw();
    },
    destroy() {
      for (const one of panels) one.destroy();
      root.destroy();
    },
  };
}

/**
 * The k-th cell's part of the arrays: scales across, lengths up.
 * @param {Phase} phase @param {number} k
 * @returns {Required<Grid>}
 */
function gridOf({ header: { scales, lengths }, arrays }, k) {
  const [columns, rows] = [scales.length, lengths.length];
  const numbers = lookup(arrays, "log10");
  return {
    numbers,
    columns,
    rows,
    first: k * columns * rows,
    across: rows,
    down: 1,
    isUpward: true,
  };
}

/** @param {Required<Grid>} grid @param {Square} square */
const indexOf = ({ first, across, down }, { column, row }) => first + column * across + row * down;

/**
 * What is drawn: log₁₀ of the ratio; an end where no seed has one; nothing not computed yet.
 * @param {Phase["arrays"]} arrays
 */
function shades(arrays) {
  const [computed, overflowed] = ["computed", "overflowed"].map((name) => lookup(arrays, name));
  return lookup(arrays, "log10").map((log10, k) => {
    if (computed[k] === 0) return NaN;
    if (overflowed[k] === computed[k]) return Infinity;
    return Number.isNaN(log10) ? -Infinity : log10;
  });
}

/**
 * A map, its lengths and some of its scales beside it, each where its squares are.
 * @param {string} name @param {Phase} shown @param {Following} following
 */
function panel(name, shown, { hover, press }) {
  const { scales, lengths } = shown.header;
  const grid = gridOf(shown, 0);
  const label = _("Phase diagram of {cell}", { cell: titleOf(name, {}) });
  const map = heatMap({ label, press, hover: (square, event) => hover(square, event, false) });
  const keys = mapKeys(map.canvas, { press, hover: (square, at) => hover(square, at, true) });
  const span = element("p", { class: "quiet phase-span" });
  const across = [0, 0.5, 1].map((part) => Math.round(part * (scales.length - 1)));
  const left = (/** @type {number} */ column) =>
    `left:${100 * placeOf(grid, { column, row: 0 }).x}%`;
  const top = (/** @type {number} */ row) => `top:${100 * placeOf(grid, { column: 0, row }).y}%`;
  const word = (/** @type {string} */ style, /** @type {number} */ number) =>
    element("span", { style }, String(number));
  const scaleWords = across.map((column) => word(left(column), scales[column]));
  const lengthWords = lengths.map((length, row) => word(top(row), length));
  const figure = element(
    "figure",
    { class: "phase" },
    element("figcaption", {}, titleOf(name, {})),
    element(
      "div",
      { class: "phase-body" },
      element("div", { class: "phase-lengths" }, ...lengthWords),
      keys.element,
    ),
    element("div", { class: "phase-axis" }, ...scaleWords),
    span,
  );
  return {
    element: figure,
    /**
     * @param {Phase} phase @param {number} k  its place among the cells
     * @param {Float64Array} numbers  of all cells @param {import("../drawing/heat_map_plan.js").Look} look
     */
    draw(phase, k, numbers, look) {
      const own = gridOf(phase, k);
      const last = indexOf(own, { column: 9, row: own.rows - 1 });
      assign(map.canvas, "data-name", `phase ${name}`);
      assign(map.canvas, "data-value", own.numbers[last] ?? "none");
      map.draw({ ...own, numbers }, look, HEIGHT);
      keys.use(own);
      write(span, spanWords(phase, k));
    },
    destroy() {
      map.destroy();
      keys.destroy();
    },
  };
}

/**
 * Where a square's number is, and its place in words.
 * @param {Phase} phase @param {number} k @param {Square} square
 * @returns {[index: number, place: {scale: number, length: number}]}
 */
function placed(phase, k, square) {
  const { scales, lengths } = phase.header;
  const place = { scale: scales[square.column], length: lengths[square.row] };
  return [indexOf(gridOf(phase, k), square), place];
}

/**
 * What a click sets: a plain RNN is the RNN with another function.
 * @param {PhaseMap} header @param {string} name @param {Square} square
 * @returns {Choice}
 */
function knobsOf({ scales, lengths }, name, { column, row }) {
  const patch = { scale: scales[column], length: lengths[row], loss: "last" };
  const activation = PLAIN.get(name);
  return activation ? [{ ...patch, activation }, "RNN"] : [patch, name];
}

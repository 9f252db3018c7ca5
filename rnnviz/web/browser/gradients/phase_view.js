/** The phase diagram: how much gradient is left over scale x length, a map for each cell. */

import { assign, element, write } from "../drawing/dom.js";
import { placeOf, heatMap } from "../drawing/heat_map.js";
import { tenTo } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { createRoot } from "../drawing/root.js";
import { lookup } from "../maths/lookup.js";
import { titleOf } from "./series.js";
import { ratio } from "./words.js";

const LIMIT = 12; // decades to either side of 1
const HEIGHT = 190;
const NONE = 0; // a pixel that covers nothing
const PLAIN = new Map([
  ["RNN (tanh)", "tanh"],
  ["RNN (ReLU)", "relu"],
  ["RNN (linear)", "identity"],
]);
const HOW =
  "How to read this: each square is one recurrent scale (across) and one length (up); " +
  "blue: the gradient at step 1 is smaller than at the last step, orange: larger, " +
  "blank: about the same; darkest is a factor of 10¹² or more. Click a square to set " +
  "the knobs to it.";

/**
 * @typedef {import("./header.js").PhaseMap} PhaseMap
 * @typedef {import("../maths/payload.js").Payload<PhaseMap>} Phase
 * @typedef {import("../drawing/heat_map.js").Grid} Grid
 * @typedef {{column: number, row: number}} Square
 * @typedef {[patch: Partial<import("./header.js").Knobs>, cell: string]} Choice
 */

/** @param {HTMLElement} host @param {(...choice: Choice) => void} choose  sets the knobs */
export function mountPhase(host, choose) {
  const about = { "aria-label": "Phase diagram", "data-testid": "phase" };
  const root = createRoot(host, about, { dress: draw });
  const { tip } = root;
  const maps = element("div", { class: "phase-maps" }),
    said = element("p", { class: "quiet" });
  root.element.append(said, maps, caption(HOW), tip.element);
  /** @type {ReturnType<typeof heatMap>[]} */
  let panels = [];
  /** @type {Phase|null} */
  let shown = null;

  /** @param {Phase} phase */
  function build(phase) {
    for (const map of panels) map.destroy();
    const { cells } = phase.header;
    panels = cells.map((name, k) =>
      heatMap({
        label: `Phase diagram of ${titleOf(name, {})}`,
        hover(square, event) {
          if (square === null || shown === null) tip.hide();
          else tip.show(event, told(shown, k, square));
        },
        press(square) {
          if (shown !== null) choose(...knobsOf(shown.header, name, square));
        },
      }),
    );
    maps.replaceChildren(...panels.map(({ canvas }, k) => panel(cells[k], canvas, phase)));
  }
  function draw() {
    if (shown === null) return;
    const { header, arrays } = shown;
    const theme = root.theme();
    const look = { ...theme, ramp: theme.signed, low: -LIMIT, high: LIMIT, broken: NONE };
    const numbers = shades(arrays);
    for (const [k, map] of panels.entries()) {
      const grid = gridOf({ header, arrays }, k);
      const last = indexOf(grid, { column: 9, row: grid.rows - 1 });
      assign(map.canvas, "data-name", `phase ${header.cells[k]}`);
      assign(map.canvas, "data-value", grid.numbers[last] ?? "none");
      map.draw({ ...grid, numbers }, look, HEIGHT);
    }
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
      write(said, phaseWords(header));
      draw();
    },
    destroy() {
      for (const map of panels) map.destroy();
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
 * @param {string} name @param {HTMLCanvasElement} canvas @param {Phase} shown
 */
function panel(name, canvas, shown) {
  const { scales, lengths } = shown.header;
  const grid = gridOf(shown, 0);
  canvas.tabIndex = 0;
  const across = [0, 0.5, 1].map((part) => Math.round(part * (scales.length - 1)));
  const left = (/** @type {number} */ column) =>
    `left:${100 * placeOf(grid, { column, row: 0 }).x}%`;
  const top = (/** @type {number} */ row) => `top:${100 * placeOf(grid, { column: 0, row }).y}%`;
  const word = (/** @type {string} */ style, /** @type {number} */ number) =>
    element("span", { style }, String(number));
  const scaleWords = across.map((column) => word(left(column), scales[column]));
  const lengthWords = lengths.map((length, row) => word(top(row), length));
  return element(
    "figure",
    { class: "phase" },
    element("figcaption", {}, titleOf(name, {})),
    element(
      "div",
      { class: "phase-body" },
      element("div", { class: "phase-lengths" }, ...lengthWords),
      canvas,
    ),
    element("div", { class: "phase-axis" }, ...scaleWords),
  );
}

/** @param {PhaseMap} header */
function phaseWords({ seeds, said }) {
  return (
    `Mean over ${seeds} seeds of log₁₀(|dL/dh₁| / |dL/dh_T|), from ` +
    `${tenTo(-LIMIT)} to ${tenTo(LIMIT)}. ${said}`
  );
}

/** What a square of the k-th cell says. @param {Phase} phase @param {number} k @param {Square} square */
function told(phase, k, square) {
  const { scales, lengths } = phase.header;
  const index = indexOf(gridOf(phase, k), square);
  const [log10, zeros, beyond, done] = ["log10", "vanished", "overflowed", "computed"].map(
    (name) => lookup(phase.arrays, name)[index],
  );
  const where = `scale ${scales[square.column]}, length ${lengths[square.row]}: `;
  if (!done) return `${where}not computed yet`;
  const lost = zeros
    ? `; ${zeros} of ${done} seeds gave exactly 0`
    : beyond
      ? `; ${beyond} of ${done} seeds left float64`
      : "";
  return `${where}${Number.isNaN(log10) ? "no finite number" : ratio(log10)}${lost}`;
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

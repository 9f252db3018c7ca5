/** The phase diagram: how much gradient is left over scale x length, a map for each cell. */

import { element, write } from "../drawing/dom.js";
import { placeOf, heatMap } from "../drawing/heat_map.js";
import { tenTo } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { createRoot } from "../drawing/root.js";
import { titleOf } from "./series.js";
import { ratio } from "./words.js";

const LIMIT = 12; // decades to either side of 1
const HEIGHT = 190;
const NONE = 0; // a pixel that covers nothing
const PLAIN = { "RNN (tanh)": "tanh", "RNN (ReLU)": "relu", "RNN (linear)": "identity" };
const HOW =
  "How to read this: each square is one recurrent scale (across) and one length (up); " +
  "blue: the gradient at step 1 is smaller than at the last step, orange: larger, " +
  "blank: about the same; darkest is a factor of 10¹² or more. Click a square to set " +
  "the knobs to it.";

/**
 * @param {HTMLElement} host @param {(patch: object, cell: string) => void} choose  sets the knobs
 */
export function mountPhase(host, choose) {
  const about = { "aria-label": "Phase diagram", "data-testid": "phase" };
  const root = createRoot(host, about, { dress: draw });
  const { tip } = root;
  const maps = element("div", { class: "phase-maps" }),
    said = element("p", { class: "quiet" });
  root.element.append(said, maps, caption(HOW), tip.element);
  let panels = [],
    shown = null;

  function build({ cells }) {
    for (const { map } of panels) map.destroy();
    panels = cells.map((name, k) => {
      const map = heatMap({
        label: `Phase diagram of ${titleOf(name, {})}`,
        tabindex: 0,
        hover: (cell, event) =>
          cell ? tip.show(event, told(shown, indexOf(gridOf(shown, k), cell), cell)) : tip.hide(),
        press: (cell) => choose(...knobsOf(shown.header, name, cell)),
      });
      return { map, node: panel(name, map.canvas, shown) };
    });
    maps.replaceChildren(...panels.map(({ node }) => node));
  }
  function draw() {
    if (shown === null || !shown.header.cells) return;
    const theme = root.theme();
    const look = { ...theme, ramp: theme.signed, low: -LIMIT, high: LIMIT, broken: NONE };
    const numbers = shades(shown.arrays);
    panels.forEach(({ map }, k) => {
      const grid = gridOf(shown, k);
      const last = indexOf(grid, { column: 9, row: grid.rows - 1 });
      map.canvas.setAttribute("data-name", `phase ${shown.header.cells[k]}`);
      map.canvas.setAttribute("data-value", shown.arrays.get("log10")[last] ?? "none");
      map.draw({ ...grid, numbers }, look, HEIGHT);
    });
  }
  return {
    refresh: root.refresh,
    take(payload) {
      const { header } = payload;
      const before = shown?.header.cells?.join();
      shown = payload;
      root.element.hidden = !header.cells;
      if (!header.cells) return;
      if (header.cells.join() !== before) build(header);
      root.element.setAttribute("data-done", header.done);
      write(
        said,
        `Mean over ${header.seeds} seeds of log₁₀(|dL/dh₁| / |dL/dh_T|), from ` +
          `${tenTo(-LIMIT)} to ${tenTo(LIMIT)}. ${header.said}`,
      );
      draw();
    },
    destroy() {
      for (const { map } of panels) map.destroy();
      root.destroy();
    },
  };
}

/** A cell's part of the arrays: scales across, lengths up. */
function gridOf({ header: { scales, lengths } }, k) {
  const [columns, rows] = [scales.length, lengths.length];
  return { columns, rows, first: k * columns * rows, across: rows, down: 1, isUpward: true };
}

const indexOf = ({ first, across, down }, { column, row }) => first + column * across + row * down;

/** What is drawn: log₁₀ of the ratio; an end where no seed has one; nothing not computed yet. */
function shades(arrays) {
  const [computed, overflowed] = ["computed", "overflowed"].map((name) => arrays.get(name));
  return arrays.get("log10").map((log10, k) => {
    if (computed[k] === 0) return NaN;
    if (overflowed[k] === computed[k]) return Infinity;
    return Number.isNaN(log10) ? -Infinity : log10;
  });
}

/** A map, its lengths and some of its scales beside it, each where its cells are. */
function panel(name, canvas, shown) {
  const { scales, lengths } = shown.header;
  const grid = gridOf(shown, 0);
  const across = [0, 0.5, 1].map((part) => Math.round(part * (scales.length - 1)));
  const left = (column) => `left:${100 * placeOf(grid, { column, row: 0 }).x}%`;
  const top = (row) => `top:${100 * placeOf(grid, { column: 0, row }).y}%`;
  const word = (style, number) => element("span", { style }, String(number));
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

/** What the square under the pointer says. */
function told({ header: { scales, lengths }, arrays }, index, { column, row }) {
  const [log10, zeros, beyond, done] = ["log10", "vanished", "overflowed", "computed"].map(
    (name) => arrays.get(name)[index],
  );
  const where = `scale ${scales[column]}, length ${lengths[row]}: `;
  if (!done) return `${where}not computed yet`;
  const lost = zeros
    ? `; ${zeros} of ${done} seeds gave exactly 0`
    : beyond
      ? `; ${beyond} of ${done} seeds left float64`
      : "";
  return `${where}${Number.isNaN(log10) ? "no finite number" : ratio(log10)}${lost}`;
}

/** What a click sets: a plain RNN is the RNN with another function. */
function knobsOf({ scales, lengths }, name, { column, row }) {
  const patch = { scale: scales[column], length: lengths[row], loss: "last" };
  return PLAIN[name] ? [{ ...patch, activation: PLAIN[name] }, "RNN"] : [patch, name];
}

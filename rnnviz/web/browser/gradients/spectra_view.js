/** The Jacobians: singular values of each step's and of their products, and one matrix as a map. */

import { chart } from "../drawing/chart.js";
import { niceCeiling } from "../drawing/colours.js";
import { element, mark, segmented, touches, write } from "../drawing/dom.js";
import { lookOf } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { largestSize } from "../drawing/scales.js";
import { exponentsOf, logPicture, sizeOf } from "./log_picture.js";
import { heatMap } from "../drawing/heat_map.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./context.js").SpectrumOf} SpectrumOf
 * @typedef {import("./context.js").SpectrumPart} SpectrumPart
 * @typedef {import("./settle.js").ChainOfRun} ChainOfRun
 */

const RESOLVED = 15; // decades below the largest, where rounding begins
const EDGE = 220; // pixels of the matrix's map, as in gradients.css
const HOW = {
  products:
    "How to read this: from right to left. The point at step t says by how much the " +
    "product J_T ⋯ Jₜ₊₁ stretches or shrinks a change of the state after step t; the " +
    "largest singular value is the worst case over all directions.",
  steps:
    "How to read this: each step by itself. Above 1 a step can enlarge a gradient in " +
    "some direction, below 1 it shrinks it in all; what counts is the product.",
};
/** @type {import("./context.js").Change[]} */
const SHOWN = ["settled", "knobs", "mount", "cell", "spectrum", "spectrumOf", "matrix", "theme"];
const LEFT_OUT =
  "Values less than 10⁻¹⁵ of the largest are rounding and left out. Click a step to see its matrix.";
/** @type {[SpectrumOf, string][]} */
const OF = [
  ["products", "products over time"],
  ["steps", "each step's"],
];
/** @type {[SpectrumPart, string][]} */
const WHICH = [
  ["norm", "norm (largest)"],
  ["all", "whole spectrum"],
];

/** @param {Context} context @returns {import("./context.js").View} */
export function spectraView(context) {
  const spectrum = spectrumChart(context);
  const matrix = matrixMap(context);
  const status = element("p", { class: "quiet", role: "status" });
  const title = element("h3", {}, "Jacobians: what a step can do at most");

  /** Say for which knobs the drawing is: cheap enough for every frame, seen or not. */
  function label() {
    const { isCurrent } = context.settled();
    for (const node of [spectrum.element, matrix.element])
      node.classList.toggle("stale", !isCurrent);
    write(status, statusWords(context.settled()));
    status.setAttribute("data-state", isCurrent ? "current" : "stale");
  }
  return {
    element: element(
      "section",
      { class: "spectra", "aria-label": "Jacobians" },
      element("div", { class: "section-head" }, title, ...spectrum.choices),
      status,
      spectrum.element,
      spectrum.how,
      matrix.element,
    ),
    label,
    update(changed) {
      if (!touches(changed, ...SHOWN)) return;
      const { chain } = context.settled();
      label();
      spectrum.draw(chain);
      if (chain !== null) matrix.draw(chain);
    },
    destroy() {
      spectrum.destroy();
      matrix.destroy();
    },
  };
}

/** Singular values over time, and the choice of which. @param {Context} context */
function spectrumChart({ store }) {
  const drawing = chart({
    label: "Singular values over time, logarithmic",
    size: sizeOf(200),
    press: (t) => store.set({ matrix: t }),
  });
  const of = segmented("Of what", OF, (chosen) => store.set({ spectrumOf: chosen }));
  const which = segmented("How much", WHICH, (chosen) => store.set({ spectrum: chosen }));
  const badge = element("span", { class: "badge" }, "computed now");
  const how = element("span", {});
  const plot = element("div", { class: "gutter-plot" }, drawing.element);
  return {
    choices: [of.element, which.element, drawing.saving],
    element: element("div", { class: "settling" }, plot),
    how: element("p", { class: "caption" }, badge, how),
    /** @param {ChainOfRun|null} chain */
    draw(chain) {
      const { spectrum, spectrumOf } = store.state;
      of.show(spectrumOf);
      which.show(spectrum);
      write(how, ` ${HOW[spectrumOf]} ${LEFT_OUT}`);
      if (chain === null) return;
      const isProduct = spectrumOf === "products";
      const rows = isProduct ? chain.log10Products : chain.singular.map(exponentsOf);
      drawing.draw(spectrumPicture(rows, spectrum === "norm" ? 1 : chain.size, isProduct));
      mark(drawing.element, `largest ${spectrumOf}`, null, rows[0][0]);
    },
    destroy: drawing.destroy,
  };
}

/** @param {import("./settle.js").Settled} settled */
function statusWords({ isCurrent, at, progress }) {
  if (isCurrent) return `Computed for ${at}.`;
  const drawn = at ? `What is drawn is for ${at}. ` : "";
  return `${drawn}Computing for the knobs as they are now: ${Math.round(100 * progress)} %`;
}

/**
 * The largest singular value, and the others faint.
 * @param {Float64Array[]} rows  exponents @param {number} number  of lines
 * @param {boolean} isProduct  they begin before the first step
 */
function spectrumPicture(rows, number, isProduct) {
  const lines = Array.from({ length: number }, (_, k) => spectrumLine(rows, k));
  const levels = [{ value: 0, label: "1: keeps its size" }];
  return logPicture(rows.length, lines, { first: isProduct ? 0 : 1, levels });
}

/** @param {Float64Array[]} rows @param {number} k @returns {import("../drawing/chart_plan.js").Line} */
function spectrumLine(rows, k) {
  const name = `singular ${k}`;
  const values = rows.map((row) => (row[k] > row[0] - RESOLVED ? row[k] : NaN));
  return k === 0
    ? { name, title: "largest", ...lookOf(0, "var(--hidden)"), values }
    : { name, kind: "faint", colour: "var(--other)", values };
}

/** The Jacobian of one step as a map, and a slider that says of which. @param {Context} context */
function matrixMap(context) {
  const { store } = context;
  const map = heatMap({ label: "The Jacobian of the chosen step", hover: showEntry });
  const title = element("p", { class: "quiet" });
  const range = element("input", {
    type: "range",
    min: 1,
    step: 1,
    "aria-label": "Step of the matrix",
    on: { input: () => store.set({ matrix: Number(range.value) - 1 }) },
  });
  /** @type {{matrix: Float64Array, size: number}|null} */
  let shown = null;

  /** @type {import("./context.js").Hover} */
  function showEntry(cell, event) {
    if (cell === null || shown === null) return context.tip.hide();
    const { row, column } = cell;
    const value = short(shown.matrix[row * shown.size + column]);
    context.tip.show(event, `row ${row + 1}, column ${column + 1}: ${value}`);
  }
  return {
    element: element(
      "div",
      { class: "matrix settling" },
      element("div", { class: "gutter-plot" }, map.canvas),
      element("div", {}, range, title),
    ),
    /** @param {ChainOfRun} chain */
    draw(chain) {
      const theme = context.theme();
      const { matrices, size, T } = chain;
      const t = Math.min(store.state.matrix ?? T - 1, T - 1);
      const matrix = matrices[t];
      const limit = niceCeiling(largestSize(matrix));
      shown = { matrix, size };
      range.max = String(T);
      range.value = String(t + 1);
      const grid = { numbers: matrix, columns: size, rows: size, across: 1, down: size };
      map.draw(grid, { ...theme, ramp: theme.signed, low: -limit, high: limit }, EDGE);
      write(title, matrixWords(chain, t, limit));
    },
    destroy: map.destroy,
  };
}

/** @param {ChainOfRun} chain @param {number} t @param {number} limit  of the colours */
function matrixWords({ size, states, singular }, t, limit) {
  const stacked = states.length > 1 ? ` States stacked: ${states.join(", then ")}.` : "";
  return (
    `J at step ${t + 1}: how each unit after the step (row) depends on each before it ` +
    `(column). Colours from −${limit} (blue) through 0 to ${limit} (orange); singular ` +
    `values ${short(singular[t][0])} to ${short(singular[t][size - 1])}.${stacked}`
  );
}

/** The Jacobians: singular values of each step's and of their products, and one matrix as a map. */

import { niceCeiling } from "../drawing/colours.js";
import { element, mark, segmented, touches, write } from "../drawing/dom.js";
import { lookOf } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { largestSize } from "../drawing/scales.js";
import { termOf } from "../drawing/term.js";
import { _, N_ } from "../drawing/texts.js";
import { heatMap } from "../drawing/heat_map.js";
import { exponentsOf, logPicture, timeChart, withBefore } from "./log_picture.js";
import { stepsShown } from "./looking.js";
import { jacobianWords, matrixWords, statusWords } from "./spectra_words.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./context.js").SpectrumOf} SpectrumOf
 * @typedef {import("./context.js").SpectrumPart} SpectrumPart
 * @typedef {import("./settle.js").ChainOfRun} ChainOfRun
 */

const RESOLVED = 15; // decades below the largest, where rounding begins
const EDGE = 220; // pixels of the matrix's map, as in gradients.css
/** @type {import("./context.js").Change[]} */
const SHOWN = [
  "settled",
  "knobs",
  "mount",
  "cell",
  "spectrum",
  "spectrumOf",
  "matrix",
  "zoom",
  "theme",
];
/** @type {[SpectrumOf, string][]} */
const OF = [
  ["products", N_("from each step to the end")],
  ["steps", N_("over each step alone")],
];
/** @type {[SpectrumPart, string][]} */
const WHICH = [
  ["norm", N_("worst case (largest)")],
  ["all", N_("all singular values")],
];

/** @param {Context} context @returns {import("./context.js").View} */
export function spectraView(context) {
  const spectrum = spectrumChart(context);
  const matrix = matrixMap(context);
  const status = element("p", { class: "quiet", role: "status" });
  const title = element(
    "h3",
    {},
    termOf(_("Jacobians: how much can a nudge of the state grow?"), "jacobian"),
  );

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
      { class: "spectra", "aria-label": _("Jacobians") },
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
function spectrumChart(context) {
  const { store } = context;
  const shift = () => {
    const { spectrumOf, knobs } = store.state;
    const { T = knobs.length } = context.settled().chain ?? {};
    return T - knobs.length + (spectrumOf === "products" ? 1 : 0);
  };
  const drawing = timeChart(context, {
    label: _("Singular values over time, logarithmic"),
    height: 200,
    shift,
    press(step) {
      const { T = 1 } = context.settled().chain ?? {};
      store.set({ matrix: Math.min(step + shift(), T - 1) });
    },
  });
  const of = segmented(_("Over which steps"), worded(OF), (chosen) =>
    store.set({ spectrumOf: chosen }),
  );
  const which = segmented(_("How many"), worded(WHICH), (chosen) =>
    store.set({ spectrum: chosen }),
  );
  const how = element("p", { class: "caption" });
  const plot = element("div", { class: "gutter-plot" }, drawing.element);
  return {
    choices: [of.element, which.element, drawing.saving],
    element: element("div", { class: "settling" }, plot),
    how,
    /** @param {ChainOfRun|null} chain */
    draw(chain) {
      const { spectrum, spectrumOf } = store.state;
      of.show(spectrumOf);
      which.show(spectrum);
      write(how, jacobianWords(spectrumOf));
      if (chain === null) return;
      const isProduct = spectrumOf === "products";
      const rows = isProduct ? chain.log10Products : chain.singular.map(exponentsOf);
      const steps = stepsShown(store.state, chain.T);
      const count = spectrum === "norm" ? 1 : chain.size;
      const zoom = isProduct ? withBefore(steps) : steps;
      drawing.draw(spectrumPicture(rows, { count, isProduct, zoom }), store.state.matrix);
      mark(drawing.element, `largest ${spectrumOf}`, null, rows[0][0]);
    },
    destroy: drawing.destroy,
  };
}

/**
 * @template {string} V
 * @param {[V, string][]} options @returns {[V, string][]}
 */
const worded = (options) => options.map(([value, text]) => [value, _(text)]);

/**
 * The largest singular value, and the others faint.
 * @param {Float64Array[]} rows  exponents
 * @param {{count: number, isProduct: boolean, zoom: import("./log_picture.js").Range|null}} how
 *   count: of lines; isProduct: they begin before the first step
 */
function spectrumPicture(rows, { count, isProduct, zoom }) {
  const lines = Array.from({ length: count }, (_line, k) => spectrumLine(rows, k));
  const levels = [{ value: 0, label: _("1: keeps its size") }];
  return logPicture(rows.length, lines, { first: isProduct ? 0 : 1, levels, zoom });
}

/** @param {Float64Array[]} rows @param {number} k @returns {import("../drawing/chart_plan.js").Line} */
function spectrumLine(rows, k) {
  const name = `singular ${k}`;
  const values = rows.map((row) => (row[k] > row[0] - RESOLVED ? row[k] : NaN));
  return k === 0
    ? { name, title: _("largest"), ...lookOf(0, "var(--hidden)"), values }
    : { name, kind: "faint", colour: "var(--other)", values };
}

/** The Jacobian of one step as a map, and a slider that says of which. @param {Context} context */
function matrixMap(context) {
  const { store } = context;
  const map = heatMap({ label: _("The Jacobian of the chosen step"), hover: showEntry });
  const title = element("p", { class: "quiet" });
  const range = element("input", {
    type: "range",
    min: 1,
    step: 1,
    "aria-label": _("Step of the matrix"),
    on: { input: () => store.set({ matrix: Number(range.value) - 1 }) },
  });
  /** @type {{matrix: Float64Array, size: number}|null} */
  let shown = null;

  /** @type {import("./context.js").Hover} */
  function showEntry(cell, event) {
    if (cell === null || shown === null) return context.tip.hide();
    const { row, column } = cell;
    const value = short(shown.matrix[row * shown.size + column]);
    const place = { row: row + 1, column: column + 1, value };
    context.tip.show(event, _("row {row}, column {column}: {value}", place));
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

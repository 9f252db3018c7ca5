/** The Jacobians: singular values of each step's and of their products, and one matrix as a map. */

import { chart } from "../drawing/chart.js";
import { niceCeiling } from "../drawing/colours.js";
import { element, segmented, write } from "../drawing/dom.js";
import { lookOf } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { largestSize } from "../drawing/scales.js";
import { exponentsOf, logPicture, sizeOf } from "./log_picture.js";
import { heatMap } from "../drawing/heat_map.js";

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

export function spectraView(stage) {
  const { store } = stage;
  const drawing = chart({
    label: "Singular values over time, logarithmic",
    size: sizeOf(200),
    press: (t) => store.set({ matrix: t }),
  });
  const map = heatMap({ label: "The Jacobian of the chosen step", hover: showEntry });
  const of = segmented(
    "Of what",
    [
      ["products", "products over time"],
      ["steps", "each step's"],
    ],
    (chosen) => store.set({ spectrumOf: chosen }),
  );
  const which = segmented(
    "How much",
    [
      ["norm", "norm (largest)"],
      ["all", "whole spectrum"],
    ],
    (chosen) => store.set({ spectrum: chosen }),
  );
  const status = element("p", { class: "quiet", role: "status" });
  const how = element("span", {});
  const title = element("p", { class: "quiet" });
  const range = element("input", {
    type: "range",
    min: 1,
    step: 1,
    "aria-label": "Step of the matrix",
    on: { input: () => store.set({ matrix: Number(range.value) - 1 }) },
  });
  const body = element(
    "div",
    { class: "settling" },
    element("div", { class: "gutter-plot" }, drawing.element),
  );
  const matrixRow = element(
    "div",
    { class: "matrix settling" },
    element("div", { class: "gutter-plot" }, map.canvas),
    element("div", {}, range, title),
  );
  let shown = null;

  /** Say for which knobs the drawing is: cheap enough for every frame, seen or not. */
  function label() {
    const { isCurrent, at, progress } = stage.settled();
    const drawn = at ? `What is drawn is for ${at}. ` : "";
    for (const node of [body, matrixRow]) node.classList.toggle("stale", !isCurrent);
    write(
      status,
      isCurrent
        ? `Computed for ${at}.`
        : `${drawn}Computing for the knobs as they are now: ${Math.round(100 * progress)} %`,
    );
    status.setAttribute("data-state", isCurrent ? "current" : "stale");
  }
  function draw() {
    const { chain } = stage.settled();
    const { spectrum, spectrumOf, matrix } = store.state;
    of.show(spectrumOf);
    which.show(spectrum);
    label();
    write(
      how,
      ` ${HOW[spectrumOf]} Values less than 10⁻¹⁵ of the largest are rounding and left ` +
        "out. Click a step to see its matrix.",
    );
    if (chain === null) return;
    const { size, T } = chain;
    const isProduct = spectrumOf === "products";
    const rows = isProduct ? chain.log10Products : chain.singular.map(exponentsOf);
    drawing.draw(spectrumPicture(rows, spectrum === "norm" ? 1 : size, isProduct));
    drawing.element.setAttribute("data-name", `largest ${spectrumOf}`);
    drawing.element.setAttribute("data-value", rows[0][0]);
    drawMatrix(chain, Math.min(matrix ?? T - 1, T - 1));
  }
  function drawMatrix({ matrices, size, T, states, singular }, t) {
    const theme = stage.theme();
    if (theme === null) return;
    const matrix = matrices[t];
    const limit = niceCeiling(largestSize(matrix));
    shown = { matrix, size, t };
    range.max = T;
    range.value = t + 1;
    const grid = { numbers: matrix, columns: size, rows: size, across: 1, down: size };
    map.draw(grid, { ...theme, ramp: theme.signed, low: -limit, high: limit }, EDGE);
    const stacked = states.length > 1 ? ` States stacked: ${states.join(", then ")}.` : "";
    write(
      title,
      `J at step ${t + 1}: how each unit after the step (row) depends on each before it ` +
        `(column). Colours from −${limit} (blue) through 0 to ${limit} (orange); singular ` +
        `values ${short(singular[t][0])} to ${short(singular[t][size - 1])}.${stacked}`,
    );
  }
  function showEntry(cell, event) {
    if (cell === null || shown === null) return stage.tip.hide();
    const { row, column } = cell;
    const value = short(shown.matrix[row * shown.size + column]);
    stage.tip.show(event, `row ${row + 1}, column ${column + 1}: ${value}`);
  }
  return {
    element: element(
      "section",
      { class: "spectra", "aria-label": "Jacobians" },
      element(
        "div",
        { class: "section-head" },
        element("h3", {}, "Jacobians: what a step can do at most"),
        of.element,
        which.element,
      ),
      status,
      body,
      element("p", { class: "caption" }, element("span", { class: "badge" }, "computed now"), how),
      matrixRow,
    ),
    label,
    update(changed) {
      if (
        ["settled", "knobs", "mount", "cell", "spectrum", "spectrumOf", "matrix", "theme"].some(
          (k) => changed.has(k),
        )
      )
        draw();
    },
    destroy() {
      drawing.destroy();
      map.destroy();
    },
  };
}

/** The largest singular value, and the others faint. @param {ArrayLike<number>[]} rows  exponents */
function spectrumPicture(rows, number, isProduct) {
  const lines = Array.from({ length: number }, (_, k) => ({
    name: `singular ${k}`,
    title: k === 0 ? "largest" : undefined,
    ...(k === 0 ? lookOf(0, "var(--hidden)") : { kind: "faint", colour: "var(--other)" }),
    values: rows.map((row) => (row[k] > row[0] - RESOLVED ? row[k] : NaN)),
  }));
  const levels = [{ value: 0, label: "1: keeps its size" }];
  return logPicture(rows.length, lines, { first: isProduct ? 0 : 1, levels });
}

/** The curve: |dL/dh_t| of several cells on one logarithmic axis, to be read from right to left. */

import { chart } from "../drawing/chart.js";
import { assign, element, segmented, touches, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { caption } from "../drawing/plot.js";
import { OWN, SCENE } from "./experiment.js";
import { curvePicture } from "./curve_picture.js";
import { curveTable } from "./curve_table.js";
import { sizeOf } from "./log_picture.js";
import { cellNames, chosenCurve, seriesOf, titleOf } from "./series.js";
import { stepAfter } from "./step_keys.js";
import { boundWords, trouble } from "./words.js";

const HOW =
  "How to read this: from right to left, as the error travels. Each line is the size " +
  "of the gradient at each time step; " +
  "a straight fall loses the same factor at every step. Ticks ÷10³ ÷10⁶ ÷10⁹ mark " +
  "where that much is gone. ← → move the cursor.";
const VEILED = 10; // steps shown before the guess
/** @type {[import("./context.js").CurveOf, string][]} */
const STATES = [
  ["h", "hidden state h"],
  ["long", "longest memory (c if there is one)"],
];

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./bench.js").Shown} Shown
 * @typedef {import("./bench.js").CellBound} CellBound
 * @typedef {import("./header.js").ExperimentHeader} ExperimentHeader
 */

/** @param {Context} context @returns {import("./context.js").View} */
export function curveView(context) {
  const { header } = context;
  const names = cellNames(header);
  const plot = curvePlot(context, names);
  const choices = curveChoices(context, names);
  const table = curveTable(header);
  const words = curveWords(header);

  function draw() {
    const shown = context.measured();
    const isVeiled = plot.draw(shown, context.bound());
    words.show(shown, context.store.state, context.bound());
    const { state: chosen, knobs } = context.store.state;
    table.show(shown, { chosen, knobs, names, isVeiled });
    showStep();
  }
  function showStep() {
    const { step, knobs } = context.store.state;
    plot.point();
    table.showStep(step ?? 0, knobs.length, context.isVeiled());
  }
  return {
    element: element(
      "section",
      { class: "curve-section", "aria-label": "The curve" },
      choices.chips,
      choices.element,
      plot.element,
      element("p", { class: "axis-word" }, "time step → ", plot.saving),
      caption(HOW),
      words.troubles,
      table.element,
      words.scene,
      words.limit,
    ),
    update(changed) {
      if (touches(changed, "knobs", "mount", "state", "parts", "veil", "theme")) {
        choices.show();
        draw();
      } else if (touches(changed, "step")) showStep();
    },
    destroy: plot.destroy,
  };
}

/**
 * The chart, a veil over what is to be guessed, and a cursor that keys move.
 * @param {Context} context @param {string[]} names  of all cells there are
 */
function curvePlot(context, names) {
  const { header, store } = context;
  const drawing = chart({
    label: "Norm of the gradient at each time step, logarithmic",
    size: sizeOf(330),
    press: context.look,
    hover: context.look,
  });
  const veil = element("div", { class: "veil" }, element("span", {}, "?"));
  const node = element(
    "div",
    {
      class: "gutter-plot veil-host",
      tabindex: 0,
      role: "slider",
      "aria-label": "Time step of the cursor",
      on: { keydown: key },
    },
    drawing.element,
    veil,
  );
  /** @param {KeyboardEvent} event */
  function key(event) {
    const { step, knobs } = store.state;
    const to = stepAfter(event.key, step ?? 0, knobs.length);
    if (to === null) return;
    context.look(to);
    event.preventDefault();
    event.stopPropagation();
  }
  return {
    element: node,
    saving: drawing.saving,
    /**
     * @param {Shown[]} shown @param {CellBound|null} bound
     * @returns {boolean} whether the veil hides anything
     */
    draw(shown, bound) {
      const { state } = store;
      const { length } = state.knobs;
      const isVeiled = context.isVeiled();
      drawing.draw(curvePicture(shown, { header, state, names, bound, isVeiled }));
      veil.hidden = !isVeiled || length <= VEILED + 2;
      drawing.saving.hidden = isVeiled;
      veil.style.width = `${(100 * (length - VEILED)) / length}%`;
      return !veil.hidden;
    },
    point() {
      const { step, knobs } = store.state;
      drawing.point(context.isVeiled() ? null : step);
      assign(node, "aria-valuenow", (step ?? 0) + 1);
      assign(node, "aria-valuemin", 1);
      assign(node, "aria-valuemax", knobs.length);
    },
    destroy: drawing.destroy,
  };
}

/**
 * Which cells, which state of them, and whether the local part stands apart.
 * @param {Context} context @param {string[]} names
 */
function curveChoices(context, names) {
  const { store } = context;
  const chips = names.map((name) => {
    const text = element("span", {});
    const on = { click: () => context.toggle(name) };
    const about = { type: "button", class: "chip", "data-cell": name, on };
    return { name, text, node: element("button", about, lineKey(seriesOf(name, names)), text) };
  });
  const state = segmented("Which state", STATES, (chosen) => store.set({ state: chosen }));
  const parts = element("input", {
    type: "checkbox",
    on: { change: () => store.set({ parts: parts.checked }) },
  });
  const apart = "local part apart (dotted): what the loss puts in at that very step";
  const labelled = element("label", { class: "labelled" }, parts, apart);
  const row = { class: "chips-row", role: "group", "aria-label": "Cells" };
  return {
    chips: element("div", row, ...few(chips)),
    element: element("div", { class: "section-head" }, state.element, labelled),
    show() {
      const { knobs, state: chosen, parts: isApart } = store.state;
      for (const { name, node, text } of chips) {
        node.setAttribute("aria-pressed", String(knobs.cells.includes(name)));
        write(text, titleOf(name, knobs));
      }
      state.show(chosen);
      parts.checked = isApart;
    },
  };
}

/**
 * What cannot be drawn, whose network the Step page's is, and what the bound is worth.
 * @param {ExperimentHeader} header
 */
function curveWords(header) {
  const troubles = element("ul", { class: "troubles", "data-name": "troubles" });
  const { badge, title, length } = header.scene;
  const scene = element(
    "p",
    { class: "quiet", "data-name": "scene" },
    element("span", { class: "badge" }, badge),
    ` The Step page's network, “${title}”: ${length} steps of its own sequence, with ` +
      "its own loss. It stands at the right, where its error sets out, and no knob turns it.",
  );
  const limit = element("p", { class: "quiet", "data-name": "bound" });
  return {
    troubles,
    scene,
    limit,
    /**
     * @param {Shown[]} shown @param {import("./context.js").State} looked
     * @param {CellBound|null} bound
     */
    show(shown, { knobs, state }, bound) {
      const said = shown.map(({ name, found }) =>
        trouble(titleOf(name, knobs), chosenCurve(found, state)),
      );
      troubles.replaceChildren(...said.filter(Boolean).map((text) => element("li", {}, text)));
      scene.hidden = !knobs.cells.includes(SCENE);
      write(limit, boundWords(bound, header, knobs));
      assign(limit, "data-value", bound ? bound.factor : "none");
    },
  };
}

/**
 * The first chips are the usual cells and one's own; the rest is behind "more".
 * @param {{name: string, node: HTMLElement}[]} chips
 */
function few(chips) {
  const nodes = chips.map(({ node }) => node);
  const first = chips.some(({ name }) => name === OWN) ? 5 : 4;
  const more = element(
    "details",
    { class: "more" },
    element("summary", {}, "more cells"),
    element("div", { class: "chips-row" }, ...nodes.slice(first)),
  );
  return [...nodes.slice(0, first), more];
}

/** The curve: |dL/dh_t| of several cells on one logarithmic axis, to be read from right to left. */

import { chart } from "../drawing/chart.js";
import { element, segmented, touches, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { caption } from "../drawing/plot.js";
import { OWN, SCENE } from "./experiment.js";
import { curvePicture } from "./curve_picture.js";
import { curveTable } from "./curve_table.js";
import { sizeOf } from "./log_picture.js";
import { chosenCurve, seriesOf, theTitle, titleOf } from "./series.js";
import { trouble } from "./words.js";

const HOW =
  "How to read this: from right to left, as the error travels. Each line is the size " +
  "of the gradient at each time step; " +
  "a straight fall loses the same factor at every step. Ticks ÷10³ ÷10⁶ ÷10⁹ mark " +
  "where that much is gone. ← → move the cursor.";
const VEILED = 10; // steps shown before the guess
const STATES = [
  ["h", "hidden state h"],
  ["long", "longest memory (c if there is one)"],
];

/** @param {object} stage */
export function curveView(stage) {
  const { header } = stage;
  const names = cellNames(header);
  const plot = curvePlot(stage, names);
  const choices = curveChoices(stage, names);
  const table = curveTable(header);
  const words = curveWords(header);

  function draw() {
    const shown = stage.measured();
    const isVeiled = plot.draw(shown, stage.bound());
    words.show(shown, stage.store.state, stage.bound());
    const { state: chosen, knobs } = stage.store.state;
    table.show(shown, { chosen, knobs, names, isVeiled });
    showStep();
  }
  function showStep() {
    const { step, knobs } = stage.store.state;
    plot.point();
    table.showStep(step ?? 0, knobs.length, stage.isVeiled());
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
      } else if (changed.has("step")) showStep();
    },
    destroy: plot.destroy,
  };
}

/** The chart, a veil over what is to be guessed, and a cursor that keys move. */
function curvePlot(stage, names) {
  const { header, store } = stage;
  const drawing = chart({
    label: "Norm of the gradient at each time step, logarithmic",
    size: sizeOf(330),
    press: stage.look,
    hover: stage.look,
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
  function key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    const { length } = store.state.knobs;
    const from = store.state.step ?? 0;
    const to = { Home: 0, End: length - 1 }[event.key] ?? (by === undefined ? null : from + by);
    if (to === null) return;
    stage.look(Math.min(Math.max(to, 0), length - 1));
    event.preventDefault();
    event.stopPropagation();
  }
  return {
    element: node,
    saving: drawing.saving,
    /** @returns {boolean} whether the veil hides anything */
    draw(shown, bound) {
      const { state } = store;
      const { length } = state.knobs;
      const isVeiled = stage.isVeiled();
      drawing.draw(curvePicture(shown, { header, state, names, bound, isVeiled }));
      veil.hidden = !isVeiled || length <= VEILED + 2;
      drawing.saving.hidden = isVeiled;
      veil.style.width = `${(100 * (length - VEILED)) / length}%`;
      return !veil.hidden;
    },
    point() {
      const { step, knobs } = store.state;
      drawing.point(stage.isVeiled() ? null : step);
      node.setAttribute("aria-valuenow", (step ?? 0) + 1);
      node.setAttribute("aria-valuemin", 1);
      node.setAttribute("aria-valuemax", knobs.length);
    },
    destroy: drawing.destroy,
  };
}

/** Which cells, which state of them, and whether the local part stands apart. */
function curveChoices(stage, names) {
  const { store } = stage;
  const chips = names.map((name) => {
    const text = element("span", {});
    const on = { click: () => stage.toggle(name) };
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

/** What cannot be drawn, whose network the Step page's is, and what the bound is worth. */
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
    show(shown, { knobs, state }, bound) {
      const said = shown.map(({ name, found }) =>
        trouble(titleOf(name, knobs), chosenCurve(found, state)),
      );
      troubles.replaceChildren(...said.filter(Boolean).map((text) => element("li", {}, text)));
      scene.hidden = !knobs.cells.includes(SCENE);
      write(limit, boundWords(bound, header, knobs));
      limit.setAttribute("data-value", bound ? bound.factor : "none");
    },
  };
}

/** The first chips are the usual cells and one's own; the rest is behind "more". */
function few(chips) {
  const first = chips.some(({ name }) => name === OWN) ? 5 : 4;
  const usual = chips.slice(0, first).map(({ node }) => node);
  const more = element(
    "details",
    { class: "more" },
    element("summary", {}, "more cells"),
    element("div", { class: "chips-row" }, ...chips.slice(first).map(({ node }) => node)),
  );
  return [...usual, more];
}

/** All that can be shown, the usual ones first, then the visitor's own where there is one. */
export function cellNames(header) {
  const gallery = header.layers.slice(0, header.gallery).map(({ name }) => name);
  const usual = [header.plain, "LSTM", "GRU (PyTorch)", SCENE];
  if (gallery.includes(OWN)) usual.push(OWN);
  return [...usual, ...gallery.filter((name) => !usual.includes(name))];
}

function boundWords(limits, header, knobs) {
  if (limits === null) return limitsMissing(header, knobs);
  const factor = limits.factor.toFixed(2);
  return (
    "Dotted grey, the bound of Pascanu, Mikolov & Bengio (2013) for " +
    `${theTitle(limits.name, knobs)}: per step back at most ` +
    `σ₁(U) × steepest slope = ${factor}, so at most ${factor}ᵏ after k steps; the lower ` +
    "one takes the slopes of this run. " +
    "A bound, not a prediction: the gradient may lie far below it."
  );
}

function limitsMissing(header, knobs) {
  const name = knobs.cells.find((one) => one !== SCENE);
  const layer = header.layers.find((one) => one.name === name);
  return layer?.why ? `No bound is drawn for ${theTitle(name, knobs)}. ${layer.why}` : "";
}

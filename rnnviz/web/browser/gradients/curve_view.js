/** The curve: |dL/dh_t| of several cells on one logarithmic axis, to be read from right to left. */

import { assign, element, touches, write } from "../drawing/dom.js";
import { download } from "../drawing/download.js";
import { caption } from "../drawing/plot.js";
import { _ } from "../drawing/texts.js";
import { SCENE, lossStepsOf } from "./setup.js";
import { curveChoices } from "./curve_choices.js";
import { curveFile } from "./curve_file.js";
import { curvePicture } from "./curve_picture.js";
import { curveTable } from "./curve_table.js";
import { timeChart } from "./log_picture.js";
import { cellNames, chosenCurve, titleOf } from "./series.js";
import { stepAfter } from "./step_keys.js";
import { attentionWords } from "./attended_words.js";
import { boundWords, lossWords, sceneWords, trouble } from "./words.js";
import { zoomButtons, zoomedBy } from "./zoom.js";

const VEILED = 10; // steps shown before the guess
/** @type {import("./context.js").Change[]} */
const DRAWN_ANEW = ["knobs", "mount", "state", "local", "bound", "attention", "guess"];

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./bench.js").Shown} Shown
 * @typedef {import("./bench.js").CellBound} CellBound
 * @typedef {import("./header.js").SetupHeader} SetupHeader
 */

/**
 * @param {Context} context
 * @returns {import("./context.js").View & {numbers: HTMLElement}}  numbers: what stands below
 */
export function curveView(context) {
  const { header } = context;
  const names = cellNames(header);
  const plot = curvePlot(context, names, showStep);
  const choices = curveChoices(context, names);
  const table = curveTable(header);
  const words = curveWords(header);
  const zoom = zoomButtons(context);
  const files = fileButtons(context);

  function draw() {
    const shown = context.measured();
    const { state, knobs } = context.store.state;
    const isVeiled = plot.draw(shown, context.bound());
    files.hidden = isVeiled;
    words.show(shown, context.store.state, { bound: context.bound(), isVeiled });
    table.show(shown, { chosen: state, knobs, names, isVeiled });
    zoom.show();
    showStep();
  }
  /** The cursor's, or while the pointer is over the chart that one's. @param {number|null} [hovered] */
  function showStep(hovered = null) {
    const { step, knobs } = context.store.state;
    const within = Math.min(Math.max(hovered ?? step, 0), knobs.length - 1);
    plot.point(within);
    table.showStep(within, { length: knobs.length, isVeiled: context.isVeiled() });
  }
  return {
    element: element(
      "section",
      { class: "curve-section", "aria-label": _("The curve") },
      choices.chips,
      plot.element,
      element("p", { class: "axis-word" }, _("time step →"), zoom.element, plot.saving),
      choices.element,
    ),
    numbers: element(
      "div",
      {},
      caption(howWords()),
      words.loss,
      words.troubles,
      table.element,
      files,
      words.below,
    ),
    update(changed) {
      const isNew = touches(changed, ...DRAWN_ANEW);
      if (isNew || touches(changed, "zoom", "theme")) {
        choices.show();
        draw();
      } else if (changed.has("step")) showStep();
    },
    destroy: plot.destroy,
  };
}

/** What is in view, to take away. @param {Context} context */
function fileButtons({ measured, store, bound, savePage }) {
  function saveTable() {
    const text = curveFile(measured(), store.state, bound());
    download(new Blob([text], { type: "text/csv" }), "gradients.csv");
  }
  const fileButton = (/** @type {string} */ text, /** @type {() => void} */ click) =>
    element("button", { type: "button", class: "text file", on: { click } }, text);
  return element(
    "p",
    { class: "files" },
    fileButton(_("The curves as a table (CSV)"), saveTable),
    savePage && fileButton(_("This view as one HTML file"), savePage),
  );
}

function howWords() {
  return _(
    "How to read this: from right to left, as the error travels. Each line is the size of the gradient (the length of the vector) at each time step; a straight fall loses the same factor at every step. ÷10³ ÷10⁶ ÷10⁹ mark where that much is gone. ← → move the cursor; drag across the chart, or press + − 0, to zoom.",
  );
}

/**
 * The chart, a veil over what is to be guessed, and a cursor that keys move.
 * @param {Context} context @param {string[]} names  of all cells there are
 * @param {(step: number|null) => void} hover
 */
function curvePlot(context, names, hover) {
  const { header, store } = context;
  const drawing = timeChart(context, {
    label: _("Norm of the gradient at each time step, logarithmic"),
    height: 310,
    press: context.point,
    hover,
  });
  const veil = element("div", { class: "veil" }, element("span", {}, "?"));
  const slider = { tabindex: 0, role: "slider", "aria-label": _("Time step of the cursor") };
  const about = { class: "gutter-plot veil-host", ...slider, on: { keydown: key } };
  const node = element("div", about, drawing.element, veil);

  /** @param {KeyboardEvent} event */
  function key(event) {
    const { step, knobs } = store.state;
    const to = stepAfter(event.key, step, knobs.length);
    if (to !== null) context.point(to);
    else if (!zoomedBy(context, event.key)) return;
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
    /** @param {number} at  the cursor's step, or the pointer's */
    point(at) {
      const { step, knobs } = store.state;
      drawing.point(context.isVeiled() ? null : at);
      assign(node, "aria-valuenow", step + 1);
      assign(node, "aria-valuemin", 1);
      assign(node, "aria-valuemax", knobs.length);
    },
    destroy: drawing.destroy,
  };
}

/**
 * What cannot be drawn, whose network the Step page's is, and what the bound is worth.
 * @param {SetupHeader} header
 */
function curveWords(header) {
  const troubles = element("ul", { class: "troubles", "data-name": "troubles" });
  const about = element("span", {});
  const scene = element(
    "p",
    { class: "quiet", "data-name": "scene" },
    element("span", { class: "badge" }, header.scene.badge),
    " ",
    about,
  );
  const limit = element("p", { class: "quiet", "data-name": "bound" });
  const loss = element("p", { class: "quiet", "data-name": "loss" });
  const above = element("p", { class: "quiet", "data-name": "attention" });
  return {
    loss,
    troubles,
    below: element("div", {}, scene, limit, above),
    /**
     * @param {Shown[]} shown @param {import("./context.js").State} looked
     * @param {{bound: CellBound|null, isVeiled: boolean}} how
     */
    show(shown, { knobs, state, bound: isBound, attention }, { bound, isVeiled }) {
      const found = shown.map((one) =>
        trouble(titleOf(one.name, knobs), chosenCurve(one.found, state)),
      );
      write(loss, lossWords(shown, knobs, lossStepsOf(knobs), header.scene.loss.text));
      troubles.replaceChildren(...found.filter(Boolean).map((text) => element("li", {}, text)));
      scene.hidden = !knobs.cells.includes(SCENE);
      write(about, sceneWords(header.scene, knobs.length));
      limit.hidden = !isBound;
      write(limit, boundWords(bound, header, knobs));
      assign(limit, "data-value", bound ? bound.factor : "none");
      above.hidden = !attention || isVeiled;
      if (!above.hidden) write(above, attentionWords(shown, knobs, state));
    },
  };
}

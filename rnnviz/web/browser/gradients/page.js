/** The Gradients page: one store of knobs, what is measured at them, and views that follow. */

import { assign, element, menu, touches } from "../drawing/dom.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { createBench } from "./bench.js";
import { creditView } from "./credit_view.js";
import { curveView } from "./curve_view.js";
import { findings } from "./findings.js";
import { following } from "./following.js";
import { knobsView } from "./knobs_view.js";
import { questionView } from "./question_view.js";
import { cellNames, titleOf } from "./series.js";
import { spectraView } from "./spectra_view.js";
import { whyView } from "./why_view.js";

const ABOUT = {
  "aria-label": "How far back does the error reach?",
  "data-testid": "gradients",
};
const QUIET = 300; // ms a choice rests before the server is told

/**
 * @typedef {import("./context.js").Changed} Changed
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./context.js").State} State
 * @typedef {import("./experiment.js").Payload} Payload
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("../drawing/store.js").Store<State>} StateStore
 */

/**
 * @param {HTMLElement} host
 * @param {Payload} payload
 * @param {{knobs: Knobs, report: (knobs: Knobs) => void}} given
 */
export function mountPage(host, payload, { knobs, report }) {
  const known = cellNames(payload.header);
  const store = createStore(firstState({ ...knobs, cells: shownOf(knobs.cells, known) }));
  const root = createRoot(host, ABOUT, { dress: () => update(new Set(["theme"])) });
  const bench = createBench(payload, store, () => raise(store, "settled"));
  const question = questionView(payload, knobs, () => raise(store, "veil"));
  const choices = cellChoices(store);
  const { turn, tell, stop: stopTelling } = turning(store, report, known);
  const panel = knobsView(payload.header, turn, tell);
  /** @type {Context} */
  const context = {
    header: payload.header,
    store,
    measured: bench.measured,
    detail: bench.detail,
    bound: bench.bound,
    settled: bench.settled,
    tip: root.tip,
    theme: root.theme,
    isVeiled: question.isOpen,
    look(step) {
      if (step !== null) store.set({ step });
    },
    toggle: toggling(store, turn, tell),
    cellChoice: choices.place,
  };
  const curve = curveView(context);
  const below = [whyView(context), spectraView(context), creditView(context)];
  const rest = following(below);
  let turns = 0;

  /** @param {Changed} changed */
  function update(changed) {
    const started = performance.now();
    if (touches(changed, "knobs", "mount", "cell")) {
      bench.compute({ isDetailed: rest.isAnySeen() });
      panel.show(store.state.knobs);
      choices.show();
      assign(root.element, "data-cell", store.state.cell);
    }
    assign(root.element, "data-step", store.state.step ?? 0);
    curve.update(changed);
    rest.update(changed);
    if (touches(changed, "knobs")) {
      assign(root.element, "data-turns", ++turns);
      assign(root.element, "data-cost", (performance.now() - started).toFixed(3));
    }
  }
  root.element.append(
    question.element,
    element("div", { class: "bench" }, curve.element, panel.element),
    findings(),
    ...below.map((view) => view.element),
    root.tip.element,
  );
  rest.watch();
  update(new Set(["mount", "theme"]));
  const stops = [
    store.subscribe(update),
    stopTelling,
    bench.destroy,
    rest.destroy,
    ...[curve, ...below].map((view) => view.destroy),
    root.destroy,
  ];
  return {
    refresh: root.refresh,
    /** @param {Partial<Knobs>} patch */
    turn(patch) {
      turn(patch);
      tell();
      root.element.scrollIntoView({ block: "start" });
    },
    knobs: () => store.state.knobs,
    /** Other draws: another seed. @param {Payload} next */
    redraw(next) {
      bench.redraw(next);
      store.set({ knobs: { ...store.state.knobs, seed: next.header.seed } });
    },
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

/**
 * Something of which no more is to be said than that it is another one now.
 * @param {StateStore} store @param {"settled"|"veil"} key
 */
function raise(store, key) {
  store.set({ [key]: store.state[key] + 1 });
}

/** @param {Knobs} knobs @returns {State} */
function firstState(knobs) {
  return {
    knobs,
    cell: firstCell(knobs.cells),
    state: "h",
    parts: false,
    step: 0,
    unit: null,
    cut: null,
    spectrum: "norm",
    spectrumOf: "products",
    matrix: null,
    veil: 0,
    settled: 0,
  };
}

/**
 * The cells that there are: one's own may be gone since a link had it.
 * @param {string[]} cells @param {string[]} known
 */
function shownOf(cells, known) {
  const there = cells.filter((name) => known.includes(name));
  return there.length ? there : known.slice(0, 1);
}

/** What is looked at first: a cell with a direct path, where there is one. @param {string[]} cells */
function firstCell(cells) {
  return cells.find((name) => name === "LSTM") ?? cells[0];
}

/**
 * Turning knobs: what hangs on them is kept in range; the server is told once they rest.
 * @param {StateStore} store @param {(knobs: Knobs) => void} report
 * @param {string[]} known  the cells that there are
 */
function turning(store, report, known) {
  let timer = 0;
  return {
    /** @param {Partial<Knobs>} patch */
    turn(patch) {
      const next = { ...store.state.knobs, ...patch };
      next.cells = shownOf(next.cells, known);
      if (next.step > next.length) next.step = next.length;
      const cell = next.cells.includes(store.state.cell) ? store.state.cell : firstCell(next.cells);
      const step = Math.min(store.state.step ?? 0, next.length - 1);
      store.set({ knobs: next, cell, step });
    },
    tell() {
      clearTimeout(timer);
      timer = setTimeout(() => report(store.state.knobs), QUIET);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Showing a cell, or hiding it where it is not the last.
 * @param {StateStore} store @param {(patch: Partial<Knobs>) => void} turn @param {() => void} tell
 */
function toggling(store, turn, tell) {
  return (/** @type {string} */ name) => {
    const { cells } = store.state.knobs;
    const next = cells.includes(name) ? cells.filter((one) => one !== name) : [...cells, name];
    if (next.length) turn({ cells: next });
    tell();
  };
}

/** The menus, one in each section, that say which cell is looked at. @param {StateStore} store */
function cellChoices(store) {
  /** @type {HTMLElement[]} */
  const places = [];
  let offered = "";
  return {
    place() {
      const place = element("span", { class: "labelled" });
      places.push(place);
      return place;
    },
    show() {
      const { knobs, cell } = store.state;
      /** @type {[string, string][]} */
      const options = knobs.cells.map((name) => [name, titleOf(name, knobs)]);
      if (JSON.stringify([options, cell]) === offered) return;
      offered = JSON.stringify([options, cell]);
      for (const place of places) {
        const choice = menu("Cell looked at", options, (chosen) => store.set({ cell: chosen }));
        choice.show(cell);
        place.replaceChildren("of the ", choice.element);
      }
    },
  };
}

/** The Gradients page: one store of knobs, what is measured at them, and views that follow. */

import { element, menu } from "../drawing/dom.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { createBench } from "./bench.js";
import { creditView } from "./credit_view.js";
import { cellNames, curveView } from "./curve_view.js";
import { findings } from "./findings.js";
import { following } from "./following.js";
import { knobsView } from "./knobs_view.js";
import { questionView } from "./question_view.js";
import { titleOf } from "./series.js";
import { spectraView } from "./spectra_view.js";
import { whyView } from "./why_view.js";

const QUIET = 300; // ms a choice rests before the server is told

/**
 * @param {HTMLElement} host
 * @param {{header: object, arrays: Map<string, Float64Array>}} payload
 * @param {{knobs: object, report: (knobs: object) => void}} given
 */
export function mountPage(host, payload, { knobs, report }) {
  const known = cellNames(payload.header);
  const store = createStore(firstState({ ...knobs, cells: shownOf(knobs.cells, known) }));
  const about = {
    "aria-label": "How far back does the error reach?",
    "data-testid": "gradients",
  };
  const root = createRoot(host, about, { dress });
  const bench = createBench(payload, store, () => raise("settled"));
  const question = questionView(payload, knobs, () => raise("veil"));
  const choices = cellChoices(store);
  const { turn, tell, stop: stopTelling } = turning(store, report, known);
  let turns = 0;

  const stage = {
    measured: bench.measured,
    detail: bench.detail,
    bound: bench.bound,
    settled: bench.settled,
    header: payload.header,
    store,
    tip: root.tip,
    theme: root.theme,
    isVeiled: () => question.isOpen(),
    look: (t) => {
      if (t !== null) store.set({ step: t });
    },
    toggle(name) {
      const { cells } = store.state.knobs;
      const next = cells.includes(name) ? cells.filter((one) => one !== name) : [...cells, name];
      if (next.length) turn({ cells: next });
      tell();
    },
    cellChoice: choices.place,
  };
  const panel = knobsView(payload.header, turn, tell);
  const curve = curveView(stage);
  const below = [whyView(stage), spectraView(stage), creditView(stage)];
  const rest = following(below);

  /** Something of which no more is to be said than that it is another one now. */
  function raise(key) {
    store.set({ [key]: store.state[key] + 1 });
  }
  function update(changed) {
    const started = performance.now();
    if (["knobs", "mount", "cell", "draws"].some((k) => changed.has(k))) {
      bench.compute({ isDetailed: rest.isAnySeen() });
      panel.show(store.state.knobs);
      choices.show();
      root.element.setAttribute("data-cell", store.state.cell);
    }
    root.element.setAttribute("data-step", store.state.step ?? 0);
    curve.update(changed);
    rest.update(changed);
    if (changed.has("knobs")) {
      root.element.setAttribute("data-turns", ++turns);
      root.element.setAttribute("data-cost", (performance.now() - started).toFixed(3));
    }
  }
  function dress() {
    update(new Set(["theme"]));
  }
  root.element.append(
    question.element,
    element("div", { class: "bench" }, curve.element, panel.element),
    findings(),
    ...below.map((view) => view.element),
    root.tip.element,
  );
  rest.watch();
  update(new Set(["mount"]));
  dress();
  const stops = [
    store.subscribe(update),
    stopTelling,
    bench.destroy,
    rest.destroy,
    ...[curve, ...below].map((view) => () => view.destroy()),
    root.destroy,
  ];
  return {
    refresh: root.refresh,
    turn(patch) {
      turn(patch);
      tell();
      root.element.scrollIntoView({ block: "start" });
    },
    knobs: () => store.state.knobs,
    /** Other draws: another seed. */
    redraw(next) {
      bench.redraw(next);
      store.set({ knobs: { ...store.state.knobs, seed: next.header.seed } });
    },
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

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

/** The cells that there are: one's own may be gone since a link had it. */
function shownOf(cells, known) {
  const there = cells.filter((name) => known.includes(name));
  return there.length ? there : known.slice(0, 1);
}

/** What is looked at first: a cell with a direct path, where there is one. */
function firstCell(cells) {
  return cells.find((name) => name === "LSTM") ?? cells[0];
}

/** Turning knobs: what hangs on them is kept in range; the server is told once they rest. */
function turning(store, report, known) {
  let timer = 0;
  return {
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

/** The menus, one in each section, that say which cell is looked at. */
function cellChoices(store) {
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

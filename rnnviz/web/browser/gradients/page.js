/** The Gradients page: one store of knobs, what is measured at them, and views that follow. */

import { element, menu } from "../drawing/dom.js";
import { createStore } from "../drawing/store.js";
import { isDark, readTheme, whenDressed } from "../drawing/theme.js";
import { createTip } from "../drawing/tip.js";
import { creditView } from "./credit_view.js";
import { curveView } from "./curve_view.js";
import { createExperiment, SCENE } from "./experiment.js";
import { findings } from "./findings.js";
import { knobsView } from "./knobs_view.js";
import { boundOf, largestSingular, measure } from "./measure.js";
import { questionView } from "./question_view.js";
import { titleOf } from "./series.js";
import { settler } from "./settle.js";
import { spectraView } from "./spectra_view.js";
import { whyView } from "./why_view.js";

const QUIET = 300; // ms a choice rests before the server is told

/**
 * @param {HTMLElement} host
 * @param {{header: object, arrays: Map<string, Float64Array>}} payload
 * @param {{knobs: object, report: (knobs: object) => void}} given
 */
export function mountPage(host, payload, { knobs, report }) {
  let experiment = createExperiment(payload),
    slow = createExperiment(payload);
  const { header } = payload;
  const store = createStore({
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
  });
  const root = element("div", {
    class: "rnnviz",
    role: "group",
    "aria-label": "How far back does the error reach?",
    "data-testid": "gradients",
  });
  const tip = createTip();
  const menus = [];
  let theme = null,
    results = [],
    limits = null,
    telling = 0,
    drags = 0;

  function compute() {
    const { knobs: now, cell } = store.state;
    const isDetailed = heavy.some((one) => one.isSeen);
    results = now.cells.map((name) => {
      const ran = experiment.run(name, now);
      return { name, ran, found: measure(ran, { isDetailed: isDetailed && name === cell }) };
    });
    limits = boundNow(now);
  }
  /** The cell looked at, with its reasons and shares. */
  function detail() {
    const one = results.find(({ name }) => name === store.state.cell);
    if (!one.found.shares) one.found = measure(one.ran, { isDetailed: true });
    return one;
  }
  function boundNow(now) {
    const of = results.find(({ name, ran }) => name !== SCENE && ran.layer.plain);
    if (of === undefined) return null;
    const { ran, found } = of;
    const matrix = ran.layer.plain.matrix;
    const largest = now.scale * unitSingular(ran.layer, matrix, now.hidden);
    return { name: of.name, ...boundOf(ran.run, ran.layer, found, largest) };
  }
  /** σ₁ at scale 1; it grows with the scale, so a drag of it needs no new one. */
  const known = new Map();
  function unitSingular(layer, matrix, hidden) {
    const key = `${layer.name} ${hidden}`;
    if (!known.has(key)) {
      const params = experiment.parametersOf(layer, { ...store.state.knobs, hidden, scale: 1 });
      known.set(key, largestSingular(params.get(matrix)));
    }
    return known.get(key);
  }
  const settling = settler(
    () => {
      const { knobs: now, cell } = store.state;
      const ran = slow.run(cell, now);
      return { ran, found: measure(ran, { isDetailed: true }), says: said(cell, now) };
    },
    () => store.set({ settled: store.state.settled + 1 }),
  );
  const tell = () => {
    clearTimeout(telling);
    telling = setTimeout(() => report(store.state.knobs), QUIET);
  };
  const stage = {
    header,
    store,
    tip,
    theme: () => theme,
    measured: () => results,
    detail,
    bound: () => limits,
    settled: () => settling.state,
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
    cellChoice() {
      const place = element("span", { class: "labelled" });
      menus.push(place);
      return place;
    },
  };
  function turn(patch) {
    const next = { ...store.state.knobs, ...patch };
    if (next.step > next.length) next.step = next.length;
    const cell = next.cells.includes(store.state.cell) ? store.state.cell : firstCell(next.cells);
    const step = Math.min(store.state.step ?? 0, next.length - 1);
    store.set({ knobs: next, cell, step });
  }
  const question = questionView(payload, knobs, () => store.set({ veil: store.state.veil + 1 }));
  const panel = knobsView(header, turn, tell);
  const views = [curveView(stage), whyView(stage), spectraView(stage), creditView(stage)];
  const [curve, why, spectra, credit] = views;
  const heavy = [why, spectra, credit].map((view) => {
    return { view, isSeen: false, missed: new Set() };
  });
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const one = heavy.find(({ view }) => view.element === target);
        one.isSeen = isIntersecting;
        if (isIntersecting) catchUp(one);
      }
    },
    { rootMargin: "150px" },
  );
  /** What is off the screen follows once the knobs rest, or once it is seen. */
  function catchUp({ view, missed }) {
    if (missed.size === 0) return;
    const changed = new Set(missed);
    missed.clear();
    view.update(changed);
  }
  root.append(
    question.element,
    element("div", { class: "bench" }, curve.element, panel.element),
    findings(),
    why.element,
    spectra.element,
    credit.element,
    tip.element,
  );
  host.append(root);

  function update(changed) {
    const started = performance.now();
    if (["knobs", "mount", "cell", "draws"].some((k) => changed.has(k))) {
      compute();
      settling.restart();
      panel.show(store.state.knobs);
      showMenus();
      root.setAttribute("data-cell", store.state.cell);
    }
    root.setAttribute("data-step", store.state.step ?? 0);
    curve.update(changed);
    for (const one of heavy) {
      for (const key of changed) one.missed.add(key);
      if (one.isSeen || !changed.has("knobs")) catchUp(one);
      else one.view.label?.();
    }
    if (changed.has("knobs")) {
      root.setAttribute("data-turns", ++drags);
      root.setAttribute("data-cost", (performance.now() - started).toFixed(3));
    }
  }
  let offered = "";
  function showMenus() {
    const { knobs: now, cell } = store.state;
    const options = now.cells.map((name) => [name, titleOf(name, now)]);
    if (JSON.stringify([options, cell]) === offered) return;
    offered = JSON.stringify([options, cell]);
    for (const place of menus) {
      const choice = menu("Cell looked at", options, (chosen) => store.set({ cell: chosen }));
      choice.show(cell);
      place.replaceChildren("of the ", choice.element);
    }
  }
  function dress() {
    root.classList.remove("dark");
    root.classList.toggle("dark", isDark(root));
    theme = readTheme(root);
    update(new Set(["theme"]));
  }
  for (const { view } of heavy) watch.observe(view.element);
  update(new Set(["mount"]));
  dress();
  const stopListening = store.subscribe(update);
  const stopWaiting = whenDressed(root, dress);
  return {
    dress,
    turn(patch) {
      turn(patch);
      tell();
      root.scrollIntoView({ block: "start" });
    },
    knobs: () => store.state.knobs,
    /** Other draws: another seed. */
    redraw(next) {
      [experiment, slow] = [createExperiment(next), createExperiment(next)];
      known.clear();
      store.set({ knobs: { ...store.state.knobs, seed: next.header.seed } });
    },
    destroy() {
      clearTimeout(telling);
      settling.stop();
      watch.disconnect();
      stopWaiting();
      stopListening();
      for (const view of views) view.destroy();
      root.remove();
    },
  };
}

/** What is looked at first: a cell with a direct path, where there is one. */
function firstCell(cells) {
  return cells.find((name) => name === "LSTM") ?? cells[0];
}

function said(cell, knobs) {
  if (cell === SCENE) return SCENE;
  return (
    `${titleOf(cell, knobs)}, length ${knobs.length}, scale ${knobs.scale}, ` +
    `${knobs.hidden} units, bias ${knobs.forget_bias}, input scale ${knobs.input_scale}`
  );
}

/**
 * The stepper on a page: one store, one model, and views that follow them.
 */

import { UNTOUCHED } from "./changes.js";
import { createController } from "./controller.js";
import { assign } from "../drawing/dom.js";
import { listenToKeys } from "./keys.js";
import { createModel } from "./model.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { questions } from "./stage.js";
import { VIEWS, arranged } from "./views.js";
import { wordsOf } from "./words.js";

/** @typedef {import("./state.js").State} State */

/**
 * @param {HTMLElement} host @param {import("../maths/payload.js").Payload} payload
 * @param {Map<string, import("./views.js").MakeView>} [makers]  which views: all where not given
 * @param {Partial<State>} [kept]  where the visitor was in a run of the same shape
 */
export function mount(host, payload, makers = VIEWS, kept = {}) {
  const { header } = payload;
  const model = createModel(payload, kept.item ?? header.item ?? 0);
  const store = createStore(firstState(header, model, kept));
  const controller = createController(store, model);
  const root = createRoot(host, about(header), { dress, resize });
  const views = viewsOf(makers, { header, model, store, controller, root });
  const list = [...views.values()];
  root.element.append(...arranged(views, header), root.tip.element);

  function update(changed) {
    if (changed.has("history") || changed.has("item")) {
      model.run(store.state.history.present);
      changed.add("run");
    }
    showPlace(root.element, store.state);
    for (const view of list) view.update(changed);
  }
  function dress() {
    update(new Set(["theme"]));
    resize();
  }
  function resize() {
    const row = root.element.querySelector(".row-plot") ?? root.element;
    if (row.clientWidth > 0) for (const view of list) view.resize?.(row.clientWidth);
  }
  model.run(store.state.history.present);
  update(new Set([...Object.keys(store.state), "mount", "run", "theme"]));
  const stops = [
    store.subscribe(update),
    listenToKeys(root.element, controller, () => store.state),
    ...list.map((view) => () => view.destroy()),
    root.destroy,
  ];
  takeKeys(root.element);
  return {
    header,
    get state() {
      return store.state;
    },
    refresh: root.refresh,
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

function about(header) {
  return {
    tabindex: 0,
    "aria-label": `Stepper: ${header.title}. Arrow keys step, space plays.`,
    "data-testid": "stepper",
  };
}

/** The views that have something to show. */
function viewsOf(makers, { header, model, store, controller, root }) {
  const words = header.layers.map(wordsOf);
  const views = new Map();
  const stage = {
    header,
    model,
    store,
    controller,
    tip: root.tip,
    theme: root.theme,
    words: (layer) => words[layer],
    answer: () => views.get("readout")?.sentence() ?? "",
    ...questions(store, model, header, controller),
  };
  for (const [name, make] of makers) {
    const view = make(stage);
    if (view !== null) views.set(name, view);
  }
  return views;
}

/** Where the visitor is, for style sheets and tests. */
function showPlace(root, { step, layer, unit, level, part }) {
  const places = { step, layer, "chosen-unit": unit, level, part };
  for (const [name, value] of Object.entries(places)) assign(root, `data-${name}`, value);
  root.classList.toggle("inside", level === "inside");
}

/** On a page where nothing has the focus yet, the keys are the stepper's: → steps at once. */
function takeKeys(root) {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) {
    root.focus({ preventScroll: true, focusVisible: false });
  }
}

function firstState(header, model, kept) {
  const layer = kept.layer ?? 0;
  const { hidden, cell } = header.layers[layer];
  return {
    step: Math.min(kept.step ?? 0, model.T - 1),
    part: cell.names.length,
    level: "steps",
    layer,
    item: model.item,
    unit: Math.min(kept.unit ?? liveliestUnit(model, layer), hidden - 1),
    name: null,
    hover: null,
    playing: false,
    speed: kept.speed ?? 2,
    history: kept.history ?? UNTOUCHED,
    reach: { units: "one", steps: "one" },
    explained: null,
    shown: "values",
  };
}

/** The unit whose memory moves most over the sequence: it has most to show. */
function liveliestUnit(model, layer) {
  const { cell, hidden } = model.header.layers[layer];
  const memory = model.ghosts(layer, cell.states.at(-1) ?? "h");
  const spans = Array.from({ length: hidden }, (_, unit) => {
    const along = Array.from({ length: model.T }, (_, t) => memory[t * hidden + unit]);
    return Math.max(...along) - Math.min(...along);
  });
  return Math.max(0, spans.indexOf(Math.max(...spans)));
}

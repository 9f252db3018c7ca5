/**
 * The stepper on a page: one store, one model, and views that follow them.
 */

import { whenAttended } from "../drawing/announcing.js";
import { assign } from "../drawing/dom.js";
import { nameControls } from "../drawing/hidden.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { _ } from "../drawing/texts.js";
import { announceRun } from "./announcements.js";
import { UNTOUCHED } from "./changes/changes.js";
import { questions } from "./context.js";
import { createController } from "./controller.js";
import { listenToKeys } from "./keys.js";
import { ranked } from "./lesions/lesion_order.js";
import { createModel } from "./model.js";
import { roomOf } from "./link/room.js";
import { VIEWS, arranged } from "./views.js";
import { numbersNow, numbersTyped } from "./weights/weights.js";
import { wordsOf } from "./words.js";
import { firstInView } from "./time_window.js";

/** @typedef {import("./context.js").StepHeader} StepHeader */
/** @typedef {import("./controller.js").Controller} Controller */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Topic} Topic */

/**
 * @param {HTMLElement} host @param {import("../maths/payload.js").Payload<StepHeader>} payload
 * @param {ReadonlyMap<string, import("./views.js").MakeView>} [makers]  which views: all where not
 *   given
 * @param {Partial<State>} [kept]  where the visitor was in a run of the same shape
 * @param {typeof arranged} [arrange]  where each view stands: as on the Step page where not given
 */
export function mount(host, payload, makers = VIEWS, kept = {}, arrange = arranged) {
  const { header } = payload;
  const model = createModel(payload, kept.item ?? header.item);
  const store = createStore(firstState(model, kept));
  const controller = createController(store, model);
  const root = createRoot(host, about(header), { dress, resize });
  const views = viewsOf(makers, contextOf({ header, model, store, controller, root }));
  const list = [...views.values()];
  root.element.append(...arrange(views, header), root.tip.element);

  /** @param {ReadonlySet<Topic>} changed */
  function update(changed) {
    showPlace(root.element, store.state);
    for (const view of list) view.update(changed);
  }
  /** @param {ReadonlySet<keyof State>} keys */
  function follow(keys) {
    if (keys.has("step") || keys.has("from")) {
      const { from, step } = store.state;
      store.set({ from: firstInView(from, step, model.T) }); // before the step is shown there
    }
    /** @type {Set<Topic>} */
    const changed = new Set(keys);
    if (keys.has("history") || keys.has("item")) {
      model.run(store.state.history.present);
      changed.add("run");
    }
    update(changed);
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
  update(new Set([...keysOf(store.state), "mount", "run", "theme"]));
  const announced = announceRun(root.element, store, model);
  const stops = [
    store.subscribe(follow),
    announced.stop,
    listenToKeys(root.element, controller, () => store.state),
    ...list.map((view) => () => view.destroy()),
    takeKeys(root.element),
    root.destroy,
  ];
  return {
    header,
    arrays: payload.arrays,
    get state() {
      return store.state;
    },
    subscribe: store.subscribe,
    ...linking({ model, store, controller, announced }),
    ...comparing({ model, store, controller }),
    redraw: () => update(new Set(["run"])),
    refresh: root.refresh,
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

/**
 * What a link needs to know, and where it leads.
 * @param {{model: Model, store: import("./state.js").StateStore, controller: Controller,
 *   announced: ReturnType<typeof announceRun>}} parts
 */
function linking({ model, store, controller, announced }) {
  const { header } = model;
  return {
    room: () => roomOf(model),
    liveArrays: () => model.liveArrays,
    typed: () => numbersTyped(model, store.state.history.present),
    all: () => numbersNow(model),
    /**
     * What is seen where nothing was chosen; of a layer and the sequence in view, their unit.
     * @param {number} layer
     */
    first: (layer) => ({ ...firstState(model, { layer }), layer: 0, item: header.item }),
    /** @param {import("./link/link.js").View|null} view  null: stay here @param {string} notice */
    lookAt(view, notice) {
      announced.silently(() => {
        if (view === null) return;
        model.take(view.item ?? header.item);
        controller.lookAt(view, firstState(model, { layer: view.layer }));
      });
      store.set({ notice });
    },
  };
}

/**
 * What another stepper beside this one does with it.
 * @param {{model: Model, store: import("./state.js").StateStore, controller: Controller}} parts
 */
function comparing({ model, store, controller }) {
  return {
    goTo: controller.goTo,
    /** It and the other use common scales. @param {{model: Model}} other */
    compareWith: (other) => model.compareWith(other.model),
    model,
    /** @param {Partial<State>} patch */
    turn(patch) {
      if (patch.item !== undefined) model.take(patch.item);
      store.set(patch);
    },
  };
}

/** @param {StepHeader} header */
function about(header) {
  return {
    tabindex: 0,
    "aria-label": _("Stepper: {title}. Arrow keys step, space plays.", { title: header.title }),
    "data-testid": "stepper",
  };
}

/**
 * What every view gets.
 * @param {Omit<import("./context.js").Basis, "tip"|"theme"|"words">
 *   & {root: import("../drawing/root.js").Root}} parts
 * @returns {import("./context.js").Context}
 */
function contextOf({ root, ...parts }) {
  const { header, model, store, controller } = parts;
  const words = header.layers.map(wordsOf);
  return {
    ...parts,
    tip: root.tip,
    theme: root.theme,
    words: (layer) => words[layer],
    ...questions(store, model, header, controller),
  };
}

/**
 * The views that have something to show.
 * @param {ReadonlyMap<string, import("./views.js").MakeView>} makers
 * @param {import("./context.js").Context} context
 */
function viewsOf(makers, context) {
  /** @type {Map<string, import("./views.js").View>} */
  const views = new Map();
  for (const [name, make] of makers) {
    const view = make(context);
    if (view !== null) views.set(name, view);
  }
  nameControls(
    "step",
    [...views].map(([name, view]) => [name, view.element]),
  );
  return views;
}

/**
 * Where the visitor is, for style sheets and tests.
 * @param {HTMLElement} root @param {State} state
 */
function showPlace(root, { step, layer, unit, level, part }) {
  const places = { step, layer, "chosen-unit": unit, level, part };
  for (const [name, value] of Object.entries(places)) assign(root, `data-${name}`, value);
  root.classList.toggle("inside", level === "inside");
}

/**
 * On a page where nothing has the focus yet, the keys are the stepper's: → steps at once. In a frame
 * they are those of the page around it, until the frame is pressed. Whatever stands over the page may
 * give them back.
 * @param {HTMLElement} root
 */
function takeKeys(root) {
  const { activeElement, body } = document;
  const take = () => root.focus({ preventScroll: true, focusVisible: false });
  if (window.top === window && (activeElement === null || activeElement === body)) take();
  return whenAttended(take);
}

/** @param {Model} model @param {Partial<State>} kept @returns {State} */
function firstState(model, kept) {
  const layer = kept.layer ?? 0;
  const { hidden, cell } = model.header.layers[layer];
  const step = Math.min(kept.step ?? 0, model.T - 1);
  return {
    step,
    from: firstInView(kept.from ?? 0, step, model.T),
    part: kept.part ?? cell.names.length,
    level: kept.level ?? "steps",
    layer,
    item: model.item,
    unit: Math.min(kept.unit ?? liveliestUnit(model, layer), hidden - 1),
    name: kept.name ?? null,
    hover: null,
    playing: false,
    speed: kept.speed ?? 2,
    history: kept.history ?? UNTOUCHED,
    reach: { units: "one", steps: "one" },
    selection: null,
    explained: kept.explained ?? null,
    shown: kept.shown ?? "values",
    weights: kept.weights !== undefined ? kept.weights : model.header.weights.typed ? "all" : null,
    figures: kept.figures ?? [],
    ranking: kept.ranking ?? ranked(model.header.readout !== null),
    pass: kept.figures?.includes("unrolled") ? (kept.pass ?? null) : null,
    notice: kept.notice ?? "",
  };
}

/**
 * The unit whose memory moves most over the sequence: it has most to show.
 * @param {Model} model @param {number} layer
 */
function liveliestUnit(model, layer) {
  const { cell, hidden } = model.header.layers[layer];
  const memory = model.ghosts(layer, cell.states.at(-1) ?? "h");
  const spans = Array.from({ length: hidden }, (_, unit) => {
    let [low, high] = [Infinity, -Infinity];
    for (let at = unit; at < memory.length; at += hidden) {
      low = Math.min(low, memory[at]);
      high = Math.max(high, memory[at]);
    }
    return high - low;
  });
  return Math.max(0, spans.indexOf(Math.max(...spans)));
}

/** @template {object} S @param {S} state */
function keysOf(state) {
  /** @type {Set<Extract<keyof S, string>>} */
  const keys = new Set();
  for (const key in state) keys.add(key);
  return keys;
}

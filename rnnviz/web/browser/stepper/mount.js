/**
 * The stepper on the page: one store, one model, and views that follow them.
 */

import { UNTOUCHED } from "./changes.js";
import { changesBar } from "./changes_bar.js";
import { createController } from "./controller.js";
import { diagramView } from "./diagram_view.js";
import { assign, element } from "../drawing/dom.js";
import { equationsView } from "./equations_view.js";
import { explainView } from "./explain_view.js";
import { gradientView } from "./gradient_chart.js";
import { headView } from "./head_view.js";
import { listenToKeys } from "./keys.js";
import { mapsView } from "./maps.js";
import { createModel } from "./model.js";
import { narrator } from "./narrator.js";
import { playerView } from "./player.js";
import { readoutView } from "./readout_view.js";
import { createStore } from "../drawing/store.js";
import { questions } from "./stage.js";
import { stripView } from "./strip.js";
import { isDark, readTheme, whenDressed } from "../drawing/theme.js";
import { createTip } from "../drawing/tip.js";
import { unitView } from "./unit_chart.js";
import { wordsOf } from "./words.js";

/**
 * @param {HTMLElement} host @param {import("../maths/payload.js").Payload} payload
 * @param {Partial<import("./state.js").State>} [kept]  where the visitor was in a run of
 *   the same shape
 */
export function mount(host, payload, kept = {}) {
  const { header } = payload;
  const model = createModel(payload, kept.item ?? header.item ?? 0);
  const store = createStore(firstState(header, model, kept));
  const controller = createController(store, model);
  const root = element("div", {
    class: "rnnviz",
    tabindex: 0,
    role: "group",
    "aria-label": `Stepper: ${header.title}. Arrow keys step, space plays.`,
    "data-testid": "stepper",
  });
  const all = header.layers.map(wordsOf);
  const tip = createTip();
  let theme = null,
    answer = () => "";
  const stage = {
    header,
    model,
    store,
    controller,
    tip,
    theme: () => theme,
    words: (layer) => all[layer],
    answer: () => answer(),
    ...questions(store, model, header, controller),
  };

  host.append(root);
  showTheme();
  const readout = readoutView(stage);
  if (readout) answer = readout.sentence;
  const views = {
    head: headView(stage),
    strip: stripView(stage),
    player: playerView(stage),
    changes: changesBar(stage),
    diagram: diagramView(stage),
    readout,
    equations: equationsView(stage),
    explain: explainView(stage),
    maps: mapsView(stage),
    gradients: gradientView(stage),
    unit: unitView(stage),
    narrator: narrator(stage),
  };
  arrange(root, header, views, tip);
  const list = Object.values(views).filter((view) => view !== null);

  function update(changed) {
    if (changed.has("history") || changed.has("item")) {
      model.run(store.state.history.present);
      changed.add("run");
    }
    const { step, layer, unit, level } = store.state;
    for (const [name, value] of [
      ["data-step", step],
      ["data-layer", layer],
      ["data-chosen-unit", unit],
      ["data-level", level],
      ["data-part", store.state.part],
    ])
      assign(root, name, value);
    root.classList.toggle("inside", level === "inside");
    for (const view of list) view.update(changed);
  }
  function showTheme() {
    root.classList.remove("dark");
    root.classList.toggle("dark", isDark(root));
    theme = readTheme(root);
  }
  model.run(store.state.history.present);
  const everything = new Set([...Object.keys(store.state), "mount", "run", "theme"]);
  update(everything);
  const stopListening = store.subscribe(update);
  const stopKeys = listenToKeys(root, controller, () => store.state);
  takeKeys(root);
  const stopWaiting = whenDressed(root, refresh);
  const watch = new ResizeObserver(() => resize());
  watch.observe(root);

  function resize() {
    const width = root.querySelector(".strip .row-plot").clientWidth;
    if (width === 0) return;
    for (const view of list) view.resize?.(width);
  }
  /** Something about the page changed that no store knows: its colours. */
  function refresh() {
    showTheme();
    update(new Set(["theme"]));
    resize();
  }
  return {
    get header() {
      return header;
    },
    get state() {
      return store.state;
    },
    refresh,
    destroy() {
      watch.disconnect();
      stopWaiting();
      stopListening();
      stopKeys();
      for (const view of list) view.destroy();
      root.remove();
    },
  };
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

function arrange(root, header, views, tip) {
  const {
    head,
    strip,
    player,
    changes,
    diagram,
    readout,
    equations,
    explain,
    maps,
    gradients,
    unit,
    narrator: voice,
  } = views;
  const answer = readout?.element ?? null,
    fewEquations = header.layers[0].cell.names.length <= 4;
  strip.element.append(player.scrub);
  root.append(
    head.element,
    strip.element,
    player.element,
    changes.element,
    element(
      "div",
      { class: "stage" },
      element("div", { class: "left" }, diagram.element, fewEquations ? null : answer),
      element(
        "div",
        { class: "right" },
        equations.element,
        fewEquations ? answer : null,
        explain.element,
      ),
    ),
    maps.element,
    gradients.element,
    unit.element,
    voice.element,
    tip.element,
  );
}

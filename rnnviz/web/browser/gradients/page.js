/** The Gradients page: one store of knobs, what is measured at them, and views that follow. */

import { assign, element, menu, touches } from "../drawing/dom.js";
import { nameControls } from "../drawing/hidden.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { _, _nodes } from "../drawing/texts.js";
import { announcePage } from "./announcements.js";
import { createBench } from "./bench.js";
import { creditView } from "./credit_view.js";
import { curveView } from "./curve_view.js";
import { findings } from "./findings.js";
import { following } from "./following.js";
import { knobsView } from "./knobs_view.js";
import { firstCell, shownOf, stateOf, whereOf, zoomWithin } from "./looking.js";
import { questionView } from "./question_view.js";
import { cellNames, titleOf } from "./series.js";
import { spectraView } from "./spectra_view.js";
import { whyView } from "./why_view.js";

const QUIET = 300; // ms a choice rests before the server hears of it

/**
 * @typedef {import("./context.js").Changed} Changed
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./context.js").State} State
 * @typedef {import("./setup.js").Payload} Payload
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("./looking.js").Where} Where
 * @typedef {import("../drawing/store.js").Store<State>} StateStore
 */

/**
 * @param {HTMLElement} host
 * @param {Payload} payload
 * @param {Object} given
 * @param {Where} given.where  it begins
 * @param {() => void} given.report  called when the knobs have come to rest
 * @param {Context["savePage"]} given.savePage
 * @param {(changed: Changed) => void} given.followed  called when something else is looked at
 */
export function mountPage(host, payload, { where, report, savePage, followed }) {
  const known = cellNames(payload.header);
  const store = createStore(stateOf(where, known));
  const root = createRoot(host, aboutPage(), { dress: () => update(new Set(["theme"])) });
  const bench = createBench(payload, store, () => raiseSettled(store));
  const question = questionView(payload, store);
  const choices = cellChoices(store);
  const announced = announcePage(root.element, store, payload.header.address);
  const { turn, tell, stop } = turning({ store, report, known, announced });
  const panel = knobsView(payload.header, turn, tell);
  const context = contextOf(payload.header, store, bench, root, {
    isVeiled: question.isOpen,
    savePage,
    toggle: toggling(store, turn, tell),
    cellChoice: choices.place,
  });
  const curve = curveView(context);
  const below = [whyView(context), spectraView(context), creditView(context)];
  const rest = following(below);
  const update = timed(root.element, follow);

  /** @param {Changed} changed */
  function follow(changed) {
    if (touches(changed, "knobs", "mount", "cell", "attention")) {
      bench.compute({ isDetailed: rest.isAnySeen() });
      panel.show(store.state.knobs);
      choices.show();
      assign(root.element, "data-cell", store.state.cell);
    }
    assign(root.element, "data-step", store.state.step);
    question.update(changed);
    curve.update(changed);
    rest.update(changed);
    followed(changed);
  }
  const desk = element("div", { class: "bench" }, curve.element, panel.element);
  const sections = below.map((view) => view.element);
  nameControls("gradients", partsOf(question, curve, panel, sections));
  root.element.append(question.element, desk, curve.numbers, findings(), ...sections);
  root.element.append(root.tip.element);
  rest.watch();
  update(new Set(["mount", "theme"]));
  const parts = [announced, bench, rest, question, curve, ...below, root];
  const stops = [store.subscribe(update), stop, ...parts.map(({ destroy }) => destroy)];
  return {
    refresh: root.refresh,
    /** @param {Partial<Knobs>} patch */
    turn(patch) {
      turn(patch);
      tell();
      root.element.scrollIntoView({ block: "start" });
    },
    where: () => whereOf(store.state),
    /** As Back or Forward has it. @param {Where} next */
    show: (next) => announced.silently(() => store.set(stateOf(next, known))),
    /** Other draws: another seed. @param {Payload} next */
    redraw(next) {
      bench.redraw(next);
      question.redraw(next);
      store.set({ knobs: { ...store.state.knobs, seed: next.header.seed } });
    },
    destroy: () => stops.forEach((one) => one()),
  };
}

/**
 * By name, what a link may leave out.
 * @param {{element: Element}} question @param {{element: Element, numbers: Element}} curve
 * @param {{element: Element}} panel @param {Element[]} sections
 * @returns {Array<[string, Element]>}
 */
const partsOf = (question, curve, panel, [why, spectra, credit]) => [
  ["question", question.element],
  ["curve", curve.element],
  ["knobs", panel.element],
  ["numbers", curve.numbers],
  ...Object.entries({ why, spectra, credit }),
];

const aboutPage = () => ({
  "aria-label": _("How far back does the error reach?"),
  "data-testid": "gradients",
});

/**
 * @param {Context["header"]} header @param {StateStore} store
 * @param {ReturnType<typeof createBench>} bench @param {import("../drawing/root.js").Root} root
 * @param {Pick<Context, "isVeiled"|"savePage"|"toggle"|"cellChoice">} own  the page's own
 * @returns {Context}
 */
function contextOf(header, store, { measured, detail, bound, settled }, { tip, theme }, own) {
  return {
    header,
    store,
    measured,
    detail,
    bound,
    settled,
    tip,
    theme,
    point(step) {
      const { length } = store.state.knobs;
      if (step !== null) store.set({ step: Math.min(Math.max(step, 0), length - 1) });
    },
    zoom(range) {
      const { length } = store.state.knobs;
      store.set({ zoom: range && zoomWithin(Math.round(range[0]), Math.round(range[1]), length) });
    },
    ...own,
  };
}

/**
 * The same, which tells how many turns of the knobs it followed, and what the last cost, in ms.
 * @param {Element} node @param {(changed: Changed) => void} follow
 */
function timed(node, follow) {
  let turns = 0;
  return (/** @type {Changed} */ changed) => {
    const started = performance.now();
    follow(changed);
    if (!touches(changed, "knobs")) return;
    assign(node, "data-turns", ++turns);
    assign(node, "data-cost", (performance.now() - started).toFixed(3));
  };
}

/** What takes longer than a frame has come further. @param {StateStore} store */
function raiseSettled(store) {
  store.set({ settled: store.state.settled + 1 });
}

/**
 * Turning knobs: what hangs on them is kept in range; the server hears of it once they rest.
 * @param {{store: StateStore, report: () => void, known: string[], announced:
 *   ReturnType<typeof announcePage>}} parts  known: the cells that there are
 */
function turning({ store, report, known, announced }) {
  let timer = 0;
  return {
    /** @param {Partial<Knobs>} patch */
    turn(patch) {
      announced.turn();
      const next = { ...store.state.knobs, ...patch };
      next.cells = shownOf(next.cells, known);
      if (next.step > next.length) next.step = next.length;
      store.set({ knobs: next, ...within(store.state, next) });
    },
    tell() {
      announced.rest();
      clearTimeout(timer);
      timer = setTimeout(report, QUIET);
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * What is looked at, as far as it is there at these knobs.
 * @param {State} state @param {Knobs} knobs
 * @returns {Partial<State>}
 */
function within({ cell, step, cut, matrix, unit, zoom }, { cells, length, hidden }) {
  const last = length - 1;
  return {
    cell: cells.includes(cell) ? cell : firstCell(cells),
    step: Math.min(step, last),
    cut: cut === null ? null : Math.min(cut, last),
    matrix: matrix === null ? null : Math.min(matrix, last),
    unit: unit !== null && unit < hidden ? unit : null,
    zoom: zoom && zoomWithin(...zoom, length),
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
        const choice = menu(_("Cell looked at"), options, (chosen) => store.set({ cell: chosen }));
        choice.show(cell);
        place.replaceChildren(..._nodes("Cell: {menu}", { menu: choice.element }));
      }
    },
  };
}

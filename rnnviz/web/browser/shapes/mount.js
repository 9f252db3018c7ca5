/** The call and its picture: one store of what is looked at, and views of what the server sent. */

import { element, touches } from "../drawing/dom.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { _ } from "../drawing/texts.js";
import { announceLook, announceSettings } from "./announcements.js";
import { codeView } from "./code_view.js";
import { createEdits } from "./edits.js";
import { entriesView } from "./entries_view.js";
import { factsView } from "./facts_view.js";
import { figureView } from "./figure_view.js";
import { atFirst, read, written } from "./look.js";
import { legendView } from "./legend_view.js";
import { lookKeeper } from "./look_keeper.js";
import { namesView } from "./names_view.js";
import { outputWithin, stateWithin } from "./net.js";
import { pinsAt, readingView } from "./reading_view.js";
import { switchesView } from "./switches_view.js";
import { waitingView } from "./waiting_view.js";

/**
 * @typedef {import("./context.js").Changed} Changed
 * @typedef {import("./context.js").State} State
 * @typedef {import("./header.js").CallHeader} CallHeader
 * @typedef {import("../maths/payload.js").Payload<CallHeader>} Payload
 */

/**
 * @param {HTMLElement} host @param {Payload} first
 * @param {(asked: object) => void} press  what is asked of the server
 * @param {{canPaste: boolean}} can  canPaste: code is read there
 */
export function mount(host, first, press, { canPaste }) {
  const store = createStore(stateOf(first));
  const root = createRoot(host, aboutPage(), {
    dress: () => update(new Set(["theme"])),
    resize: () => views.forEach((view) => view.resize?.()),
  });
  const waiting = waitingView();
  const edits = createEdits(first.header, (asked) => {
    waiting.begin();
    press({ ...asked, look: written(store.state) });
  });
  const keeper = lookKeeper(() => written(store.state));
  /** @type {import("./context.js").Context} */
  const context = {
    store,
    edits,
    theme: root.theme,
    canPaste,
    choose(cell) {
      if (!cell) return;
      const unit = store.state.output[2] % store.state.net.out;
      store.set(pinsAt(store.state.net, cell, unit));
    },
  };
  const named = {
    code: codeView(context),
    switches: switchesView(context),
    figure: figureView(context),
    legend: legendView(context),
    reading: readingView(context),
    names: namesView(context),
    entries: entriesView(context),
    facts: factsView(context),
  };
  /** @type {import("./context.js").View[]} */
  const views = Object.values(named);

  /** @param {Changed} changed */
  function update(changed) {
    for (const view of views) view.update(changed);
    keeper.follow(changed);
    announceLook(root.element, changed, store.state);
    const { header, output, state } = store.state;
    if (!touches(changed, "output", "state")) return;
    if ([output[1], state[1]].some((item) => !header.example.items.includes(item))) edits.ask();
  }
  const above = [named.code, named.switches, waiting].map((view) => view.element);
  const top = element("div", { class: "top" }, ...above);
  const below = [named.figure, named.legend, named.reading].map((view) => view.element);
  const left = element("div", { class: "left" }, ...below);
  const right = [named.names, named.entries, named.facts].map((view) => view.element);
  root.element.append(
    top,
    element("div", { class: "middle" }, left, element("div", { class: "right" }, ...right)),
  );
  const stop = store.subscribe(update);
  update(new Set(["mount", "theme"]));
  return {
    /** @param {Payload} next */
    take(next) {
      if (next.header.id === store.state.header.id && next.header.turn === store.state.header.turn)
        return root.refresh();
      const isElsewhere = next.header.moves !== store.state.header.moves;
      if (edits.take(next.header)) waiting.end();
      if (!isElsewhere) announceSettings(root.element, store.state.header, next.header);
      store.set(isElsewhere ? stateOf(next) : followed(store.state, next));
    },
    refresh: root.refresh,
    destroy() {
      stop();
      keeper.destroy();
      edits.stop();
      waiting.end();
      for (const view of views) view.destroy?.();
      root.destroy();
    },
  };
}

const aboutPage = () => ({
  class: "shapes",
  "aria-label": _("What goes in, what comes out, and which is which"),
  "data-testid": "shapes",
});

/** As an address has it. @param {Payload} payload @returns {State} */
function stateOf({ header, arrays }) {
  const { net } = header;
  const look = read(net, header.look) ?? atFirst(net);
  return { header, arrays, net, ...look, pointed: null, hinted: null };
}

/** The same entries in another network, as far as it has them. @param {Readonly<State>} state @param {Payload} next @returns {State} */
function followed(state, { header, arrays }) {
  const { net } = header;
  return {
    ...state,
    header,
    arrays,
    net,
    output: outputWithin(net, state.output),
    state: stateWithin(net, state.state),
    pointed: null,
  };
}

/** A text, each token coloured by what the network makes of it: one store, and its views. */

import { element, write } from "../drawing/dom.js";
import { nameControls } from "../drawing/hidden.js";
import { createRoot } from "../drawing/root.js";
import { createStore } from "../drawing/store.js";
import { _ } from "../drawing/texts.js";
import { choiceView } from "./choice_view.js";
import { legendView } from "./legend_view.js";
import { lookKeeper, lookedAt } from "./link.js";
import { lookOf, sourcesOf, unitsOf } from "./looks.js";
import { numbersView } from "./numbers_view.js";
import { replacedView } from "./replaced_view.js";
import { rowView } from "./row_view.js";
import { aboutOf, nameOf } from "./words.js";

/**
 * @typedef {import("./context.js").State} State
 * @typedef {import("./looks.js").Payload} Payload
 */

/** @param {HTMLElement} host @param {Payload} first */
export function mount(host, first) {
  const store = createStore(/** @type {State} */ (begun(first)));
  const root = createRoot(
    host,
    { class: "sentence", "aria-label": _("A text, coloured"), "data-testid": "sentence" },
    { dress: () => store.set({ theme: store.state.theme + 1 }) },
  );
  function look() {
    const { payload, source, unit } = store.state;
    return lookOf(payload, source, unit !== null && unit < unitsOf(source) ? unit : null);
  }
  function ramp() {
    const { gates, signed } = root.theme();
    const { role } = look();
    return (role === null ? undefined : gates.get(role)) ?? signed;
  }
  /** @type {import("./context.js").Context} */
  const context = { store, look, ramp, theme: root.theme };
  const about = element("p", { class: "about" });
  const named = {
    choice: choiceView(context),
    row: rowView(context),
    legend: legendView(context),
    replaced: replacedView(context),
    numbers: numbersView(context),
  };
  const views = Object.values(named);
  nameControls(
    "sentence",
    Object.entries(named).map(([name, view]) => [name, view.element]),
  );
  /** @param {ReadonlySet<keyof State>} changed */
  function update(changed) {
    write(about, aboutOf(store.state.payload.header));
    for (const view of views) view.update(changed);
  }
  root.element.append(about, ...views.map((view) => view.element));
  const keeper = lookKeeper(
    () => store.state,
    () => store.set(lookedAt(store.state.payload)),
  );
  const stops = [store.subscribe(update), store.subscribe(keeper.follow), keeper.destroy];
  update(new Set(["payload", "source", "unit", "place", "theme"]));
  return {
    /** @param {Payload} next */
    take(next) {
      if (next.header.id === store.state.payload.header.id) return root.refresh();
      store.set(followed(store.state, next));
    },
    refresh: root.refresh,
    destroy() {
      stops.forEach((stop) => stop());
      root.destroy();
    },
  };
}

/** What the address asks for. @param {Payload} payload */
function begun(payload) {
  return { payload, ...lookedAt(payload), pointed: null, theme: 0 };
}

/** The same look at another text, as far as it is there. @param {Readonly<State>} state @param {Payload} payload */
function followed({ source, place }, payload) {
  const sources = sourcesOf(payload.header);
  return {
    payload,
    source: sources.find((one) => nameOf(one) === nameOf(source)) ?? sources[0],
    place: Math.min(place, payload.header.tokens.length - 1),
    pointed: null,
  };
}

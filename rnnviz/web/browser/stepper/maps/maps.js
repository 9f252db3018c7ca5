/** Every gate and state over time, one map each: a line per unit, a column per time step. */

import { element, segmented, touches, write } from "../../drawing/dom.js";
import { caption } from "../../drawing/plot.js";
import { whenSeen } from "../../drawing/seen.js";
import { termOf } from "../../drawing/term.js";
import { N_, _ } from "../../drawing/texts.js";
import { MOST_LINES, mapRow } from "./map_row.js";
import { selectionBar } from "./selection_bar.js";
import { timeAxis } from "../lines/time_axis.js";
import { columnsOf } from "../time_window.js";

const HOW = N_(
  "Each line of a map is one unit, each column one time step. A gate goes from blank at 0 to full colour at 1; a signed value is blue below 0, blank at 0, orange above.",
);
const SELECT = N_("Drag over squares, or press Shift and an arrow, to hold them all at a number.");
const CHANGED = N_("In columns that you changed, the left quarter is the untouched run.");
/** @type {Array<[import("../state.js").State["shown"], string]>} */
const SHOWN = [
  ["values", N_("values")],
  ["difference", N_("difference")],
];

/** @param {import("../context.js").Context} context @returns {import("../views.js").View} */
export function mapsView(context) {
  const { header, model, store, controller } = context;
  const shown = segmented(
    _("what the maps show"),
    SHOWN.map(([value, text]) => [value, _(text)]),
    controller.show,
  );
  const gates = legend(_("gate 0"), "gate-bar", "1");
  const head = headOf(gates, shown.element);
  const rows = element("div", { class: "map-rows" });
  const axis = timeAxis(columnsOf(model.T), () => store.state.from);
  const limit = element("span", { class: "limit" });
  const how = caption("", null);
  const under = element("div", { class: "under" }, how, limit);
  const bar = selectionBar(context);
  const section = element(
    "section",
    { class: "maps" },
    ...[head, rows, axis.element, bar.element, under],
  );
  section.setAttribute("aria-label", _("maps over time"));
  const seen = whenSeen(section);
  /** @type {ReturnType<typeof mapRow>[]} */
  let maps = [];
  let lastWidth = 0;

  function build() {
    const { layer } = store.state;
    const { cell } = header.layers[layer];
    for (const map of maps) map.destroy();
    maps = cell.names.map((name) => mapRow(context, layer, name, seen.draw));
    rows.replaceChildren(...maps.map((map) => map.element));
    gates.hidden = cell.gates.length === 0;
    if (lastWidth > 0) resize(lastWidth);
  }
  /** @param {number} width */
  function resize(width) {
    lastWidth = width;
    axis.resize(width);
    const { hidden } = header.layers[store.state.layer];
    limit.textContent = limitOf(hidden, columnsOf(model.T), width);
  }
  return {
    element: section,
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "from") && lastWidth > 0) axis.resize(lastWidth);
      if (touches(changed, "run", "shown")) {
        shown.show(store.state.shown);
        shown.element.hidden = !model.isChanged;
        const isBoth = model.isChanged && store.state.shown === "values";
        write(how, [_(HOW), _(SELECT), ...(isBoth ? [_(CHANGED)] : [])].join(" "));
      }
      bar.update(changed);
      for (const map of maps) map.update(changed);
    },
    resize,
    destroy() {
      seen.destroy();
      for (const map of maps) map.destroy();
    },
  };
}

/** @param {HTMLElement} gates  the legend of gates @param {HTMLElement} shown  a choice */
function headOf(gates, shown) {
  const title = element("h3", {}, termOf(_("Every unit over time"), "unit"));
  const spring = element("span", { class: "spring" });
  const about = { class: "section-head" };
  return element("div", about, title, gates, legend("−", "signed-bar", "+"), spring, shown);
}

/**
 * What a map cannot show at this size, in words; empty where it shows everything.
 * @param {number} hidden @param {number} T @param {number} width
 */
function limitOf(hidden, T, width) {
  const notes = [];
  const pixels = Math.round(width * (globalThis.devicePixelRatio || 1));
  if (T > pixels)
    notes.push(
      _("{steps} steps on {pixels} pixels: neighbours share a column", { steps: T, pixels }),
    );
  if (hidden > MOST_LINES)
    notes.push(
      _("{units} units on {lines} lines: neighbours share one", {
        units: hidden,
        lines: MOST_LINES,
      }),
    );
  return notes.join("; ");
}

/** @param {string} low @param {string} bar @param {string} high */
function legend(low, bar, high) {
  const colours = element("i", { class: `bar ${bar}` });
  return element("span", { class: "legend", "aria-hidden": "true" }, low, colours, high);
}

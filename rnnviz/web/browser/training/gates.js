/** The gates of one run: their means, and how many of their values are open and closed. */

import { css } from "../drawing/colours.js";
import { assign, element } from "../drawing/dom.js";
import { legendEntry } from "../drawing/legend.js";
import { lookOf, roleColour } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { linearAxis } from "../drawing/scales.js";
import { termOf } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { within } from "./axes.js";
import { rangeOf } from "./looking.js";
import { panel } from "./panel.js";
import { placeOf, wayOf } from "./records.js";
import { colourOf } from "./runs.js";

const SHARES = linearAxis(0, 1, short);

/**
 * @typedef {import("./header.js").Gate} Gate
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./records.js").RunRecord} RunRecord
 */

/** @param {string} letter @param {import("./panel.js").Pointer} pointer */
export function gatesOf(letter, pointer) {
  const gates = panel(_("Gates of run {letter}", { letter }), { height: 108, bottom: 20 }, pointer);
  const legend = gateLegend();
  const node = element(
    "div",
    { class: "gates", "data-run": letter },
    gates.element,
    legend.element,
  );
  return {
    element: node,
    /**
     * @param {RunRecord} record @param {import("./maps.js").Base} base @param {View} view
     * @param {{hasShares: boolean, update: number}} options
     */
    show(record, { cursor, across }, view, { hasShares, update }) {
      const way = wayOf(record, view.way);
      node.style.setProperty("--run", css(colourOf(letter, view.dark)));
      gates.note(record.about.says);
      const lines = gateLines(record, way).filter(({ part }) => hasShares || part === "mean");
      gates.draw({ across, up: SHARES, lines, ends: endsOf(lines, rangeOf(view)) }, cursor);
      legend.show(record, update, way);
    },
    destroy: gates.destroy,
  };
}

/**
 * Each gate's name, level with its last mean in view.
 * @param {ReturnType<typeof gateLines>} lines @param {[number, number]} range
 */
function endsOf(lines, range) {
  return lines.flatMap(({ part, at, values, gate, colour }) => {
    const value = within(at, values, range).findLast((one) => Number.isFinite(one));
    return part !== "mean" || value === undefined
      ? []
      : [{ value, text: called(gate), short: gate.name, colour }];
  });
}

/**
 * "f forget gate"; of a cell of one's own, whose gates have no other title, "f".
 * @param {Gate} gate
 */
const called = ({ name, title }) => (name === title ? name : `${name} ${title}`);

/**
 * Of each gate its mean, and how many of its values are open and closed.
 * @param {RunRecord} record @param {string} way  the layer, see `wayOf`
 */
export function gateLines({ about: { gates }, updates, series }, way) {
  return gates.flatMap((gate, k) => {
    const { name, role } = gate;
    const of = (/** @type {"open"|"closed"|"mean"} */ kind) => ({
      part: kind,
      gate,
      name: `${kind} ${name}`,
      title: `${called(gate)}, ${kind}`,
      at: updates,
      values: series.get(`${way}gate_${kind}.${name}`) ?? [],
      ...lookOf(k, roleColour(role)),
    });
    return [
      { ...of("open"), width: 1, alpha: 0.7, dash: [2, 3] },
      { ...of("closed"), width: 1, alpha: 0.7, dash: [6, 3] },
      { ...of("mean"), width: 2, dash: [] },
    ];
  });
}

/** Each gate's name and its mean at the update looked at. */
function gateLegend() {
  const node = element("p", { class: "gate-legend" });
  /** @type {Array<{name: string} & ReturnType<typeof legendEntry>>} */
  let entries = [];
  let shown = "";
  /** @param {RunRecord} record */
  function build({ letter, about: { gates } }) {
    shown = gates.map(({ name }) => name).join();
    entries = gates.map((gate, k) => {
      const { name, role } = gate;
      const look = { ...lookOf(k, roleColour(role)), dash: [] };
      const entry = legendEntry(look, termOf(called(gate), gate.term, gate.purpose), " ");
      assign(entry.value, "data-run", letter);
      assign(entry.value, "data-name", `gate_mean.${name}`);
      return { name, ...entry };
    });
    node.replaceChildren(...entries.map((entry) => entry.element));
  }
  return {
    element: node,
    /** @param {RunRecord} record @param {number} update @param {string} way */
    show(record, update, way) {
      const { about, updates, series } = record;
      if (about.gates.map(({ name }) => name).join() !== shown) build(record);
      const place = placeOf(updates, update);
      for (const { name, show, value } of entries) {
        const number = place < 0 ? NaN : lookup(series, `${way}gate_mean.${name}`)[place];
        show(Number.isNaN(number) ? "" : short(number));
        assign(value, "data-value", number);
      }
    },
  };
}

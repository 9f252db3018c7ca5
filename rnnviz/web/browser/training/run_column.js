/** What belongs to one run alone: the maps of its gradients, and its gates. */

import { css } from "../drawing/colours.js";
import { assign, element, write } from "../drawing/dom.js";
import { growingMap } from "../drawing/growing_map.js";
import { legendEntry } from "../drawing/legend.js";
import { lookOf, roleColour } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { linearAxis } from "../drawing/scales.js";
import { panel } from "./panel.js";
import { lookup } from "../maths/lookup.js";
import { lastOf, lastStepOf, placeOf, wayOf } from "./records.js";
import { colourOf } from "./runs.js";

const HEIGHT = 120;
const SHARES = linearAxis(0, 1, short);

/**
 * @typedef {import("../drawing/picture.js").Picture} Picture
 * @typedef {import("../drawing/scales.js").Axis} Axis
 * @typedef {import("./header.js").Gate} Gate
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./records.js").RunRecord} RunRecord
 * @typedef {Pick<Picture, "across"|"signs"> & {cursor: number|null}} Base  of every picture
 */

/** @param {string} letter @param {import("./panel.js").Pointer} report  what charts tell */
export function runColumn(letter, report) {
  const title = element("h3", { class: "run-title" });
  const node = element("div", { class: "column", "data-run": letter }, title);
  const gates = panel("Gates", "", HEIGHT, report);
  const legend = gateLegend();
  /** @type {Map<string, ReturnType<typeof mapPanel>>} */
  const maps = new Map();

  /** @param {string} state */
  function mapOf(state) {
    if (!maps.has(state)) {
      const one = mapPanel(state, report);
      maps.set(state, one);
      node.append(one.element);
    }
    return lookup(maps, state);
  }
  return {
    element: node,
    /**
     * @param {RunRecord} record @param {Axis} scale  of the maps
     * @param {Base} base @param {View} view @param {import("./looking.js").UpdateOf} updateOf
     */
    show(record, scale, { cursor, ...base }, view, updateOf) {
      const { about } = record,
        way = wayOf(record, view.way);
      node.style.setProperty("--run", css(colourOf(letter, view.dark)));
      write(title, `${letter} · ${about.says}`);
      for (const state of about.states) {
        const { map, draw } = mapOf(state);
        paintHistory(map, record, way + state, scale, view);
        const backdrop = { ...extent(record.rows), lay: map.lay };
        draw({ ...base, up: downward(lastStepOf(record)), lines: [], backdrop }, cursor);
      }
      if (about.gates.length === 0) return;
      gates.note(
        "mean over units, steps and sequences; dotted: share over 0.9, dashed: share under 0.1",
      );
      gates.draw({ ...base, up: SHARES, lines: gateLines(record, way) }, cursor);
      legend.show(record, updateOf(record), way);
      if (!gates.element.isConnected) node.append(gates.element, legend.element);
    },
    destroy() {
      for (const one of [...maps.values(), gates]) one.destroy();
    },
  };
}

/** @param {string} state @param {import("./panel.js").Pointer} report */
function mapPanel(state, report) {
  const note = "time runs downward; colour is its power of ten";
  return { ...panel(`‖dL/d${state}ₜ‖`, note, HEIGHT, report), map: growingMap() };
}

/**
 * @param {ReturnType<typeof growingMap>} map @param {RunRecord} record
 * @param {string} name  of the record's map
 * @param {Axis} scale @param {View} view
 */
function paintHistory(map, { about, maps }, name, { low, high }, { header, theme, isShare }) {
  const rows = maps.get(name) ?? [];
  const look = { ...theme, ramp: theme.lengths, low, high };
  const identity = `${about.id} ${name} ${header.strides.rows} ${isShare}`;
  const numbersOf = (/** @type {number} */ k) => exponents(rows[k], isShare);
  map.grow(rows.length, about.columns.length, numbersOf, look, identity);
}

/**
 * Lengths over time as powers of ten, or what they are of that at the last step.
 * @param {Float64Array} lengths @param {boolean} isShare
 */
function exponents(lengths, isShare) {
  const whole = isShare ? lastOf(lengths) : 1;
  return lengths.map((length) => Math.log10(length / whole));
}

/**
 * A column ends at its update and begins at the one before that was kept.
 * @param {number[]} updates
 */
function extent(updates) {
  const [first, last] = [updates[0], updates[updates.length - 1]];
  const stride = updates.length > 1 ? (last - first) / (updates.length - 1) : 1;
  return { from: first - stride, to: last };
}

/** Time steps from top to bottom. @param {number} last @returns {Axis} */
function downward(last) {
  return {
    low: 1,
    high: last,
    ticks: () => [1, last],
    at: (step) => step,
    text: (step) => `step ${step}`,
    place: (step) => 1 - (step - 0.5) / last,
  };
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
    const of = (/** @type {string} */ kind) => ({
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
      const entry = legendEntry(look, `${called(gate)} `);
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

/** What belongs to one run alone: the maps of its gradients, and its gates. */

import { css } from "../drawing/colours.js";
import { assign, element, write } from "../drawing/dom.js";
import { growingMap } from "../drawing/growing_map.js";
import { legendEntry } from "../drawing/legend.js";
import { lookOf, roleColour } from "../drawing/marks.js";
import { short } from "../drawing/number_format.js";
import { linearAxis } from "../drawing/scales.js";
import { panel } from "./panel.js";
import { lastOf, placeOf, wayOf } from "./records.js";
import { colourOf } from "./runs.js";

const HEIGHT = 120;
const SHARES = linearAxis(0, 1, short);

/** @param {string} letter @param {object} report  what charts tell */
export function runColumn(letter, report) {
  const title = element("h3", { class: "run-title" });
  const node = element("div", { class: "column", "data-run": letter }, title);
  const gates = panel("Gates", "", HEIGHT, report);
  const legend = gateLegend();
  const maps = new Map();

  function mapOf(state) {
    if (!maps.has(state)) {
      const note = "time runs downward; colour is its power of ten";
      const one = panel(`‖dL/d${state}ₜ‖`, note, HEIGHT, report);
      maps.set(state, { ...one, map: growingMap() });
      node.append(one.element);
    }
    return maps.get(state);
  }
  return {
    element: node,
    /** @param {object} scale  of the maps @param {{cursor: number|null}} base  of every picture */
    show(record, scale, { cursor, ...base }, view, updateOf) {
      const { about } = record,
        way = wayOf(record, view.way);
      node.style.setProperty("--run", css(colourOf(letter, view.dark)));
      write(title, `${letter} · ${about.says}`);
      for (const state of about.states) {
        const { map, draw } = mapOf(state);
        paintHistory(map, record, way + state, scale, view);
        const backdrop = { ...extent(record.rows), lay: map.lay };
        draw({ ...base, up: downward(about.columns.at(-1)), lines: [], backdrop }, cursor);
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

function paintHistory(map, { about, maps }, name, { low, high }, { header, theme, isShare }) {
  const rows = maps.get(name) ?? [];
  const look = { ...theme, ramp: theme.lengths, low, high };
  const identity = `${about.id} ${name} ${header.strides.rows} ${isShare}`;
  const numbersOf = (k) => exponents(rows[k], isShare);
  map.grow(rows.length, about.columns.length, numbersOf, look, identity);
}

/** Lengths over time as powers of ten, or what they are of that at the last step. */
function exponents(lengths, isShare) {
  const whole = isShare ? lastOf(lengths) : 1;
  return lengths.map((length) => Math.log10(length / whole));
}

/** A column ends at its update and begins at the one before that was kept. */
function extent(updates) {
  const stride = updates.length > 1 ? (updates.at(-1) - updates[0]) / (updates.length - 1) : 1;
  return { from: updates[0] - stride, to: updates.at(-1) };
}

/** Time steps from top to bottom. @returns {import("../drawing/scales.js").Axis} */
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

/** "f forget gate"; of a cell of one's own, whose gates have no other title, "f". */
const called = ({ name, title }) => (name === title ? name : `${name} ${title}`);

/** Of each gate its mean, and how many of its values are open and closed. */
export function gateLines({ about: { gates }, updates, series }, way) {
  return gates.flatMap((gate, k) => {
    const { name, role } = gate;
    const of = (kind) => ({
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
  let entries = [],
    shown = "";
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
    show(record, update, way) {
      const { about, updates, series } = record;
      if (about.gates.map(({ name }) => name).join() !== shown) build(record);
      const place = placeOf(updates, update);
      for (const { name, show, value } of entries) {
        const number = place < 0 ? NaN : series.get(`${way}gate_mean.${name}`)[place];
        show(Number.isNaN(number) ? "" : short(number));
        assign(value, "data-value", number);
      }
    },
  };
}

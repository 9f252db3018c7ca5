/** What belongs to one run alone: the maps of its gradients, and its gates. */

import { css } from "../drawing/colours.js";
import { element, write } from "../drawing/dom.js";
import { growingMap } from "../drawing/heat_map.js";
import { short } from "../drawing/number_format.js";
import { fixed } from "./axes.js";
import { panel } from "./panel.js";
import { lastOf, placeOf, wayOf } from "./records.js";
import { colourOf } from "./runs.js";

const HEIGHT = 120;

/** @param {string} letter @param {object} report  what charts tell */
export function runColumn(letter, report) {
  const title = element("h3", { class: "run-title" });
  const maps = new Map(),
    node = element("div", { class: "column", "data-run": letter }, title);
  const gates = panel("Gates", "", HEIGHT, report);
  const legend = element("p", { class: "gate-legend" });

  function mapOf(state) {
    if (!maps.has(state)) {
      const one = {
        ...panel(
          `‖dL/d${state}ₜ‖`,
          "time runs downward; colour is its power of ten",
          HEIGHT,
          report,
        ),
        map: growingMap(),
      };
      maps.set(state, one);
      node.append(one.element);
    }
    return maps.get(state);
  }
  return {
    element: node,
    show(record, axis, base, { header, dark, isShare, way: chosen }, updateOf) {
      const { about } = record,
        { theme } = base,
        way = wayOf(record, chosen);
      node.style.setProperty("--run", css(colourOf(letter, dark)));
      write(title, `${letter} · ${about.says}`);
      for (const state of about.states) {
        const one = mapOf(state);
        const steps = about.columns.length,
          last = about.columns.at(-1);
        const rows = record.maps.get(way + state) ?? [];
        one.map.grow(
          rows.length,
          steps,
          (k) => exponents(rows[k], isShare),
          { ...theme, ramp: theme.lengths, low: axis.low, high: axis.high },
          `${about.id} ${way}${state} ${header.strides.rows} ${isShare}`,
        );
        const downward = { ticks: [1, last], at: (v) => v, place: (v) => 1 - (v - 0.5) / last };
        one.draw({
          ...base,
          axis: downward,
          tick: (v) => `step ${v}`,
          lines: [],
          paint: (frame) => one.map.lay(frame.context, extent(frame, record.rows)),
        });
      }
      showGates(gates, legend, record, base, updateOf(record), way);
      if (about.gates.length && !gates.element.isConnected) node.append(gates.element, legend);
    },
    destroy() {
      for (const one of [...maps.values(), gates]) one.destroy();
    },
  };
}

/** Lengths over time as powers of ten, or what they are of that at the last step. */
function exponents(lengths, isShare) {
  const whole = isShare ? lastOf(lengths) : 1;
  return lengths.map((length) => Math.log10(length / whole));
}

/** A column ends at its update and begins at the one before that was kept. */
function extent({ x, top, bottom }, updates) {
  const stride = updates.length > 1 ? (updates.at(-1) - updates[0]) / (updates.length - 1) : 1;
  const left = x(updates[0] - stride);
  return { left, top, width: Math.max(x(updates.at(-1)) - left, 1), height: bottom - top };
}

function showGates(chart, legend, record, base, update, way) {
  const { gates } = record.about;
  if (gates.length === 0) return;
  const lines = gates.flatMap(({ name, role }) => {
    const colour = base.theme.roles.get(role);
    const of = (kind) => ({
      xs: record.updates,
      ys: record.series.get(`${way}gate_${kind}.${name}`) ?? [],
      colour,
    });
    return [
      { ...of("open"), width: 1, alpha: 0.7, dash: [2, 3] },
      { ...of("closed"), width: 1, alpha: 0.7, dash: [6, 3] },
      { ...of("mean"), width: 2 },
    ];
  });
  chart.note(
    "mean over units, steps and sequences; dotted: share over 0.9, dashed: share under 0.1",
  );
  chart.draw({ ...base, axis: fixed(0, 1).axis(), tick: short, lines });
  tellGates(legend, record, update, way);
}

/** Each gate's name and its mean at the update looked at. */
function tellGates(legend, { letter, about: { gates }, series, updates }, update, way) {
  const key = gates.map(({ name }) => name).join();
  if (legend.dataset.of !== key) {
    legend.dataset.of = key;
    legend.replaceChildren(
      ...gates.map(({ name, title, role }) =>
        element(
          "span",
          { class: "gate", "data-role": role },
          `${name} ${title} `,
          element("b", { "data-run": letter, "data-name": `gate_mean.${name}` }),
        ),
      ),
    );
  }
  const place = placeOf(updates, update);
  gates.forEach(({ name }, k) => {
    const value = place < 0 ? NaN : series.get(`${way}gate_mean.${name}`)[place];
    const shown = legend.children[k].lastChild;
    write(shown, Number.isNaN(value) ? "" : short(value));
    shown.setAttribute("data-value", value);
  });
}

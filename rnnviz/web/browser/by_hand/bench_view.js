/**
 * The weights with what they make of the sequence: a row for each gate or other function of a sum,
 * each at the same time column, the states and their gradients under them.
 */

import { element, segmented, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { gradientRow } from "./gradient_row.js";
import { inputRow } from "./input_row.js";
import { createLastRun } from "./last_run.js";
import { rowsOf } from "./rows.js";
import { shareRow } from "./share_row.js";
import { startTable } from "./start_table.js";
import { stateView } from "./state_view.js";
import { valueRow } from "./value_row.js";
import { ROOMY } from "./weight_table.js";

/** @typedef {import("../stepper/context.js").Context} Context */
/** @typedef {import("./value_row.js").BenchRow} BenchRow */
/** @typedef {import("./rows.js").Row} Row */

/** In a row of more weights than this, they need so much of it (bench.css). */
const [MANY, MORE] = [5, 8];

/** @param {Context} context @returns {import("../stepper/views.js").View} */
export function benchView(context) {
  const { store, model } = context;
  const last = createLastRun(context);
  const inputs = Array.from({ length: model.inputs }, (_, input) => inputRow(context, input, last));
  for (const { nodes } of inputs.slice(0, -1)) nodes[1].classList.add("unnumbered");
  const choice = unitChoice(context);
  const top = element("div", { class: "bench-rows" }, ...inputs.flatMap(({ nodes }) => nodes));
  const gates = element("div", { class: "bench-rows" });
  const below = element("div", { class: "bench-rows" });
  const start = startTable(context);
  const map = stateView(context, start?.element ?? null);
  const root = element("section", { class: "bench" }, top, choice?.element, gates, below);
  /** @type {BenchRow[]} */
  let rows = [];
  let unit = -1;

  function build() {
    for (const row of rows) row.destroy();
    unit = store.state.unit;
    const above = sumRows(context, last, unit);
    const under = stateRows(context, last, unit);
    above.forEach(({ nodes: [node], heads }, k) =>
      node.classList.toggle("repeats", k > 0 && heads === above[k - 1].heads),
    );
    const columns = Math.max(...above.map((row) => row.columns ?? 0), 1);
    const each = columns > ROOMY ? 3.5 : 4.4;
    root.classList.toggle("many", columns > ROOMY);
    root.classList.toggle("more", columns > MANY);
    root.classList.toggle("most", columns > MORE);
    root.style.setProperty("--left", `${Math.max(4.9 + columns * each, 17)}rem`);
    gates.replaceChildren(...above.flatMap(({ nodes }) => nodes));
    const left = element("div", { class: "map-room" }, map?.element);
    left.style.gridRow = `1 / span ${under.length + 1}`;
    below.style.gridTemplateRows = `repeat(${under.length}, min-content) 1fr`;
    below.replaceChildren(left, ...under.flatMap(({ nodes }) => nodes));
    rows = [...above, ...under];
  }
  return {
    element: root,
    update(changed) {
      const isNew = store.state.unit !== unit;
      if (isNew) build();
      if (touches(changed, "unit", "mount")) choice?.show(String(store.state.unit));
      const all = [...inputs, ...rows];
      if (isNew || touches(changed, "run", "mount")) for (const row of all) row.showRun();
      else if (touches(changed, "step")) for (const row of all) row.showStep();
      if (touches(changed, "run")) start?.show();
      map?.update(changed);
    },
    resize() {
      for (const row of inputs) row.resize?.();
    },
    destroy() {
      for (const one of [...inputs, ...rows, map, start]) one?.destroy();
    },
  };
}

/** @param {Context} context */
function unitChoice({ header, controller }) {
  const { hidden } = header.layers[0];
  if (hidden === 1) return null;
  /** @type {Array<[string, string]>} */
  const options = Array.from({ length: hidden }, (unused, unit) => [
    String(unit),
    _("unit {unit}", { unit: unit + 1 }),
  ]);
  return segmented(_("whose weights are shown"), options, (unit) =>
    controller.select({ unit: Number(unit) }),
  );
}

/**
 * A row for each sum with weights and each other value on the way to the states, in the order of the
 * equations; the readout's come last.
 * @param {Context} context @param {import("./last_run.js").LastRun} last @param {number} unit
 * @returns {BenchRow[]}
 */
function sumRows(context, last, unit) {
  const { header } = context;
  const { cell, hidden, inputs } = header.layers[0];
  const rows = rowsOf(cell, { hidden, inputs }, unit);
  const own = cell.names.flatMap((name) => {
    const ofName = rows.filter(({ value }) => value.split(".")[0] === name);
    const isState = name === "h" || cell.states.includes(name);
    const isShown = isState || ofName.some(({ value }) => value === name);
    const of = (/** @type {Row} */ row) =>
      valueRow(context, last, {
        name: row.value,
        unit,
        row,
        arrays: row.weights.map(({ array }) => `0.${array}`),
      });
    const bare = () =>
      valueRow(context, last, { name, unit: unitOf(context, name, unit), row: null, arrays: [] });
    return [...ofName.map(of), ...(isShown ? [] : [bare()])];
  });
  const others = rows.filter(({ value }) => cell.parameters.has(value));
  const parameters = others.map((row) =>
    valueRow(context, last, {
      name: row.value,
      unit,
      row,
      arrays: row.weights.map(({ array }) => `0.${array}`),
    }),
  );
  return [...own, ...parameters, ...readoutRows(context, last)];
}

/** Of a value as long as the input, the unit may be none. @param {Context} context @param {string} name @param {number} unit */
const unitOf = ({ model }, name, unit) => Math.min(unit, model.size(0, name) - 1);

/** @param {Context} context @param {import("./last_run.js").LastRun} last */
function readoutRows(context, last) {
  const { header } = context;
  if (!header.readout) return [];
  const { hidden } = header.layers[0];
  return header.readout.labels.map((label, k) => {
    const weights = Array.from({ length: hidden }, (unused, j) => ({
      array: "W",
      index: k * hidden + j,
      sign: /** @type {const} */ (1),
      factors: [{ name: "h", unit: j, isBelow: false }],
    }));
    const bias = { array: "b", index: k, sign: /** @type {const} */ (1), factors: [] };
    const row = {
      value: "prediction",
      operation: null,
      sum: "prediction",
      weights: [...weights, bias],
      rest: [],
    };
    const arrays = row.weights.map(({ array }) => `readout.${array}`);
    return valueRow(context, last, { name: "prediction", unit: k, row, arrays });
  });
}

/**
 * The states over time, then how the gradient comes back to each; and a share that is judged.
 * @param {Context} context @param {import("./last_run.js").LastRun} last @param {number} unit
 * @returns {BenchRow[]}
 */
function stateRows(context, last, unit) {
  const { cell, hidden, inputs } = context.header.layers[0];
  const states = [...new Set([...cell.states.filter((name) => name !== "h"), "h"])];
  const rows = rowsOf(cell, { hidden, inputs }, unit);
  const unseen = states.filter((name) => rows.every(({ value }) => value !== name));
  const strips = unseen.map((name) => {
    const row = valueRow(context, last, { name, unit, row: null, arrays: [] });
    return { ...row, nodes: row.nodes.slice(2) };
  });
  const { challenge } = /** @type {import("./header.js").ByHandHeader} */ (context.header);
  const shares = challenge?.measure === "share" ? [shareRow(context, last, challenge)] : [];
  return [...strips, ...states.map((name) => gradientRow(context, last, name)), ...shares];
}

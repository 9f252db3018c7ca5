/** The curves as a table in CSV: what the chart shows, every digit, steps from 1. No DOM. */

import { csvOf } from "../drawing/csv.js";
import { _ } from "../drawing/texts.js";
import { chosenCurve, titleOf } from "./series.js";

/**
 * @typedef {import("./bench.js").Shown} Shown
 * @typedef {import("./bench.js").CellBound} CellBound
 * @typedef {{title: string, values: Float64Array}} Column  a shorter one stands at the end
 */

/**
 * @param {Shown[]} shown
 * @param {Pick<import("./context.js").State, "knobs"|"state"|"local"|"bound">} looked
 * @param {CellBound|null} bound
 */
export function curveFile(shown, looked, bound) {
  const { length } = looked.knobs;
  const columns = columnsOf(shown, looked, bound);
  const head = [_("step"), ...columns.map(({ title }) => title)];
  const lines = Array.from({ length }, (_line, t) => {
    const numbers = columns.map(({ values }) => values[t - length + values.length] ?? "");
    return [t + 1, ...numbers];
  });
  return csvOf([head, ...lines]);
}

/**
 * @param {Shown[]} shown
 * @param {Pick<import("./context.js").State, "knobs"|"state"|"local"|"bound">} looked
 * @param {CellBound|null} bound
 * @returns {Column[]}
 */
function columnsOf(shown, { knobs, state, local, bound: isBound }, bound) {
  const columns = shown.flatMap(({ name, found, attended }) => {
    const curve = chosenCurve(found, state);
    const cell = titleOf(name, knobs);
    const norm = `|dL/d${curve.state}|`;
    const whole = { title: _("{cell}, {norm}", { cell, norm }), values: curve.total };
    const title = _("{cell}, straight from the loss", { cell });
    const above = _("{cell}, {norm}, with an attention above", { cell, norm });
    return [
      whole,
      ...(local ? [{ title, values: curve.local }] : []),
      ...(attended ? [{ title: above, values: chosenCurve(attended, state).total }] : []),
    ];
  });
  if (!isBound || bound === null) return columns;
  return [
    ...columns,
    { title: _("upper bound"), values: bound.theory },
    { title: _("upper bound with this run's slopes"), values: bound.measured },
  ];
}

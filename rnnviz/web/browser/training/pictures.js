/**
 * What the charts of all runs show. No DOM.
 *
 * @typedef {import("../drawing/picture.js").Line} Line
 * @typedef {import("../drawing/picture.js").Level} Level
 * @typedef {import("./axes.js").Growing} Growing
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./looking.js").UpdateOf} UpdateOf
 * @typedef {import("./records.js").RunRecord} RunRecord
 *
 * @typedef {Object} Shown
 * @property {string} note  beside the title
 * @property {import("../drawing/scales.js").Axis} up
 * @property {Line[]} lines
 * @property {Level[]} levels
 */

import { css } from "../drawing/colours.js";
import { percent, power } from "../drawing/number_format.js";
import { linearAxis, stepAxis } from "../drawing/scales.js";
import { at, lastStepOf } from "./records.js";
import { colourOf, runLine } from "./runs.js";

const SHARES = linearAxis(0, 1, percent);
const PALE = /** @type {const} */ ("pale");

/**
 * What the charts of all runs show, and the words beside their titles.
 * @type {Record<"loss"|"metric"|"norm", (view: View, growing: Growing) => Shown>}
 */
export const SHOWN = {
  loss({ header, records, dark }, growing) {
    const hasSecond = (/** @type {RunRecord} */ { about }) =>
      about.series.includes("auxiliary_loss");
    const second = [...records.values()].filter(hasSecond);
    const lines = [
      ...second.map((record) => pale(runLine(record, "auxiliary_loss", dark), "the second head's")),
      ...[...records.values()].map((record) => runLine(record, "loss", dark)),
    ];
    const { loss: baseline, says } = header.task.baseline;
    growing.hold([baseline, baseline / 300, 2 * baseline]);
    for (const { values } of lines) growing.hold(values);
    const tail = second.length ? "; pale: the second head's" : "";
    return {
      note: `of the batch learnt from, each update${tail}`,
      up: growing.axis(),
      lines,
      levels: [{ value: baseline, label: says, colour: "var(--soft)" }],
    };
  },
  metric({ header: { task }, records, dark }, growing) {
    const isShare = task.kind === "classification";
    const lines = [...records.values()].map((record) => ({
      ...runLine(record, "metric", dark),
      at: record.evaluations.map(({ update }) => update),
      values: record.evaluations.map(({ metric }) => metric),
      isDotted: true,
    }));
    if (!isShare) {
      growing.hold([2 * task.baseline.metric, task.solved / 5]);
      for (const { values } of lines) growing.hold(values);
    }
    const solved = `solved: ${isShare ? percent(task.solved) : plain(task.solved)}`;
    const what = isShare ? "share of right answers" : "mean squared error";
    return {
      note: `${what} on 256 unseen sequences`,
      up: isShare ? SHARES : growing.axis(),
      lines,
      levels: [
        { value: task.solved, label: solved, colour: "var(--input)" },
        { value: task.baseline.metric, label: task.baseline.says, colour: "var(--soft)" },
      ],
    };
  },
  norm({ records, dark }, growing) {
    const lines = [...records.values()].flatMap((record) => [
      pale(runLine(record, "grad_norm_clipped", dark), "after clipping"),
      runLine(record, "grad_norm", dark),
    ]);
    for (const { values } of lines) growing.hold(values);
    growing.hold([0.01, 10]);
    /** @type {Map<number, string>} */
    const limits = new Map(); // threshold -> letters of its runs
    for (const { letter, about } of records.values()) {
      if (about.clip?.kind !== "norm") continue;
      limits.set(about.clip.threshold, (limits.get(about.clip.threshold) ?? "") + letter);
    }
    growing.hold(limits.keys());
    const levels = [...limits].map(([value, letters]) => ({
      value,
      label: `${[...letters].join(", ")}: clipped to ${plain(value)}`,
      colour: letters.length === 1 ? css(colourOf(letters, dark)) : "var(--ink)",
    }));
    return { note: "before clipping; pale: after it", up: growing.axis(), lines, levels };
  },
};

/** @param {ReturnType<typeof runLine>} line @param {string} word  after its title */
const pale = (line, word) => ({ ...line, kind: PALE, title: `${line.title}, ${word}` });

/**
 * How much gradient reaches each step, at the update looked at.
 * @param {View} view @param {Growing} growing @param {UpdateOf} updateOf
 */
export function profileOf({ header, records, dark, way }, growing, updateOf) {
  const steps = Math.max(1, ...[...records.values()].map(lastStepOf));
  const lines = [...records.values()].flatMap((record) => {
    const { lengths } = at(record, updateOf(record), way);
    const places = record.about.columns.map((column) => column - 1);
    return lengths ? [{ ...runLine(record, "", dark), at: places, values: lengths }] : [];
  });
  const every = header.strides.rows;
  const where = every > 1 ? `at the last update drawn, one in ${every}` : "at the update looked at";
  return {
    note: `${where}: how much gradient reaches each step`,
    across: stepAxis(steps, { unit: "step" }),
    up: growing.axis(),
    lines,
  };
}

/** @param {number} value */
const plain = (value) =>
  Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.005)
    ? power(value, 1)
    : String(Number(value.toPrecision(2)));

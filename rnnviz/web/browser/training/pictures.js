/**
 * What the charts of all runs show. No DOM.
 *
 * @typedef {import("../drawing/picture.js").Line} Line
 * @typedef {import("../drawing/picture.js").Area} Area
 * @typedef {import("../drawing/picture.js").Level} Level
 * @typedef {import("../drawing/picture.js").End} End
 * @typedef {import("../drawing/scales.js").Axis} Axis
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./looking.js").UpdateOf} UpdateOf
 * @typedef {import("./records.js").RunRecord} RunRecord
 *
 * @typedef {Object} Shown
 * @property {string} note  beside the title
 * @property {Axis} up
 * @property {Line[]} lines
 * @property {Area[]} [areas]
 * @property {Level[]} levels
 * @property {End[]} ends
 */

import { css } from "../drawing/colours.js";
import { percent, power } from "../drawing/number_format.js";
import { coveringLog, linearAxis, stepAxis } from "../drawing/scales.js";
import { N_, _, ngettext } from "../drawing/texts.js";
import { within } from "./axes.js";
import { rangeOf } from "./looking.js";
import { at, lastStepOf } from "./records.js";
import { colourOf, runEnd, runLine } from "./runs.js";

const SHARES = linearAxis(0, 1, percent);
const PALE = /** @type {const} */ ("pale");

/**
 * What the charts of all runs show, and the words beside their titles.
 * @type {Record<"loss"|"metric"|"norm", (view: View) => Shown>}
 */
export const SHOWN = {
  loss(view) {
    const { header, records, dark } = view;
    const hasSecond = (/** @type {RunRecord} */ { about }) =>
      about.series.includes("auxiliary_loss");
    const second = [...records.values()].filter(hasSecond);
    const own = [...records.values()].map((record) => runLine(record, "loss", dark));
    const lines = [
      ...second.map((record) =>
        pale(runLine(record, "auxiliary_loss", dark), N_("{run}, the second head's")),
      ),
      ...own,
    ];
    const { loss: baseline, says } = header.task.baseline;
    const around = [baseline, baseline / 300, 2 * baseline];
    return {
      note: second.length
        ? _("of the batch learnt from, each update; pale: the second head's")
        : _("of the batch learnt from, each update"),
      up: logOver(view, lines, around),
      lines,
      levels: [{ value: baseline, label: says, colour: "var(--soft)" }],
      ends: endsOf(view, own),
    };
  },
  metric(view) {
    const { header, records, dark } = view;
    const { task } = header;
    const isShare = task.kind === "classification";
    const lines = [...records.values()].map((record) => ({
      ...runLine(record, "metric", dark),
      at: record.evaluations.map(({ update }) => update),
      values: record.evaluations.map(({ metric }) => metric),
      isDotted: true,
    }));
    const around = [2 * task.baseline.metric, task.solved / 5];
    const solved = isShare ? percent(task.solved) : plain(task.solved);
    return {
      note: isShare
        ? ngettext(
            "share of right answers on {count} unseen sequence",
            "share of right answers on {count} unseen sequences",
            task.heldOut,
          )
        : ngettext(
            "mean squared error on {count} unseen sequence",
            "mean squared error on {count} unseen sequences",
            task.heldOut,
          ),
      up: isShare ? SHARES : logOver(view, lines, around),
      lines,
      levels: [
        {
          value: task.solved,
          label: _("solved: {level}", { level: solved }),
          colour: "var(--input)",
        },
        { value: task.baseline.metric, label: task.baseline.says, colour: "var(--soft)" },
      ],
      ends: endsOf(view, lines),
    };
  },
  norm(view) {
    const { records, dark } = view;
    const own = [...records.values()].map((record) => runLine(record, "grad_norm", dark));
    const clipped = [...records.values()].filter(({ about }) => isClipped(about));
    const areas = clipped.map((record) => cutOff(record, dark));
    const levels = thresholdsOf(clipped, dark);
    const edges = areas.map(({ at, lower: values }) => ({ at, values }));
    return {
      note: clipped.length ? _("before clipping; shaded: what clipping cuts off") : "",
      up: logOver(view, [...own, ...edges], [0.01, 10, ...levels.map(({ value }) => value)]),
      lines: own,
      areas,
      levels,
      ends: endsOf(view, own),
    };
  },
};

/** Whether a run's gradients were ever clipped. @param {import("./header.js").RunHeader} about */
export const isClipped = ({ clips }) => clips.some(({ kind }) => kind !== "none");

/** @param {RunRecord} record @param {boolean} dark @returns {Area} */
function cutOff(record, dark) {
  const { name, title, at, values, colour } = runLine(record, "grad_norm", dark);
  const lower = record.series.get("grad_norm_clipped") ?? [];
  const cut = _("{run}: cut off by clipping", { run: title });
  return { name, title: cut, colour, at, upper: values, lower };
}

/**
 * The thresholds of runs that are clipped by norm, each while it was in force.
 * @param {RunRecord[]} records @param {boolean} dark
 * @returns {Level[]}
 */
function thresholdsOf(records, dark) {
  /** @type {Map<string, {value: number, from: number, to?: number, letters: string[]}>} */
  const found = new Map();
  for (const { letter, about } of records)
    about.clips.forEach(({ after: from, kind, threshold: value }, k) => {
      const to = about.clips[k + 1]?.after;
      const key = `${value} ${from} ${to}`;
      if (kind !== "norm" || value === null) return;
      const { letters } = found.get(key) ?? { letters: [] };
      found.set(key, { value, from, to, letters: [...letters, letter] });
    });
  return [...found.values()].map(({ letters, ...level }) => ({
    ...level,
    label: _("{runs}: clip at {threshold}", {
      runs: letters.join(", "),
      threshold: plain(level.value),
    }),
    colour: letters.length === 1 ? css(colourOf(letters[0], dark)) : "var(--ink)",
  }));
}

/**
 * A log axis over what is in view of some lines; around: what it holds besides, unless it is zoomed.
 * @param {View} view @param {Pick<Line, "at"|"values">[]} lines @param {number[]} around
 */
function logOver(view, lines, around) {
  const axis = coveringLog();
  for (const { at: updates = [], values } of lines)
    axis.hold(within(updates, values, rangeOf(view)));
  if (view.zoom === null) axis.hold(around);
  return axis.axis();
}

/**
 * Each run's name, level with its last number in view.
 * @param {View} view @param {ReturnType<typeof runLine>[]} lines
 */
function endsOf(view, lines) {
  return lines.flatMap((line) => {
    const seen = within(line.at, line.values, rangeOf(view));
    const value = seen.findLast((one) => Number.isFinite(one));
    return value === undefined ? [] : [{ value, ...line.end }];
  });
}

/** @param {ReturnType<typeof runLine>} line @param {string} title  with a hole for the run's */
const pale = (line, title) => ({ ...line, kind: PALE, title: _(title, { run: line.title }) });

/**
 * How much gradient reaches each step, at the update looked at.
 * @param {View} view @param {Axis} up @param {UpdateOf} updateOf
 */
export function profileOf({ header, records, dark, way }, up, updateOf) {
  const steps = Math.max(1, ...[...records.values()].map(lastStepOf));
  const lines = [...records.values()].flatMap((record) => {
    const { lengths } = at(record, updateOf(record), way);
    const places = record.about.columns.map((column) => column - 1);
    const line = runLine(record, "", dark);
    return lengths ? [{ ...line, at: places, values: lengths }] : [];
  });
  const every = header.strides.rows;
  return {
    note:
      every > 1
        ? _("at this update (one in {every} is kept): gradient that reaches each step", { every })
        : _("at this update: gradient that reaches each step"),
    across: stepAxis(steps, { unit: "step" }),
    up,
    lines,
    ends: [...records.values()].flatMap((record) => {
      const { lengths } = at(record, updateOf(record), way);
      const last = lengths?.findLast((one) => one > 0);
      return last === undefined ? [] : [{ value: last, ...runEnd(record, dark) }];
    }),
  };
}

/** @param {number} value */
const plain = (value) =>
  Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.005)
    ? power(value, 1)
    : String(Number(value.toPrecision(2)));

/** Which charts there are, and what each shows of the records. */

import { css } from "../drawing/colours.js";
import { element, segmented } from "../drawing/dom.js";
import { percent, power, tenTo } from "../drawing/number_format.js";
import { growingLog, linearAxis, stepAxis, updateAxis } from "../drawing/scales.js";
import { panel } from "./panel.js";
import { at, lastOf, placeOf } from "./records.js";
import { runColumn } from "./run_column.js";
import { colourOf, runLine, signsOf } from "./runs.js";

const WIDE = 168;
const COLOURS = [
  ["length", "‖dL/dh‖"],
  ["share", "÷ that of the last step"],
];
const SHARES = linearAxis(0, 1, percent);
const plain = (value) =>
  Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.005)
    ? power(value, 1)
    : String(Number(value.toPrecision(2)));

/**
 * @param {{choose: (update: number|null) => void, hover: (update: number|null) => void, zoom:
 *   (range: [number, number]) => void, all: () => void, colour: (choice: string) => void, way:
 *   (prefix: string) => void, ink: import("../drawing/paint.js").Ink}} report
 */
export function chartsOf(report) {
  const axes = growingAxes();
  const shared = {
    loss: panel("Loss", "", WIDE, report),
    metric: panel("Held out", "", WIDE, report),
    norm: panel("Length of the gradient", "before clipping; pale: after it", WIDE, report),
    profile: panel("‖dL/dhₜ‖ over time", "", WIDE, { ink: report.ink }),
  };
  const panels = Object.values(shared).map((one) => one.element);
  const own = ownColumns(report);
  const choices = mapChoices(report);
  return {
    element: element(
      "div",
      {},
      element("div", { class: "charts" }, ...panels),
      choices.element,
      own.element,
    ),
    forget: axes.forget,
    show(view, updateOf) {
      const { header, records, dark } = view;
      const base = { across: updateAxis(view.zoom ?? [0, header.planned]), signs: [] };
      for (const record of records.values()) base.signs.push(...signsOf(record, dark));
      const cursor = view.hover ?? view.at;
      for (const name of ["loss", "metric", "norm"]) {
        const { note, ...picture } = SHOWN[name](view, axes[name]);
        shared[name].note(note);
        shared[name].draw({ ...base, ...picture }, cursor);
      }
      axes.hold(records);
      choices.show(view);
      const { note, ...profile } = profileOf(view, axes.lengths, updateOf);
      shared.profile.note(note);
      shared.profile.draw(profile, null);
      own.show(axes.mapScale(view.isShare), { ...base, cursor }, view, updateOf);
    },
    caption: (header, isShare) => captionOf(header, axes.mapScale(isShare)),
    destroy() {
      for (const one of [...Object.values(shared), own]) one.destroy();
    },
  };
}

/** The vertical axes, which hold all that was ever drawn on them. */
function growingAxes() {
  const axes = {
    loss: growingLog(),
    norm: growingLog(),
    metric: growingLog(),
    lengths: growingLog({ lowest: -18 }),
    shares: growingLog({ lowest: -18 }),
  };
  let held = new WeakMap(); // record -> the last update whose lengths the axes hold
  return {
    ...axes,
    mapScale: (isShare) => (isShare ? axes.shares : axes.lengths).axis(),
    forget() {
      for (const axis of Object.values(axes)) axis.forget();
      held = new WeakMap();
    },
    hold(records) {
      axes.shares.hold([1]);
      for (const record of records.values()) {
        const first = placeOf(record.rows, held.get(record) ?? 0) + 1;
        for (const row of [...record.maps.values()].flatMap((rows) => rows.slice(first))) {
          const last = lastOf(row);
          axes.lengths.hold(row);
          axes.shares.hold(row.map((one) => one / last));
        }
        held.set(record, record.rows.at(-1) ?? 0);
      }
    },
  };
}

/** What belongs to one run alone, side by side. */
function ownColumns(report) {
  const node = element("div", { class: "charts own" });
  let columns = new Map();
  function arrange(records) {
    if ([...records.keys()].join() === [...columns.keys()].join()) return;
    for (const one of columns.values()) one.destroy();
    columns = new Map([...records.keys()].map((letter) => [letter, runColumn(letter, report)]));
    node.replaceChildren(...[...columns.values()].map((one) => one.element));
    node.style.setProperty("--columns", columns.size);
  }
  return {
    element: node,
    show(scale, base, view, updateOf) {
      arrange(view.records);
      for (const [letter, record] of view.records) {
        const signs = signsOf(record, view.dark);
        columns.get(letter).show(record, scale, { ...base, signs }, view, updateOf);
      }
    },
    destroy() {
      for (const one of columns.values()) one.destroy();
    },
  };
}

/** What the maps show: which colours, and of which layer and direction, if there are several. */
function mapChoices(report) {
  const colours = segmented("colour of the maps", COLOURS, report.colour);
  const ways = element("select", {
    "aria-label": "layer that maps and gates are of",
    on: { change: () => report.way(ways.value) },
  });
  const word = element("span", { class: "quiet" }, "maps show ");
  return {
    element: element("div", { class: "colours" }, word, colours.element, ways),
    show({ records, way, isShare }) {
      colours.show(isShare ? "share" : "length");
      const all = [...records.values()].flatMap(({ about }) => about.ways);
      const titles = new Map(all.map(({ prefix, title }) => [prefix, title]));
      const offered = [...titles].flat().join();
      if (ways.dataset.offered !== offered) {
        ways.dataset.offered = offered;
        const options = [...titles].map(([value, title]) => element("option", { value }, title));
        ways.replaceChildren(...options);
      }
      ways.value = titles.has(way) ? way : "";
      ways.hidden = titles.size < 2;
    },
  };
}

/** What the charts of all runs show, and the words beside their titles. */
const SHOWN = {
  loss({ header, records, dark }, growing) {
    const hasSecond = ({ about }) => about.series.includes("auxiliary_loss");
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
    const limits = new Map();
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

const pale = (line, word) => ({ ...line, kind: "pale", title: `${line.title}, ${word}` });

function profileOf({ header, records, dark, way }, growing, updateOf) {
  const lines = [],
    steps = Math.max(1, ...[...records.values()].map(({ about }) => about.columns.at(-1)));
  for (const record of records.values()) {
    const { lengths } = at(record, updateOf(record), way);
    const places = record.about.columns.map((column) => column - 1);
    if (lengths) lines.push({ ...runLine(record, "", dark), at: places, values: lengths });
  }
  const every = header.strides.rows;
  const where = every > 1 ? `at the last update drawn, one in ${every}` : "at the update looked at";
  return {
    note: `${where}: how much gradient reaches each step`,
    across: stepAxis(steps, { unit: "step" }),
    up: growing.axis(),
    lines,
  };
}

function captionOf({ strides }, axis) {
  const every = strides.series > 1 ? ` One update in ${strides.series} is drawn.` : "";
  return `Computed now. How to read this: updates run from left to right. In the maps, ground is ${tenTo(axis.low)} or less and full colour ${tenTo(axis.high)}, the same for all runs: an empty top means that no gradient reaches the first steps. Click a chart to look back at an update, drag to zoom, double-click for all.${every}`;
}

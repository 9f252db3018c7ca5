/** Which charts there are, and what each shows of the records. */

import { element, segmented } from "../drawing/dom.js";
import { percent, power, tenTo } from "../drawing/number_format.js";
import { fixed, growingLog } from "./axes.js";
import { panel } from "./panel.js";
import { at, lastOf, placeOf } from "./records.js";
import { runColumn } from "./run_column.js";
import { colourOf, dashOf } from "./runs.js";

const WIDE = 168;
const plain = (value) =>
  Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.005)
    ? power(value, 1)
    : String(Number(value.toPrecision(2)));

/** @param {{choose: (update: number|null) => void, hover: (update: number|null) => void, zoom: (range: [number, number]) => void, all: () => void, colour: (choice: string) => void, way: (prefix: string) => void}} report */
export function chartsOf(report) {
  const axes = {
    loss: growingLog(),
    norm: growingLog(),
    metric: growingLog(),
    lengths: growingLog({ lowest: -18 }),
    shares: growingLog({ lowest: -18 }),
  };
  const shared = {
    loss: panel("Loss", "", WIDE, report),
    metric: panel("Held out", "", WIDE, report),
    norm: panel("Length of the gradient", "before clipping; pale: after it", WIDE, report),
    profile: panel("‖dL/dhₜ‖ over time", "", WIDE, { choose() {}, hover() {}, zoom() {}, all() {} }),
  };
  const top = element(
    "div",
    { class: "charts" },
    ...Object.values(shared).map((one) => one.element),
  );
  const own = element("div", { class: "charts own" });
  const colours = segmented(
    "colour of the maps",
    [
      ["length", "‖dL/dh‖"],
      ["share", "÷ that of the last step"],
    ],
    report.colour,
  );
  const ways = element("select", { "aria-label": "layer that maps and gates are of" });
  ways.addEventListener("change", () => report.way(ways.value));
  const node = element(
    "div",
    {},
    top,
    element(
      "div",
      { class: "colours" },
      element("span", { class: "quiet" }, "maps show "),
      colours.element,
      ways,
    ),
    own,
  );
  let columns = new Map();
  let held = new WeakMap(); // record -> the last update whose lengths the axes hold

  function arrange(records) {
    if ([...records.keys()].join() === [...columns.keys()].join()) return;
    for (const one of columns.values()) one.destroy();
    columns = new Map([...records.keys()].map((letter) => [letter, runColumn(letter, report)]));
    own.replaceChildren(...[...columns.values()].map((one) => one.element));
    own.style.setProperty("--columns", columns.size);
  }

  return {
    element: node,
    forget() {
      for (const axis of Object.values(axes)) axis.forget();
      held = new WeakMap();
    },
    show(view, updateOf) {
      const { header, records, theme } = view;
      arrange(records);
      const range = view.zoom ?? [0, header.planned];
      const cursor = view.hover ?? view.at;
      const base = {
        range,
        cursor,
        theme,
        marks: [...records.values()].flatMap((record) => marksOf(record, view.dark)),
      };
      showLoss(shared.loss, axes.loss, base, view);
      showMetric(shared.metric, axes.metric, base, view);
      showNorm(shared.norm, axes.norm, base, view);
      hold(axes, records, held);
      colours.show(view.isShare ? "share" : "length");
      offerWays(ways, records, view.way);
      const scale = (view.isShare ? axes.shares : axes.lengths).axis();
      showProfile(shared.profile, axes.lengths, view, updateOf);
      for (const [letter, record] of records)
        columns
          .get(letter)
          .show(record, scale, { ...base, marks: marksOf(record, view.dark) }, view, updateOf);
    },
    caption: (header, isShare) => captionOf(header, (isShare ? axes.shares : axes.lengths).axis()),
    destroy() {
      for (const one of [...Object.values(shared), ...columns.values()]) one.destroy();
    },
  };
}

/** The layers and directions there are to be looked at; nothing to choose where there is one. */
function offerWays(select, records, way) {
  const titles = new Map(
    [...records.values()].flatMap(({ about }) =>
      about.ways.map(({ prefix, title }) => [prefix, title]),
    ),
  );
  const offered = [...titles].flat().join();
  if (select.dataset.offered !== offered) {
    select.dataset.offered = offered;
    select.replaceChildren(
      ...[...titles].map(([value, title]) => element("option", { value }, title)),
    );
  }
  select.value = titles.has(way) ? way : "";
  select.hidden = titles.size < 2;
}

const lineOf = (record, name, dark) => ({
  xs: record.updates,
  ys: record.series.get(name) ?? [],
  colour: colourOf(record.letter, dark),
  dash: dashOf(record.letter),
});

function marksOf({ letter, about }, dark) {
  const colour = colourOf(letter, dark);
  const stop = about.stopped ? [{ x: about.stopped.update, kind: "stop", colour }] : [];
  return [...about.changes.map(({ update }) => ({ x: update, kind: "change", colour })), ...stop];
}

function showLoss(chart, growing, base, { header, records, dark }) {
  const hasSecond = ({ about }) => about.series.includes("auxiliary_loss");
  const second = [...records.values()].filter(hasSecond);
  const lines = [
    ...second.map((record) => ({
      ...lineOf(record, "auxiliary_loss", dark),
      alpha: 0.35,
      width: 3,
      dash: [],
    })),
    ...[...records.values()].map((record) => lineOf(record, "loss", dark)),
  ];
  chart.note(
    `of the batch learnt from, each update${second.length ? "; pale: the second head's" : ""}`,
  );
  const baseline = header.task.baseline.loss;
  growing.hold([baseline, baseline / 300, 2 * baseline]);
  for (const { ys } of lines) growing.hold(ys);
  const levels = [{ value: baseline, label: header.task.baseline.says, colour: base.theme.soft }];
  chart.draw({ ...base, axis: growing.axis(), tick: tenTo, lines, levels });
}

function showMetric(chart, growing, base, { header, records, dark }) {
  const { task } = header;
  const isShare = task.kind === "classification";
  const lines = [...records.values()].map((record) => ({
    ...lineOf(record, "", dark),
    xs: record.evaluations.map(({ update }) => update),
    ys: record.evaluations.map(({ metric }) => metric),
    dots: true,
  }));
  if (!isShare) {
    growing.hold([2 * task.baseline.metric, task.solved / 5]);
    for (const { ys } of lines) growing.hold(ys);
  }
  const axis = isShare ? fixed(0, 1).axis() : growing.axis();
  chart.note(
    isShare
      ? "share of right answers on 256 unseen sequences"
      : "mean squared error on 256 unseen sequences",
  );
  const levels = [
    {
      value: task.solved,
      label: `solved: ${isShare ? percent(task.solved) : plain(task.solved)}`,
      colour: base.theme.roles.get("input"),
    },
    { value: task.baseline.metric, label: task.baseline.says, colour: base.theme.soft },
  ];
  chart.draw({ ...base, axis, tick: isShare ? percent : tenTo, lines, levels });
}

function showNorm(chart, growing, base, { records, dark }) {
  const lines = [...records.values()].flatMap((record) => [
    { ...lineOf(record, "grad_norm_clipped", dark), alpha: 0.35, width: 3, dash: [] },
    lineOf(record, "grad_norm", dark),
  ]);
  for (const { ys } of lines) growing.hold(ys);
  growing.hold([0.01, 10]);
  const limits = new Map();
  for (const { letter, about } of records.values()) {
    if (about.clip?.kind === "norm")
      limits.set(about.clip.threshold, (limits.get(about.clip.threshold) ?? "") + letter);
  }
  growing.hold(limits.keys());
  const levels = [...limits].map(([value, letters]) => ({
    value,
    label: `${[...letters].join(", ")}: clipped to ${plain(value)}`,
    colour: letters.length === 1 ? colourOf(letters, dark) : base.theme.ink,
  }));
  chart.draw({ ...base, axis: growing.axis(), tick: tenTo, lines, levels });
}

function hold({ lengths, shares }, records, held) {
  shares.hold([1]);
  for (const record of records.values()) {
    const first = placeOf(record.rows, held.get(record) ?? 0) + 1;
    for (const rows of record.maps.values()) {
      for (const row of rows.slice(first)) {
        const last = lastOf(row);
        lengths.hold(row);
        shares.hold(row.map((one) => one / last));
      }
    }
    held.set(record, record.rows.at(-1) ?? 0);
  }
}

function showProfile(chart, growing, { header, records, theme, dark, way }, updateOf) {
  const lines = [],
    steps = Math.max(1, ...[...records.values()].map(({ about }) => about.columns.at(-1)));
  for (const record of records.values()) {
    const { lengths } = at(record, updateOf(record), way);
    if (lengths) lines.push({ ...lineOf(record, "", dark), xs: record.about.columns, ys: lengths });
  }
  const every = header.strides.rows;
  const where = every > 1 ? `at the last update drawn, one in ${every}` : "at the update looked at";
  chart.note(`${where}: how much gradient reaches each step`);
  chart.draw({
    range: [1, steps],
    axis: growing.axis(),
    tick: tenTo,
    lines,
    cursor: null,
    theme,
    unit: "step",
  });
}

function captionOf({ strides }, axis) {
  const every = strides.series > 1 ? ` One update in ${strides.series} is drawn.` : "";
  return `Computed now. How to read this: updates run from left to right. In the maps, ground is ${tenTo(axis.low)} or less and full colour ${tenTo(axis.high)}, the same for all runs: an empty top means that no gradient reaches the first steps. Click a chart to look back at an update, drag to zoom, double-click for all.${every}`;
}

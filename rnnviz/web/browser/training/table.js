/** One line per run: what it chose, and its numbers at the update looked at. */

import { css } from "../drawing/colours.js";
import { assign, element, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { percent } from "../drawing/number_format.js";
import { lookup } from "../maths/lookup.js";
import { at } from "./records.js";
import { colourOf, dashOf } from "./runs.js";
import { brief, endOf, metric } from "./words.js";

/**
 * @typedef {import("./header.js").TaskHeader} TaskHeader
 * @typedef {import("./looking.js").View} View
 * @typedef {(value: number, task: TaskHeader) => string} Form
 * @typedef {"update"|"loss"|"metric"|"rate"|"norm"|"after"|"share"|"angle"|"back"} Column
 */

/** @type {Array<[name: Column, shown: string, says: string, form: Form]>} */
const COLUMNS = [
  ["update", "update", "Updates made, of those looked at", (n) => n.toLocaleString("en")],
  ["loss", "loss", "Of the batch learnt from at this update", brief],
  [
    "metric",
    "held out",
    "On 256 sequences it is never trained on, measured every 25 updates",
    metric,
  ],
  ["rate", "rate", "Learning rate at this update, as its schedule has it", brief],
  ["norm", "‖gradient‖", "Length of the gradient by all parameters, before clipping", brief],
  ["after", "clipped to", "Its length after clipping", brief],
  ["share", "clipped", "Share of the updates so far whose gradient was clipped", percent],
  [
    "angle",
    "turned by",
    "Angle between the gradient and what clipping left of it",
    (n) => `${n.toFixed(n < 10 ? 1 : 0)}°`,
  ],
  [
    "back",
    "first ÷ last",
    "‖dL/dh‖ at the first time step over that at the last: how much of the gradient reaches back",
    brief,
  ],
];

export function runTable() {
  const body = element("tbody");
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, "run"),
    ...COLUMNS.map(([name, shown, says]) =>
      element("th", { scope: "col", title: says, "data-column": name }, shown),
    ),
  );
  const node = element("table", { class: "runs" }, element("thead", {}, head), body);
  /** @type {Map<string, ReturnType<typeof lineFor>>} */
  let lines = new Map();

  /** @param {string} letter */
  function lineFor(letter) {
    const key = lineKey({ colour: "var(--run)", dash: dashOf(letter), width: 2.2 });
    const says = element("span", { class: "run-says" });
    const end = element("span", { class: "run-end" });
    const cells = new Map(
      COLUMNS.map(([name]) => [name, element("td", { "data-name": name, "data-run": letter })]),
    );
    const row = element(
      "tr",
      { "data-run": letter },
      element("th", { scope: "row" }, key, element("b", {}, letter), " ", says, end),
      ...cells.values(),
    );
    return { row, says, end, cells };
  }

  return {
    element: node,
    /** @param {View} view @param {import("./looking.js").UpdateOf} updateOf */
    show({ header, records, dark, way }, updateOf) {
      if ([...records.keys()].join() !== [...lines.keys()].join()) {
        lines = new Map([...records.keys()].map((letter) => [letter, lineFor(letter)]));
        body.replaceChildren(...[...lines.values()].map(({ row }) => row));
      }
      for (const [letter, record] of records) {
        const { row, says, end, cells } = lookup(lines, letter);
        const known = at(record, updateOf(record), way);
        const numbers = { ...known, metric: metricOf(known, record.about) };
        row.style.setProperty("--run", css(colourOf(letter, dark)));
        write(says, record.about.says);
        write(end, endOf(record.about));
        for (const [name, , , form] of COLUMNS) {
          const value = numbers[name],
            cell = lookup(cells, name);
          write(cell, Number.isNaN(value) ? "–" : form(value, header.task));
          assign(cell, "data-value", value);
        }
      }
    },
  };
}

/**
 * The last measured; not where the run blew up after that.
 * @param {ReturnType<typeof at>} numbers @param {import("./header.js").RunHeader} about
 */
function metricOf({ evaluation, update }, { stopped }) {
  if (evaluation === null) return NaN;
  const isOld = update > evaluation.update && update + 1 === stopped?.update;
  return isOld ? NaN : evaluation.metric;
}

/** One line per run: what it chose, and its numbers at the update looked at. */

import { css } from "../drawing/colours.js";
import { element, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { percent, power, short } from "../drawing/number_format.js";
import { at } from "./records.js";
import { colourOf, dashOf } from "./runs.js";

const COLUMNS = [
  ["update", "update", "Updates made, of those looked at", (n) => n.toLocaleString("en")],
  ["loss", "loss", "Of the batch learnt from at this update", brief],
  [
    "metric",
    "held out",
    "On 256 sequences it is never trained on, measured every 25 updates",
    null,
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
    (n) => brief(n),
  ],
];

/** A number that may be anything. */
function brief(value) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return size !== 0 && Number.isFinite(size) && (size < 0.005 || size >= 1000)
    ? power(value, 1)
    : short(value);
}

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
  let lines = new Map();

  function lineFor(letter) {
    const key = lineKey({ colour: "var(--run)", dash: dashOf(letter), width: 2.2 });
    const says = element("span", { class: "run-says" });
    const told = element("span", { class: "run-told" });
    const cells = new Map(
      COLUMNS.map(([name]) => [name, element("td", { "data-name": name, "data-run": letter })]),
    );
    const row = element(
      "tr",
      { "data-run": letter },
      element("th", { scope: "row" }, key, element("b", {}, letter), " ", says, told),
      ...cells.values(),
    );
    return { row, says, told, cells };
  }

  return {
    element: node,
    /** @param {Map<string, import("./records.js").Record>} records @param {(record: object) => number} updateOf @param {object} task @param {{dark: boolean, way: string}} view */
    show(records, updateOf, task, { dark, way }) {
      if ([...records.keys()].join() !== [...lines.keys()].join()) {
        lines = new Map([...records.keys()].map((letter) => [letter, lineFor(letter)]));
        body.replaceChildren(...[...lines.values()].map(({ row }) => row));
      }
      for (const [letter, record] of records) {
        const { row, says, told, cells } = lines.get(letter);
        const numbers = at(record, updateOf(record), way);
        row.style.setProperty("--run", css(colourOf(letter, dark)));
        write(says, record.about.says);
        write(told, endOf(record.about));
        numbers.metric = metricOf(numbers, record.about);
        for (const [name, , , form] of COLUMNS) {
          const value = numbers[name],
            shown =
              name === "metric" ? metric(value, task) : Number.isNaN(value) ? "–" : form(value);
          write(cells.get(name), shown);
          cells.get(name).setAttribute("data-value", value);
        }
      }
    },
  };
}

/** The last measured; not where the run blew up after that. */
function metricOf({ evaluation, update }, { stopped }) {
  const isOld = stopped && update > evaluation?.update && update === stopped.update - 1;
  return isOld ? NaN : (evaluation?.metric ?? NaN);
}

function metric(value, task) {
  if (Number.isNaN(value)) return "–";
  return task.kind === "classification" ? `${percent(value)} right` : `error ${brief(value)}`;
}

function endOf({ stopped, solvedAt, changes }) {
  if (stopped) return ` · ${stopped.text}`;
  const turned = changes.length ? ` · ${changes.at(-1).text}` : "";
  return solvedAt === null ? turned : `${turned} · solved after ${solvedAt} updates`;
}

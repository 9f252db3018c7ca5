/**
 * The charts: those of all runs, and below them what belongs to one alone.
 *
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./looking.js").UpdateOf} UpdateOf
 * @typedef {Required<import("./panel.js").Pointer> & Choices} Report
 * @typedef {Object} Choices  of the maps
 * @property {(choice: string) => void} colour
 * @property {(prefix: string) => void} way
 */

import { element, segmented } from "../drawing/dom.js";
import { updateAxis } from "../drawing/scales.js";
import { lookup } from "../maths/lookup.js";
import { growingAxes } from "./axes.js";
import { panel } from "./panel.js";
import { SHOWN, profileOf } from "./pictures.js";
import { runColumn } from "./run_column.js";
import { signsOf } from "./runs.js";
import { captionOf } from "./words.js";

const WIDE = 168;
/** @type {Array<[choice: string, shown: string]>} */
const COLOURS = [
  ["length", "‖dL/dh‖"],
  ["share", "÷ that of the last step"],
];
const ALL = /** @type {const} */ (["loss", "metric", "norm"]);

/** @param {Report} report */
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
    /** @param {View} view @param {UpdateOf} updateOf */
    show(view, updateOf) {
      const { header, records, dark } = view;
      const across = updateAxis(view.zoom ?? [0, header.planned]);
      const signs = [...records.values()].flatMap((record) => signsOf(record, dark));
      const base = { across, signs };
      const cursor = view.hover ?? view.at;
      for (const name of ALL) {
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
    /** @param {View} view */
    caption: ({ header, isShare }) => captionOf(header, axes.mapScale(isShare)),
    destroy() {
      for (const one of [...Object.values(shared), own]) one.destroy();
    },
  };
}

/** What belongs to one run alone, side by side. @param {Report} report */
function ownColumns(report) {
  const node = element("div", { class: "charts own" });
  /** @type {Map<string, ReturnType<typeof runColumn>>} */
  let columns = new Map();
  /** @param {import("./records.js").Records} records */
  function arrange(records) {
    if ([...records.keys()].join() === [...columns.keys()].join()) return;
    for (const one of columns.values()) one.destroy();
    columns = new Map([...records.keys()].map((letter) => [letter, runColumn(letter, report)]));
    node.replaceChildren(...[...columns.values()].map((one) => one.element));
    node.style.setProperty("--columns", String(columns.size));
  }
  return {
    element: node,
    /**
     * @param {import("../drawing/scales.js").Axis} scale  of the maps
     * @param {import("./run_column.js").Base} base @param {View} view @param {UpdateOf} updateOf
     */
    show(scale, base, view, updateOf) {
      arrange(view.records);
      for (const [letter, record] of view.records) {
        const signs = signsOf(record, view.dark);
        lookup(columns, letter).show(record, scale, { ...base, signs }, view, updateOf);
      }
    },
    destroy() {
      for (const one of columns.values()) one.destroy();
    },
  };
}

/**
 * What the maps show: which colours, and of which layer and direction, if there are several.
 * @param {Report} report
 */
function mapChoices(report) {
  const colours = segmented("colour of the maps", COLOURS, report.colour);
  const ways = element("select", {
    "aria-label": "layer that maps and gates are of",
    on: { change: () => report.way(ways.value) },
  });
  const word = element("span", { class: "quiet" }, "maps show ");
  return {
    element: element("div", { class: "colours" }, word, colours.element, ways),
    /** @param {View} view */
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

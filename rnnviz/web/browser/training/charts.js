/**
 * The charts: on the left what goes over the updates, all on one axis with one cursor; on the right
 * what the runs are like at the update looked at.
 *
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./looking.js").UpdateOf} UpdateOf
 * @typedef {ReturnType<typeof import("./looking.js").gestures>} Visitor
 * @typedef {import("../drawing/paint.js").Ink} Ink
 * @typedef {import("./maps.js").Base} Base
 */

import { element } from "../drawing/dom.js";
import { updateAxis } from "../drawing/scales.js";
import { _ } from "../drawing/texts.js";
import { mapReach } from "./axes.js";
import { doorsOf } from "./doors.js";
import { latestOf, latestShown, rangeOf } from "./looking.js";
import { mapHead } from "./map_head.js";
import { mapsOf } from "./maps.js";
import { panel } from "./panel.js";
import { SHOWN, profileOf } from "./pictures.js";
import { signsOf } from "./runs.js";
import { scrubber } from "./scrubber.js";
import { runTable } from "./table.js";

const [LOW, TALL, ROOMY] = [66, 104, 900]; // pixels: of a chart, in a window less high, or higher
const ALL = /** @type {const} */ (["loss", "metric", "norm"]);

/** @param {Visitor} visitor @param {import("./controls.js").Press} press @param {Ink} ink */
export function chartsOf(visitor, press, ink) {
  const pointer = { ...visitor.charts, ink };
  const over = overUpdates(pointer);
  const scrub = scrubber(visitor.scrubber, ink);
  const head = mapHead(visitor.charts);
  const maps = mapsOf("h", pointer);
  const doors = doorsOf(pointer);
  const profile = panel(_("‖dL/dhₜ‖ over time"), { height: 150, bottom: 20 }, { ink }, "gradient");
  const table = runTable(visitor.runs, press);
  const reach = mapReach();
  const left = [...over.elements, scrub.element, head.element, maps.element, doors.element];
  const parts = [over, scrub, maps, doors, profile];
  return {
    element: element(
      "div",
      { class: "stage" },
      element("div", { class: "over-updates" }, ...left),
      element("div", { class: "at-update" }, profile.element, table.element),
    ),
    /** @param {View} view @param {UpdateOf} updateOf */
    show(view, updateOf) {
      const across = updateAxis(rangeOf(view));
      const base = { across, cursor: view.hover ?? view.at };
      const scale = reach.axis(view.records.values(), rangeOf(view), view.isShare);
      const lengths = view.isShare
        ? reach.axis(view.records.values(), rangeOf(view), false)
        : scale;
      over.show(view, base);
      scrub.show(view, { most: latestOf(view.header), shown: latestShown(view) }, across);
      head.show(view, scale);
      maps.show(view, scale, base);
      doors.show(view, scale, base, updateOf);
      const { note, ...picture } = profileOf(view, lengths, updateOf);
      profile.note(note);
      profile.draw(picture, null);
      table.show(view, updateOf);
    },
    destroy() {
      for (const one of parts) one.destroy();
    },
  };
}

/** Loss, held-out metric and gradient norm. @param {import("./panel.js").Pointer} pointer */
function overUpdates(pointer) {
  const size = { height: globalThis.innerHeight >= ROOMY ? TALL : LOW };
  const panels = {
    loss: panel(_("Loss"), size, pointer, "loss"),
    metric: panel(_("Held out"), size, pointer, "held-out"),
    norm: panel(_("Gradient norm"), size, pointer, "gradient-norm"),
  };
  return {
    elements: ALL.map((name) => panels[name].element),
    /** @param {View} view @param {Base} base */
    show(view, { across, cursor }) {
      const signs = [...view.records.values()].flatMap((record) => signsOf(record, view.dark));
      for (const name of ALL) {
        const { note, ...picture } = SHOWN[name](view);
        panels[name].note(note);
        panels[name].draw({ across, signs, ...picture }, cursor);
      }
    },
    destroy() {
      for (const name of ALL) panels[name].destroy();
    },
  };
}

/** The one time axis of a page: the numbers of its steps. */

import { element } from "../../drawing/dom.js";
import { placeOf } from "../../drawing/heat_map_plan.js";
import { timeTicks } from "../../drawing/scales.js";
import { _ } from "../../drawing/texts.js";

/**
 * The numbers of the time steps, under what has a column for each.
 * @param {number} columns  how many are in view @param {() => number} from  the first of them
 */
export function timeAxis(columns, from) {
  const plot = element("div", { class: "row-plot time-axis" });
  const left = (/** @type {number} */ t) =>
    100 * placeOf({ columns, rows: 1 }, { column: t, row: 0 }).x;
  const label = element("div", { class: "row-label quiet" }, _("step"));
  const note = element("div", { class: "row-note" });
  return {
    element: element("div", { class: "row", "aria-hidden": "true" }, label, plot, note),
    /** @param {number} width */
    resize(width) {
      const room = width / (from() + columns > 999 ? 42 : 30);
      const ticks = timeTicks(columns, Math.max(2, Math.floor(room)));
      const word = (/** @type {number} */ t) =>
        element("span", { style: `left:${left(t)}%` }, String(from() + t + 1));
      plot.replaceChildren(...ticks.map(word));
    },
  };
}

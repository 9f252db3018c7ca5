/** What is selected of a map: a frame over it, and the keys that extend it. */

import { element } from "../../drawing/dom.js";
import { endsOf, extended } from "./selection.js";
import { columnsOf } from "../time_window.js";

/** @typedef {import("../context.js").Context} Context */

/** @type {Map<string, {units: number, steps: number}>} */
const WAYS = new Map([
  ["ArrowLeft", { units: 0, steps: -1 }],
  ["ArrowRight", { units: 0, steps: 1 }],
  ["ArrowUp", { units: -1, steps: 0 }],
  ["ArrowDown", { units: 1, steps: 0 }],
]);

/**
 * @param {Context} context @param {string} name  of the value on the map
 * @param {number} units  how many lines the map has
 */
export function mapSelection({ model, store, controller }, name, units) {
  const frame = element("div", { class: "selection", "aria-hidden": "true", hidden: true });
  const mine = () => (store.state.selection?.name === name ? store.state.selection : null);

  /** Shift and an arrow extend it; ↑ and ↓ alone go to the unit above and below. @param {KeyboardEvent} event */
  function key(event) {
    const way = WAYS.get(event.key);
    const { unit, step } = store.state;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && mine()) controller.selectSquares(null);
    else if (event.key === "Enter") controller.select({ name });
    else if (way && event.shiftKey) {
      const begin = { unit: Math.min(unit, units - 1), step };
      const room = { units, steps: model.T };
      controller.selectSquares(extended(mine(), name, begin, way, room));
    } else if (way && way.units !== 0) controller.select({ unit: unit + way.units });
    else return; // ← and → step, as everywhere
    event.preventDefault();
    event.stopPropagation();
  }
  function show() {
    const selection = mine();
    frame.hidden = selection === null;
    if (selection === null) return;
    const { low, high, ...ends } = endsOf(selection);
    const columns = columnsOf(model.T);
    const first = Math.max(ends.first - store.state.from, 0);
    const last = Math.min(ends.last - store.state.from, columns - 1);
    frame.hidden = first > last; // it is out of view
    frame.style.left = `${(100 * first) / columns}%`;
    frame.style.width = `${(100 * (last + 1 - first)) / columns}%`;
    frame.style.top = `${(100 * low) / units}%`;
    frame.style.height = `${(100 * (high + 1 - low)) / units}%`;
  }
  return {
    element: frame,
    key,
    show,
    /**
     * From one square to another, with a pointer.
     * @param {import("../../drawing/heat_map_plan.js").Cell} from
     * @param {import("../../drawing/heat_map_plan.js").Cell} to
     */
    drag(from, to) {
      const corner = (
        /** @type {import("../../drawing/heat_map_plan.js").Cell} */ { row, column },
      ) => ({
        unit: row,
        step: store.state.from + column,
      });
      controller.selectSquares({ name, anchor: corner(from), head: corner(to) });
    },
  };
}

/** The picture by keys: its cells are gone through one by one, as a table's are. */

import { listen } from "../drawing/dom.js";
import { inView } from "./in_view.js";
import { cellOfOutput } from "./net.js";

/** @typedef {import("./net.js").Cell} Cell */
/** @typedef {import("./net.js").Net} Net */

/** @typedef {import("./in_view.js").InView} InView */

/** @type {Record<string, (net: Net, cell: Cell, view: InView) => Partial<Cell>>} */
const MOVES = {
  ArrowRight: (_net, { step }, { steps }) => ({ step: beside(steps, step, 1) }),
  ArrowLeft: (_net, { step }, { steps }) => ({ step: beside(steps, step, -1) }),
  ArrowUp: (net, cell) => lane(net, cell, 1),
  ArrowDown: (net, cell) => lane(net, cell, -1),
  PageUp: (_net, { item }, { items }) => ({ item: beside(items, item, -1) }),
  PageDown: (_net, { item }, { items }) => ({ item: beside(items, item, 1) }),
  Home: () => ({ step: 0 }),
  End: (net) => ({ step: net.length - 1 }),
};

/** The one before or after, as far as there is one. @param {number[]} all @param {number} one @param {1|-1} by */
const beside = (all, one, by) => all[Math.min(Math.max(all.indexOf(one) + by, 0), all.length - 1)];

/** The lane above or below. @param {Net} net @param {Cell} cell @param {1|-1} by */
function lane(net, { layer, direction }, by) {
  const at = layer * net.directions + direction + by;
  const row = Math.min(Math.max(at, 0), net.layers * net.directions - 1);
  return { layer: Math.floor(row / net.directions), direction: row % net.directions };
}

/** Where a key leads from a cell; null: it is no key of the picture's. @param {Net} net @param {Cell} cell @param {string} key @param {InView} view @returns {Cell|null} */
export const moved = (net, cell, key, view) =>
  Object.hasOwn(MOVES, key) ? { ...cell, ...MOVES[key](net, cell, view) } : null;

/**
 * @param {SVGElement} picture @param {import("./context.js").StateStore} store
 * @param {(cell: Cell|null) => void} choose
 */
export function figureKeys(picture, store, choose) {
  const here = () => store.state.pointed ?? cellOfOutput(store.state.net, store.state.output).cell;
  return listen(picture, {
    keydown(event) {
      const { net, output } = store.state;
      const view = inView(net, { step: output[0], item: output[1] });
      const next = moved(net, here(), event.key, view);
      if (next) store.set({ pointed: next });
      else if (event.key === "Enter" || event.key === " ") choose(here());
      else if (event.key === "Escape") store.set({ pointed: null });
      else return;
      event.preventDefault();
    },
    blur: () => store.set({ pointed: null }),
  });
}

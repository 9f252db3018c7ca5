/** The stepper's views by name, and where each stands: a page may show any of them. */

import { element } from "../drawing/dom.js";
import { changesBar } from "./changes_bar.js";
import { diagramView } from "./diagram_view.js";
import { equationsView } from "./equations_view.js";
import { explainView } from "./explain_view.js";
import { gradientView } from "./gradient_chart.js";
import { headView } from "./head_view.js";
import { mapsView } from "./maps.js";
import { narrator } from "./narrator.js";
import { playerView } from "./player.js";
import { readoutView } from "./readout_view.js";
import { stripView } from "./strip.js";
import { unitView } from "./unit_chart.js";

/**
 * @typedef {Object} View
 * @property {HTMLElement} element
 * @property {(changed: Set<string>) => void} update  keys of the store that have changed, and
 *   "run" (other numbers), "theme" (other colours), "mount" (everything)
 * @property {(width: number) => void} [resize]  the width that a row of time steps has, in pixels
 * @property {() => void} destroy
 *
 * @typedef {(stage: import("./stage.js").Stage) => View|null} MakeView  null: nothing to show
 */

/** @type {Map<string, MakeView>} */
export const VIEWS = new Map([
  ["head", headView],
  ["strip", stripView],
  ["player", playerView],
  ["changes", changesBar],
  ["diagram", diagramView],
  ["readout", readoutView],
  ["equations", equationsView],
  ["explain", explainView],
  ["maps", mapsView],
  ["gradients", gradientView],
  ["unit", unitView],
  ["narrator", narrator],
]);
const FEW = 4; // equations beside which there is room for the answer

/** Some of the views, for `mount`; a page's own are set beside them. @param {...string} names */
export function some(...names) {
  return new Map(names.map((name) => [name, VIEWS.get(name)]));
}

/**
 * The views one below the other, cell and equations side by side; a page's own stand at the end.
 * @param {Map<string, View>} views
 * @param {object} header
 * @returns {HTMLElement[]}
 */
export function arranged(views, header) {
  const of = (...names) => names.map((name) => views.get(name)?.element ?? null);
  const own = [...views.keys()].filter((name) => !VIEWS.has(name));
  const [strip] = of("strip"),
    scrub = views.get("player")?.scrub ?? null;
  strip?.append(...[scrub].filter(Boolean));
  const isLong = header.layers[0].cell.names.length > FEW;
  const left = isLong ? of("diagram", "readout") : of("diagram");
  const right = isLong ? of("equations", "explain") : of("equations", "readout", "explain");
  const beside = [beneath("left", left), beneath("right", right)];
  return [
    ...of("head"),
    strip ?? scrub,
    ...of("player", "changes"),
    beneath("stage", beside),
    ...of("maps", "gradients", "unit", "narrator", ...own),
  ].filter((node) => node !== null);
}

/** A box around nodes; null where there are none. */
function beneath(name, nodes) {
  const there = nodes.filter((node) => node !== null);
  return there.length ? element("div", { class: name }, ...there) : null;
}

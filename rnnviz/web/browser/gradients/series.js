/** How each cell's line looks and is called, everywhere on the page, and which of its curves it is. */

import { lookOf } from "../drawing/marks.js";
import { lookup } from "../maths/lookup.js";
import { SCENE } from "./experiment.js";

const ORDER = ["RNN", "LSTM", "GRU (PyTorch)", SCENE, "MGU", "CIFG", "Peephole LSTM", "GRU (Cho)"];
const COLOURS = 8;

/** @param {string} name @param {string[]} all  every name there is */
export function seriesOf(name, all) {
  const known = ORDER.indexOf(name);
  const k = known >= 0 ? known : ORDER.length + all.filter((n) => !ORDER.includes(n)).indexOf(name);
  return lookOf(k, `var(--series-${k % COLOURS})`);
}

const PLAIN_WORDS = new Map([
  ["tanh", "RNN (tanh)"],
  ["relu", "RNN (ReLU)"],
  ["identity", "RNN (linear)"],
]);

/**
 * What a cell is called on the page.
 * @param {string} name
 * @param {{activation: string, plain?: string}} of  plain: the name of the plain cell
 */
export function titleOf(name, { activation, plain = "RNN" }) {
  if (name === SCENE) return "the Step page's network";
  return name === plain ? lookup(PLAIN_WORDS, activation) : name;
}

/**
 * The curve of h, or of the state that is kept longest.
 * @param {import("./measure.js").Found} found @param {import("./context.js").CurveOf} chosen
 */
export function chosenCurve({ curves }, chosen) {
  return chosen === "h" ? lookup(curves, "h") : [...curves.values()][curves.size - 1];
}

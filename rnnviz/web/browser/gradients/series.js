/** How each cell's line looks and is called, everywhere on the page, and which of its curves it is. */

import { lookOf } from "../drawing/marks.js";
import { _, N_ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { galleryOf, OWN, SCENE } from "./setup.js";

const ORDER = ["RNN", "LSTM", "GRU (PyTorch)", SCENE, "MGU", "CIFG", "Peephole LSTM", "GRU (Cho)"];
const COLOURS = 8;

/**
 * All that can be shown, the usual ones first, then the visitor's own where there is one.
 * @param {import("./header.js").SetupHeader} header
 */
export function cellNames(header) {
  const gallery = galleryOf(header).map(({ name }) => name);
  const usual = [header.plain, "LSTM", "GRU (PyTorch)", SCENE];
  if (gallery.includes(OWN)) usual.push(OWN);
  return [...usual, ...gallery.filter((name) => !usual.includes(name))];
}

/** @param {string} name @param {string[]} all  every name there is */
export function seriesOf(name, all) {
  const rest = all.filter((one) => !ORDER.includes(one) && one !== OWN);
  const k = [...ORDER, ...rest, OWN].indexOf(name);
  return lookOf(k, `var(--series-${k % COLOURS})`);
}

const PLAIN_WORDS = new Map([
  ["tanh", "RNN (tanh)"],
  ["relu", "RNN (ReLU)"],
  ["identity", N_("RNN (linear)")],
]);

/**
 * What a cell is called on the page.
 * @param {string} name
 * @param {{activation?: string, plain?: string}} of  activation: the plain cell's, where it has one
 *   name whatever its function; plain: that name
 */
export function titleOf(name, { activation, plain = "RNN" }) {
  if (name === SCENE) return _("the Step page's network");
  if (name === OWN) return _("your own cell");
  const called = name === plain && activation ? lookup(PLAIN_WORDS, activation) : name;
  return _(called);
}

/**
 * The curve of h, or of the state that is kept longest; of that too where h is not handed on.
 * @param {import("./measure.js").Found} found @param {import("./context.js").CurveOf} chosen
 */
export function chosenCurve({ curves }, chosen) {
  return (chosen === "h" && curves.get("h")) || [...curves.values()][curves.size - 1];
}

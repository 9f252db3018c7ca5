/** How each cell's line looks and is called, everywhere on the page, and which of its curves it is. */

import { lookOf } from "../drawing/marks.js";
import { OWN, SCENE } from "./experiment.js";

const ORDER = ["RNN", "LSTM", "GRU (PyTorch)", SCENE, "MGU", "CIFG", "Peephole LSTM", "GRU (Cho)"];
const COLOURS = 8;

/** @param {string} name @param {string[]} all  every name there is */
export function seriesOf(name, all) {
  const rest = all.filter((one) => !ORDER.includes(one) && one !== OWN);
  const k = [...ORDER, ...rest, OWN].indexOf(name);
  return lookOf(k, `var(--series-${k % COLOURS})`);
}

const PLAIN_WORDS = { tanh: "RNN (tanh)", relu: "RNN (ReLU)", identity: "RNN (linear)" };

/** What a cell is called on the page. */
export function titleOf(name, { activation, plain = "RNN" }) {
  if (name === SCENE) return "the Step page's network";
  if (name === OWN) return "your own cell";
  return name === plain ? PLAIN_WORDS[activation] : name;
}

/** The same within a sentence: "the LSTM", "your own cell". */
export function theTitle(name, knobs) {
  const title = titleOf(name, knobs);
  return name === OWN || name === SCENE ? title : `the ${title}`;
}

/** The curve of h, or of the state that is kept longest; of that too where h is not handed on. */
export function chosenCurve({ curves }, chosen) {
  return (chosen === "h" && curves.get("h")) || [...curves.values()].at(-1);
}

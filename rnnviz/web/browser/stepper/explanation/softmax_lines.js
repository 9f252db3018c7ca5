/** How scores become a probability: e to the score, divided by the sum over all outputs. */

import { element, mark } from "../../drawing/dom.js";
import { exact, long, percent } from "../../drawing/number_format.js";
import { _, _nodes, ngettext } from "../../drawing/texts.js";
import { restRow, table } from "./product_table.js";
import { largestTerms } from "./reason_lines.js";
import { link } from "./reason_numbers.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../header.js").AnswerSpec} AnswerSpec */
/** @typedef {import("./reason_numbers.js").Follow} Follow */

const MOST_OUTPUTS = 8;
const FAR = 100; // beyond, e to a score is a number nobody can read

/**
 * @typedef {Object} Softmax
 * @property {Float64Array} scores  of every output
 * @property {number} shift  taken off every score: it changes no probability
 * @property {Float64Array} powers  e to each score without the shift
 * @property {number} sum  of the powers
 */

/** @param {Float64Array} scores  before the softmax @returns {Softmax} */
export function softmaxOf(scores) {
  const largest = Math.max(...scores);
  const shift = Math.abs(largest) > FAR ? largest : 0;
  const powers = scores.map((score) => Math.exp(score - shift));
  return { scores, shift, powers, sum: powers.reduce((sum, power) => sum + power, 0) };
}

/**
 * @param {AnswerSpec} readout @param {Float64Array} scores
 * @param {{unit: number, step: number, probability: number, follow: Follow}} what
 * @returns {Node[]}
 */
export function softmaxLines({ labels }, scores, { unit, step, probability, follow }) {
  const softmax = softmaxOf(scores);
  const { shift, powers, sum } = softmax;
  const shown = [
    ...largestTerms(
      Array.from(powers, (product) => ({ product })),
      MOST_OUTPUTS,
    ),
  ];
  shown.sort((a, b) => powers[b] - powers[a]);
  if (!shown.includes(unit)) shown[shown.length - 1] = unit;
  const rows = shown.map((k) =>
    powerRow(labels[k], softmax, { name: "prediction", unit: k, t: step }, follow),
  );
  if (shown.length < scores.length) rows.push(restOf(softmax, shown));
  const score = element("span", {}, shownPower(scores[unit], shift));
  const result = element("b", { class: "number", title: exact(probability) }, long(probability));
  mark(result, "probability", unit, probability);
  const holes = {
    power: score,
    size: long(powers[unit]),
    sum: long(sum),
    result,
    share: percent(probability),
  };
  const formula = _nodes("{power} / Σ = {size} / {sum} = {result} = {share}", holes);
  return [
    element("p", { class: "formula" }, ...formula),
    element(
      "div",
      { class: "product" },
      element(
        "p",
        { class: "leaf" },
        _("Σ is the sum of e to the score of every output: {sum}", { sum: long(sum) }),
      ),
      table(rows),
    ),
    element(
      "p",
      { class: "leaf" },
      _("The score of “{output}”, before the softmax:", { output: labels[unit] }),
    ),
  ];
}

/** e to a score, as a node. @param {number} score @param {number} shift */
function shownPower(score, shift) {
  const exponent = shift === 0 ? long(score) : `${long(score)} − ${long(shift)}`;
  return element("span", {}, "e", element("sup", {}, exponent));
}

/**
 * @param {string} label @param {Softmax} softmax
 * @param {import("../../maths/arithmetic.js").Whence} place @param {Follow} follow
 */
function powerRow(label, { scores, shift, powers }, place, follow) {
  const power = powers[place.unit];
  const taken = shift === 0 ? [] : [` − ${long(shift)}`];
  const exponent = element("sup", {}, link(scores[place.unit], place, follow), ...taken);
  return element(
    "tr",
    {},
    element("td", { class: "quiet", "data-verbatim": true }, label),
    element("td", {}, "e", exponent),
    element("td", {}, "="),
    element("td", { title: exact(power) }, long(power)),
  );
}

/** @param {Softmax} softmax @param {number[]} shown */
function restOf({ powers }, shown) {
  const rest = powers.reduce((sum, power, k) => (shown.includes(k) ? sum : sum + power), 0);
  const count = powers.length - shown.length;
  return restRow(ngettext("and {count} smaller one", "and {count} smaller ones", count), 2, rest);
}

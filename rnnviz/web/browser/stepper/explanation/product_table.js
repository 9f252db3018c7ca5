/** A row of a matrix times a vector: the products that matter most, one a line. */

import { element } from "../../drawing/dom.js";
import { exact, long } from "../../drawing/number_format.js";
import { _, ngettext } from "../../drawing/texts.js";
import { placeOfRead } from "../../maths/pool_reasons.js";
import { largestTerms } from "./reason_lines.js";
import { link, namesIn, weightNode } from "./reason_numbers.js";

/** @typedef {import("../../maths/arithmetic.js").MatmulReason} MatmulReason */
/** @typedef {import("../../maths/arithmetic.js").Term} Term */
/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./reason_numbers.js").Follow} Follow */

const MOST_TERMS = 12;

/**
 * @param {Context} context @param {MatmulReason} reason
 * @param {{follow: Follow, kept: Map<string, number[]>}} how  kept: which products are shown, by
 *   explanation
 */
export function productTable(context, reason, { follow, kept }) {
  const { matrix, vector, terms, value, unit } = reason;
  const names = namesIn(context);
  const key = JSON.stringify([matrix, unit, context.store.state.explained]);
  const shown = kept.get(key) ?? [...largestTerms(terms, MOST_TERMS)].sort((a, b) => a - b);
  kept.set(key, shown);
  const largest = Math.max(...terms.map((term) => Math.abs(term.product)), Number.MIN_VALUE);
  const rows = shown.map((k) => termRow(context, reason, k, { largest, follow }));
  if (shown.length < terms.length) rows.push(restOf(terms, new Set(shown)));
  const total = element("b", { title: exact(value) }, long(value));
  const whose = ` ${names.whose(unit)} = `;
  const head = [names.parameter(matrix), " ", names.symbol(vector), whose, total];
  return element(
    "div",
    { class: "product" },
    element("p", { class: "leaf" }, ...head),
    table(rows),
  );
}

/**
 * @param {Context} context @param {MatmulReason} reason @param {number} k
 * @param {{largest: number, follow: Follow}} how  largest: of all products, in size
 */
function termRow(context, { matrix, unit, terms }, k, { largest, follow }) {
  const { from, weight, value, product } = terms[k];
  const names = namesIn(context);
  const place = from.name === "output" ? placeOfRead(context.model.live, from.unit, from.t) : from;
  const index = unit * terms.length + k;
  const bar = element("i", {
    class: product < 0 ? "term-bar negative" : "term-bar",
    style: `--share:${Math.abs(product) / largest}`,
  });
  const of = ` ${placeName(context, from.name, k)}`;
  return element(
    "tr",
    {},
    element("td", { class: "quiet" }, names.symbol(from.name), of),
    element("td", {}, weightNode(context.model, names.arrayOf(matrix), index, weight)),
    element("td", {}, "·"),
    element("td", {}, link(value, place, follow)),
    element("td", {}, "="),
    element("td", { title: exact(product) }, long(product)),
    element("td", { class: "term-well" }, bar),
  );
}

/** @param {Term[]} terms @param {Set<number>} shown */
function restOf(terms, shown) {
  const rest = terms.reduce((sum, term, k) => (shown.has(k) ? sum : sum + term.product), 0);
  const count = terms.length - shown.size;
  return restRow(
    ngettext("and {count} smaller product", "and {count} smaller products", count),
    4,
    rest,
  );
}

/**
 * The last row of a table of terms: what those that have none of their own come to.
 * @param {string} words  how many they are @param {number} columns  that the words take
 * @param {number} rest
 */
export function restRow(words, columns, rest) {
  return element(
    "tr",
    { class: "rest" },
    element("td", { colspan: columns }, words),
    element("td", {}, "="),
    element("td", { title: exact(rest) }, long(rest)),
  );
}

/** @param {Context} context @param {string} name @param {number} k */
function placeName({ header, store }, name, k) {
  const isInput = name === "x" && header.layers[store.state.layer].layer === 0;
  return isInput ? (header.sequence.input_names[k] ?? k + 1) : _("unit {unit}", { unit: k + 1 });
}

/** Rows of a table. @param {Node[]} rows */
export function table(rows) {
  return element("table", {}, element("tbody", {}, ...rows));
}

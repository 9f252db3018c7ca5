/** A pooled number as the sum of what each step gives to it: those that give most, one a line. */

import { element } from "../../drawing/dom.js";
import { exact, long } from "../../drawing/number_format.js";
import { _, ngettext } from "../../drawing/texts.js";
import { restRow, table } from "./product_table.js";
import { largestTerms } from "./reason_lines.js";
import { link } from "./reason_numbers.js";
import { labelAt } from "../sequence/sequence_labels.js";

const MOST_STEPS = 12;

/**
 * @param {import("../context.js").Context} context
 * @param {import("../../maths/pool_reasons.js").PoolReason} reason
 * @param {import("./reason_numbers.js").Follow} follow
 */
export function poolTable({ header, model }, { terms }, follow) {
  const given = terms.filter(({ weight }) => weight > 0);
  const shown = [...largestTerms(given, MOST_STEPS)].sort((a, b) => a - b);
  const rows = shown.map((k) => {
    const { from, weight, value, product } = given[k];
    const step = _("step {step}", { step: from.t + 1 });
    return element(
      "tr",
      {},
      element("td", { class: "quiet" }, step),
      element("td", { "data-verbatim": true }, labelAt(header, model, from.t)),
      element("td", { title: exact(weight) }, long(weight)),
      element("td", {}, "·"),
      element("td", {}, link(value, from, follow)),
      element("td", {}, "="),
      element("td", { title: exact(product) }, long(product)),
    );
  });
  const left = given.filter((term, k) => !shown.includes(k));
  if (left.length > 0) rows.push(restOf(left));
  return element("div", { class: "product" }, table(rows));
}

/** @param {Array<{product: number}>} terms */
function restOf(terms) {
  const rest = terms.reduce((sum, { product }) => sum + product, 0);
  const words = ngettext(
    "and {count} step that gives less",
    "and {count} steps that give less",
    terms.length,
  );
  return restRow(words, 5, rest);
}

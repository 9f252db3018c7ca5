/**
 * What a value does to the loss: dL/d(value) as the sum of what comes back from every use of it.
 */

import { element } from "../../drawing/dom.js";
import { exact, long } from "../../drawing/number_format.js";
import { _, _nodes } from "../../drawing/texts.js";
import { explainGradient } from "../../maths/arithmetic.js";
import { table } from "./product_table.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../../maths/arithmetic.js").Contribution} Contribution */

/**
 * @param {import("../context.js").Context} context
 * @param {import("../state.js").Explained} what
 * @returns {Node[]} none for what has no gradient here
 */
export function gradientLines({ model, store, words }, { name, unit, step }) {
  const { layer } = store.state;
  const { run, gradients } = model.live.layers[layer];
  if (name === "prediction" || !gradients.values.has(name)) return [];
  const about = words(layer);
  const symbol = (/** @type {string} */ value) =>
    symbolNode(about.symbol(value.split(".")[0]), about.role(value));
  const { value, contributions } = explainGradient(run, name, unit, step);
  const rows = contributions.map((one) =>
    element("tr", {}, element("td", { class: "quiet" }, ...wayOf(one, symbol)), amount(one)),
  );
  const total = element("b", { title: exact(value) }, long(value));
  const holes = { value: symbol(name), total };
  const head =
    contributions.length > 1
      ? _nodes("What it does to the loss: dL/d{value} = {total}, the sum of what comes back", holes)
      : _nodes("What it does to the loss: dL/d{value} = {total}", holes);
  const lines = [element("p", { class: "leaf" }, ...head), table(rows)];
  return [element("div", { class: "product gradient-lines" }, ...lines)];
}

/** @param {Contribution} one @param {(name: string) => Node} symbol @returns {Array<Node|string>} */
function wayOf(one, symbol) {
  if (one.kind === "outside") return [_("from above: the loss or the next layer")];
  if (one.kind === "state")
    return _nodes("from step {step}, which reads {value}", {
      step: String(one.t + 1),
      value: symbol(one.name),
    });
  const value = symbol(one.name);
  if (one.kind === "matmul")
    return _nodes("through {value}, {count} weights", { value, count: String(one.terms.length) });
  return _nodes("through {value}", { value });
}

/** @param {Contribution} one */
function amount({ kind, slope, gradient, product }) {
  const told = kind === "use" ? `${long(slope)} · ${long(gradient)} = ` : "";
  return element("td", { title: exact(product) }, `${told}${long(product)}`);
}

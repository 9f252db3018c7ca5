/** The lines of an explanation as elements: formulas, tables of products, weights, links. */

import { assign, element, mark } from "../../drawing/dom.js";
import { exact, long } from "../../drawing/number_format.js";
import { _ } from "../../drawing/texts.js";
import { poolTable } from "./pool_table.js";
import { productTable } from "./product_table.js";
import { link, namesIn, weightNode } from "./reason_numbers.js";

/** @typedef {import("../../maths/arithmetic.js").HeldReason} HeldReason */
/** @typedef {import("../../maths/arithmetic.js").Leaf} Leaf */
/** @typedef {import("../../maths/arithmetic.js").Reason} Reason */
/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./reason_lines.js").ReasonLine} ReasonLine */
/** @typedef {import("./reason_numbers.js").Follow} Follow */

/**
 * @param {Context} context @param {Follow} follow
 * @returns {{draw: (line: ReasonLine) => HTMLElement, forget: () => void}}
 *   Which products are shown is kept while something is dragged, until `forget`.
 */
export function reasonDrawing(context, follow) {
  /** @type {Map<string, number[]>} */
  const kept = new Map();
  return {
    draw(line) {
      if (line.kind === "formula") return formula(context, line.words, follow);
      if (line.kind === "product") return productTable(context, line.reason, { follow, kept });
      if (line.kind === "pool") return poolTable(context, line.reason, follow);
      if (line.kind === "held") return held(line.reason);
      return leaf(context, line.reason, follow);
    },
    forget: () => kept.clear(),
  };
}

/**
 * Its last number is the result; the others lead on to what they come from.
 * @param {Context} context @param {import("./reason_lines.js").Word[]} words @param {Follow} follow
 */
function formula(context, words, follow) {
  const last = words.length - 1;
  const nodes = words.map((word, k) => {
    if (typeof word === "string") return word;
    const next = k === last ? null : whereFrom(context, word.reason);
    return next ? link(word.value, next, follow) : number(word.reason, k === last ? "b" : "span");
  });
  return element("p", { class: "formula" }, ...nodes);
}

/** A number that leads nowhere. @param {Reason} reason @param {"b"|"span"} [tag] */
function number(reason, tag = "span") {
  const node = element(tag, { title: exact(reason.value) }, long(reason.value));
  if (reason.kind === "number" || reason.kind === "parameter") return node;
  mark(node, reason.name, reason.unit, reason.value);
  assign(node, "aria-current", "true"); // it is what the lines around it explain
  return node;
}

/** @param {Context} context @param {Leaf} reason @param {Follow} follow */
function leaf(context, reason, follow) {
  const names = namesIn(context);
  const { name, unit, value } = reason;
  if (reason.kind === "parameter") {
    const weight = weightNode(context.model, names.arrayOf(name), unit, value);
    const symbol = names.parameter(name);
    return element("p", { class: "leaf" }, symbol, ` ${names.whose(unit)} = `, weight);
  }
  const next = whereFrom(context, reason);
  const node = next ? link(value, next, follow) : number(reason);
  return element("p", { class: "leaf" }, names.symbol(name), " = ", node, ending(reason));
}

/** @param {HeldReason} reason */
function held({ value, computed }) {
  const text = computed
    ? _("Held by you at {value}; the equations give {computed}:", {
        value: long(value),
        computed: long(computed.value),
      })
    : _("Held by you at {value}", { value: long(value) });
  return element("p", { class: "leaf" }, text);
}

/**
 * Where a number goes on from; null: nowhere.
 * @param {Context} context @param {Reason} reason
 */
function whereFrom({ model, store }, reason) {
  if (reason.kind === "state") return reason.from;
  if (reason.kind === "number" || reason.kind === "parameter" || reason.kind === "input")
    return null;
  if (reason.kind === "pool") return reason;
  const { values } = model.live.layers[reason.layer ?? store.state.layer].run;
  return values.has(reason.name) ? reason : null;
}

/** @param {Leaf} reason */
function ending(reason) {
  if (reason.kind === "input") return _(" (the input)");
  return reason.kind === "state" && reason.from === null ? _(" (the initial state)") : "";
}

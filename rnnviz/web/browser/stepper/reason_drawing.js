/** The lines of an explanation as elements: formulas, tables of products, weights, links. */

import { element, mark } from "../drawing/dom.js";
import { exact, long } from "../drawing/number_format.js";
import { largestTerms } from "./reason_lines.js";
import { symbolNode } from "./words.js";

const MOST_TERMS = 12;

/**
 * @param {import("./stage.js").Stage} stage
 * @param {(place: {name: string, unit: number, t: number, layer?: number}) => void} follow
 * @returns {{draw: (line: import("./reason_lines.js").ReasonLine) => Node, forget: () => void}}
 *   Which products are shown is kept while something is dragged, until `forget`.
 */
export function reasonDrawing({ header, model, store, words }, follow) {
  const kept = new Map();
  const about = () => words(store.state.layer);
  const isReadout = () => store.state.explained.name === "prediction";
  const arrayOf = (name) => (isReadout() ? `readout.${name}` : `${store.state.layer}.${name}`);

  const LINES = new Map([
    ["formula", formula],
    ["product", product],
    ["leaf", leaf],
    ["held", held],
  ]);

  function formula({ words: list }) {
    const last = list.length - 1;
    const nodes = list.map((word, k) =>
      typeof word === "string" ? word : number(word.reason, k === last),
    );
    return element("p", { class: "formula" }, ...nodes);
  }
  function number(reason, isResult = false) {
    const tag = isResult ? "b" : "span";
    const node = element(tag, { class: "number", title: exact(reason.value) }, long(reason.value));
    if (reason.name && reason.kind !== "parameter")
      mark(node, reason.name, reason.unit, reason.value);
    return node;
  }
  function leaf({ reason }) {
    const { kind, name, unit, value } = reason;
    if (kind === "parameter") {
      const weight = weightNode(arrayOf(name), unit, value);
      return element("p", { class: "leaf" }, parameter(name), ` of unit ${unit + 1} = `, weight);
    }
    const next = whereFrom(reason);
    const node = next ? link(value, next) : number(reason);
    return element("p", { class: "leaf" }, symbol(name), " = ", node, ending(reason));
  }
  function held({ reason: { value, computed } }) {
    const told = computed ? `; the equations give ${long(computed.value)}:` : "";
    return element("p", { class: "leaf" }, `Held by you at ${long(value)}${told}`);
  }
  function product({ reason: { matrix, vector, terms, value, unit } }) {
    const seen = shownTerms(JSON.stringify([matrix, unit, store.state.explained]), terms);
    const largest = Math.max(...terms.map((term) => Math.abs(term.product)), Number.MIN_VALUE);
    const rows = [...seen].map((k) =>
      termRow(terms[k], k, { matrix, unit, count: terms.length, largest }),
    );
    if (seen.size < terms.length) rows.push(restRow(terms, seen));
    const total = element("b", { title: exact(value) }, long(value));
    const head = [parameter(matrix), " ", symbol(vector), ` of unit ${unit + 1} = `, total];
    return element(
      "div",
      { class: "product" },
      element("p", { class: "leaf" }, ...head),
      table(rows),
    );
  }
  function shownTerms(key, terms) {
    if (!kept.has(key))
      kept.set(key, new Set([...largestTerms(terms, MOST_TERMS)].sort((a, b) => a - b)));
    return kept.get(key);
  }
  function termRow({ from, weight, value, product: result }, k, { matrix, unit, count, largest }) {
    const share = `--share:${Math.abs(result) / largest}`;
    const bar = element("i", {
      class: result < 0 ? "term-bar negative" : "term-bar",
      style: share,
    });
    return element(
      "tr",
      {},
      element("td", { class: "quiet" }, symbol(from.name), ` ${placeName(from.name, k)}`),
      element("td", {}, weightNode(arrayOf(matrix), unit * count + k, weight)),
      element("td", {}, "·"),
      element("td", {}, link(value, from.name === "output" ? inLastLayer(from) : from)),
      element("td", {}, "="),
      element("td", { title: exact(result) }, long(result)),
      element("td", { class: "term-well" }, bar),
    );
  }
  function symbol(name) {
    return name === "output"
      ? symbolNode("h_t", "hidden")
      : symbolNode(about().symbol(name), about().role(name));
  }
  const parameter = (name) => symbolNode(isReadout() ? `${name}_y` : about().symbol(name));

  function placeName(name, k) {
    const isInput = name === "x" && header.layers[store.state.layer].layer === 0;
    return isInput ? (header.sequence.input_names[k] ?? k + 1) : `unit ${k + 1}`;
  }
  /** The readout reads the last layer, both directions side by side. */
  function inLastLayer({ unit, t }) {
    const last = header.layers.at(-1).layer;
    const directions = [...header.layers.keys()].filter((k) => header.layers[k].layer === last);
    const { hidden } = header.layers[directions[0]];
    return { name: "h", unit: unit % hidden, t, layer: directions[Math.floor(unit / hidden)] };
  }
  function weightNode(array, index, value) {
    const [now, before] = [model.liveArrays, model.arrays].map((all) => all.get(array)[index]);
    const isChanged = !Object.is(now, before);
    return element(
      "span",
      {
        class: isChanged ? "number weight changed" : "number weight",
        role: "spinbutton",
        tabindex: 0,
        "data-weight": JSON.stringify([array, index]),
        "aria-label": `weight ${array}, number ${index + 1}`,
        "aria-valuenow": value,
        title: `${exact(value)}; drag up or down, or ↑ ↓`,
      },
      long(value),
    );
  }
  function link(value, place) {
    const press = { click: () => follow(place) };
    const attributes = { type: "button", class: "number", title: exact(value), on: press };
    const node = element("button", attributes, long(value));
    mark(node, place.name, place.unit, value);
    return node;
  }
  return { draw: (line) => LINES.get(line.kind)(line), forget: () => kept.clear() };
}

/** Rows of a table. @param {Node[]} rows */
export function table(rows) {
  return element("table", {}, element("tbody", {}, ...rows));
}

function restRow(terms, seen) {
  const rest = terms.reduce((sum, term, k) => (seen.has(k) ? sum : sum + term.product), 0);
  const count = terms.length - seen.size;
  return element(
    "tr",
    { class: "rest" },
    element("td", { colspan: 4 }, `and ${count} smaller products`),
    element("td", {}, "="),
    element("td", { title: exact(rest) }, long(rest)),
  );
}

function whereFrom({ kind, name, unit, t, from }) {
  if (kind === "state") return from;
  return kind === "value" ? { name, unit, t } : null;
}

function ending({ kind, from }) {
  if (kind === "input") return " (the input)";
  return kind === "state" && from === null ? " (the initial state)" : "";
}

/** Where a number comes from: the exact arithmetic with its weights, which can be dragged, and what it does to L. */

import { explainGradient } from "../maths/arithmetic.js";
import { button, element, mark } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { exact, long } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { largestTerms, linesOf, reasonFor } from "./reason_lines.js";
import { symbolNode } from "./words.js";

const HOW = "Four decimals are shown, all of them on hover. Drag a weight up or down, or click a number to go on from there.";
const MOST_TERMS = 12;

/** @param {import("./mount.js").Stage} stage */
export function explainView(stage) {
  const { header, model, store, controller, words } = stage;
  const title = element("h3", { tabindex: -1 });
  const back = button("back to the number before", "‹", goBack, { class: "small" });
  const close = button("close (Escape)", "×", () => controller.closeExplanation(), { class: "small" });
  const body = element("div", { class: "explain-body" });
  const panel = element("section", { class: "explain", role: "dialog", "aria-label": "where this number comes from", "data-testid": "explain", hidden: true },
    element("div", { class: "section-head" }, title, element("span", { class: "spring" }), back, close), body, caption(HOW));
  let trail = [], kept = new Map(), opener = null, isFollowing = false;

  const stop = scrubbable(body, {
    target: (event) => event.target.closest?.("[data-weight]")?.dataset.weight ?? null,
    read(weight) {
      const [array, index] = JSON.parse(weight);
      const value = model.liveArrays.get(array)[index];
      const size = Math.max(1, 2 * Math.abs(model.arrays.get(array)[index]));
      return { value, low: -4 * size, high: 4 * size, travel: 2 * size };
    },
    write(weight, value, going) {
      const [array, index] = JSON.parse(weight);
      controller.change({ kind: "weight", array, index, value: Number(value.toPrecision(4)) }, { going });
    },
  });

  function goBack() {
    trail.pop();
    const last = trail.pop();
    if (last) controller.explain(last.name, last.unit, last.step);
  }
  function follow({ name, unit, t }) {
    if (name === "output") return;
    controller.explain(name, unit, t);
    controller.select({ ...(name === "x" ? {} : { unit }), step: t });
  }
  /** The same value at the step now in view. */
  function followStep() {
    isFollowing = true;
    controller.explain(store.state.explained.name, store.state.explained.unit, store.state.step);
    isFollowing = false;
  }
  function draw() {
    const { explained, layer } = store.state;
    const focused = body.getRootNode().activeElement?.dataset?.weight;
    const reason = reasonFor(model.live, model.liveArrays, layer, explained);
    title.replaceChildren(...heading(explained, reason.value));
    back.hidden = trail.length < 2;
    body.replaceChildren(...linesOf(reason).map((line) => DRAWN.get(line.kind)(line)), ...gradientLines(explained));
    if (focused) body.querySelector(`[data-weight='${CSS.escape(focused)}']`)?.focus();
  }
  function heading({ name, unit, step }, value) {
    const number = element("b", { class: "result" }, long(value));
    mark(number, name, unit, value);
    if (name === "prediction") return [`“${header.readout.labels[unit]}” before softmax, step ${step + 1} = `.replace(header.readout.kind === "softmax" ? "" : " before softmax", ""), number];
    return [symbolOf(name), ` unit ${unit + 1}, step ${step + 1} = `, number];
  }
  function symbolOf(name) {
    const about = words(store.state.layer);
    return name.includes(".") ? element("span", {}, "part of ", symbolNode(about.symbol(name.split(".")[0]), about.role(name))) : symbolNode(about.symbol(name), about.role(name));
  }
  const DRAWN = new Map([["formula", formula], ["product", product], ["leaf", leaf], ["held", held]]);

  function formula({ words: list }) {
    return element("p", { class: "formula" }, ...list.map((word, k) => (typeof word === "string" ? word : numberNode(word.reason, k === list.length - 1))));
  }
  function numberNode(reason, isResult = false) {
    const isWeight = reason.kind === "parameter";
    const node = element(isResult ? "b" : "span", { class: "number", title: exact(reason.value) }, long(reason.value));
    if (reason.name && !isWeight) mark(node, reason.name, reason.unit, reason.value);
    return node;
  }
  function leaf({ reason }) {
    const { kind, name, unit, value, from } = reason;
    const about = words(store.state.layer);
    if (kind === "parameter") return element("p", { class: "leaf" }, symbolNode(aboutParameter(name)), ` of unit ${unit + 1} = `, weightNode(arrayOf(name), unit, value));
    const next = kind === "state" ? from : kind === "value" ? { name, unit, t: reason.t } : null;
    const ending = kind === "state" && from === null ? " (the initial state)" : kind === "input" ? " (the input)" : "";
    return element("p", { class: "leaf" }, symbolNode(about.symbol(name), about.role(name)), " = ", next ? link(value, next) : numberNode(reason), ending);
  }
  function held({ reason }) {
    const told = reason.computed ? `; the equations give ${long(reason.computed.value)}:` : "";
    return element("p", { class: "leaf held-line" }, `Held by you at ${long(reason.value)}${told}`);
  }
  function product({ reason: { matrix, vector, terms, value, unit } }) {
    const about = words(store.state.layer);
    const key = JSON.stringify([matrix, vector, unit, store.state.explained]);
    if (!kept.has(key)) kept.set(key, largestTerms(terms, MOST_TERMS));
    const seen = kept.get(key);
    const largest = Math.max(...terms.map((term) => Math.abs(term.product)), 1e-300);
    const rest = terms.reduce((sum, term, k) => (seen.has(k) ? sum : sum + term.product), 0);
    const vectorNode = vector === "output" ? element("i", {}, "output") : symbolNode(about.symbol(vector), about.role(vector));
    const rows = terms.flatMap((term, k) => (seen.has(k) ? [termRow(term, k, { matrix, unit, count: terms.length, largest })] : []));
    if (seen.size < terms.length) rows.push(element("tr", { class: "rest" }, element("td", { colspan: 4 }, `and ${terms.length - seen.size} smaller products`), element("td", {}, "="), element("td", { title: exact(rest) }, long(rest)), element("td")));
    return element("div", { class: "product" },
      element("p", { class: "leaf" }, symbolNode(aboutParameter(matrix)), " ", vectorNode, ` of unit ${unit + 1} = `, element("b", { title: exact(value) }, long(value))),
      element("table", {}, element("tbody", {}, ...rows)));
  }
  function termRow(term, k, { matrix, unit, count, largest }) {
    const { from, weight, value, product: result } = term;
    const about = words(store.state.layer);
    const bar = element("i", { class: result < 0 ? "term-bar negative" : "term-bar", style: `--share:${Math.abs(result) / largest}` });
    const source = from.name === "output" ? element("i", {}, `output ${k + 1}`) : symbolNode(about.symbol(from.name), about.role(from.name));
    const place = from.name === "x" ? header.layers[store.state.layer].layer === 0 ? header.sequence.input_names[k] ?? k + 1 : k + 1 : from.name === "output" ? "" : `unit ${k + 1}`;
    return element("tr", {}, element("td", { class: "quiet" }, source, " ", String(place)),
      element("td", {}, weightNode(arrayOf(matrix), unit * count + k, weight)), element("td", {}, "·"),
      element("td", {}, from.name === "output" ? element("span", { title: exact(value) }, long(value)) : link(value, from)), element("td", {}, "="),
      element("td", { title: exact(result) }, long(result)), element("td", { class: "term-well" }, bar));
  }
  const isReadout = () => store.state.explained.name === "prediction";
  const arrayOf = (name) => (isReadout() ? `readout.${name}` : `${store.state.layer}.${name}`);
  const aboutParameter = (name) => (isReadout() ? `${name}_y` : words(store.state.layer).symbol(name));

  function weightNode(array, index, value) {
    const isChanged = model.liveArrays.get(array)[index] !== model.arrays.get(array)[index];
    return element("span", {
      class: isChanged ? "number weight changed" : "number weight", role: "spinbutton", tabindex: 0, "data-weight": JSON.stringify([array, index]),
      "aria-label": `weight ${array}, number ${index + 1}`, "aria-valuenow": value, title: `${exact(value)}; drag up or down, or ↑ ↓`,
    }, long(value));
  }
  function link(value, place) {
    const node = element("button", { type: "button", class: "number", title: exact(value), on: { click: () => follow(place) } }, long(value));
    mark(node, place.name, place.unit, value);
    return node;
  }
  /** dL/d(value): what comes back from every use of it. */
  function gradientLines({ name, unit, step }) {
    const { layer } = store.state;
    const { run, gradients } = model.live.layers[layer];
    if (name === "prediction" || !gradients.values.has(name)) return [];
    const { value, contributions } = explainGradient(run, name, unit, step);
    const rows = contributions.map((one) => element("tr", {}, element("td", { class: "quiet" }, wayOf(one)),
      element("td", { title: exact(one.product) }, one.kind === "use" ? `${long(one.slope)} · ${long(one.gradient)} = ${long(one.product)}` : long(one.product))));
    return [element("div", { class: "product gradient-lines" },
      element("p", { class: "leaf" }, "What it does to the loss: dL/d", symbolOf(name), " = ", element("b", { title: exact(value) }, long(value)), contributions.length ? ", the sum of what comes back" : ""),
      element("table", {}, element("tbody", {}, ...rows)))];
  }
  function wayOf({ kind, name, t, terms }) {
    const about = words(store.state.layer);
    const symbol = () => symbolNode(about.symbol(name.split(".")[0]), about.role(name));
    if (kind === "outside") return "from above: the loss or the next layer";
    if (kind === "state") return element("span", {}, `from step ${t + 1}, as the state before`);
    if (kind === "matmul") return element("span", {}, "through ", symbol(), `, ${terms.length} weights`);
    return element("span", {}, "through ", symbol());
  }
  return {
    element: panel,
    update(changed) {
      const { explained } = store.state;
      if (changed.has("explained")) {
        if (panel.hidden && explained) opener = panel.getRootNode().activeElement;
        panel.hidden = explained === null;
        if (explained && isFollowing) trail[trail.length - 1] = explained;
        else if (explained) trail.push(explained);
        else { trail = []; kept = new Map(); opener?.focus?.(); }
      }
      if (explained === null) return;
      if (changed.has("step") && !changed.has("explained") && explained.step !== store.state.step) return followStep();
      if (changed.has("explained") || changed.has("run")) draw();
      if (changed.has("explained") && !isFollowing) title.focus({ preventScroll: true });
    },
    destroy: stop,
  };
}

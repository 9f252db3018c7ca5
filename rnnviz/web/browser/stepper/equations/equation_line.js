/**
 * One equation, in symbols and in the chosen unit's numbers: its result can be dragged, every number
 * opened; one that is held reads "0.91, held at 0.11".
 */

import { assign, element, mark, pressable, touches, write } from "../../drawing/dom.js";
import { scrubbable } from "../../drawing/drag.js";
import { exact, short } from "../../drawing/number_format.js";
import { term } from "../../drawing/term.js";
import { _, _nodes } from "../../drawing/texts.js";
import { explain } from "../../maths/arithmetic.js";
import { isHeld as isHeldIn } from "../../maths/holds.js";
import { stagesOf } from "../lines/line_stages.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../header.js").Equation} Equation */
/** @typedef {import("../header.js").Token} Token */
/** @typedef {import("../words.js").Words} Words */
/** @typedef {{node: HTMLElement, reference: string, text: string, held: ReturnType<typeof heldLine>}}
 *   Slot  where a value's number stands, and the value */

/** @param {Context} context @param {number} layer @param {Equation} equation */
export function equationLine(context, layer, { name, symbols, numbers }) {
  const { model, store, controller, words } = context;
  const about = words(layer);
  const title = about.title(name);
  const result = element("b", {
    class: "number result",
    role: "spinbutton",
    tabindex: 0,
    "data-testid": `result-${name}`,
  });
  const { cell } = context.header.layers[layer];
  const stages = stagesOf(cell, name, numbers.slice(1));
  const line = lineOf(context, stages, { about, name, result });
  const was = element("span", { class: "was" });
  const inSymbols = symbolsOf(symbols, name, about);
  const node = element(
    "div",
    {
      class: "equation",
      "data-role": about.role(name),
      on: {
        pointerenter: () => controller.hover({ name }),
        pointerleave: () => controller.hover(null),
      },
    },
    element("div", { class: "in-symbols" }, inSymbols, was),
    element("div", { class: "in-numbers" }, ...line.nodes),
  );

  function showResult() {
    const { unit, step } = store.state;
    const value = model.number(layer, name, unit, step);
    const before = model.number(layer, name, unit, step, model.ghost);
    assign(
      result,
      "aria-label",
      _("{title}, unit {unit}, step {step}", { title, unit: unit + 1, step: step + 1 }),
    );
    assign(result, "aria-valuenow", Number.isFinite(value) ? value : null);
    assign(result, "aria-valuetext", short(value));
    result.classList.toggle("held", context.isHeld(layer, name, unit, step));
    write(was, Object.is(value, before) ? "" : _("was {value}", { value: short(before) }));
  }
  return {
    element: node,
    /** @param {import("../state.js").Changed} changed */
    update(changed) {
      node.hidden = store.state.unit >= model.size(layer, name); // it has fewer units
      if (!node.hidden && touches(changed, "step", "unit", "run", "layer", "mount")) {
        for (const slot of line.slots) showNumber(context, layer, slot);
        for (const stage of line.stages) showStage(context, layer, stage);
        showResult();
      }
      const { hover, name: chosen } = store.state;
      node.classList.toggle("in-focus", (hover?.name ?? chosen) === name);
      node.classList.toggle("waiting", context.isWaiting(name));
      node.classList.toggle("active", context.isActive(name));
    },
    destroy: drag(context, layer, name, result),
  };
}

/** What is computed is a term. @param {Token[]} symbols @param {string} name @param {Words} about */
function symbolsOf(symbols, name, about) {
  const [first, ...rest] = symbols.map((token) => symbolToken(token, about));
  return element("span", {}, term(first, about.term(name), about.purpose(name)), ...rest);
}

/** @param {Token} token @param {Words} about */
function symbolToken([kind, text, reference], about) {
  if (kind === "value" && reference)
    return symbolNode(about.symbol(reference), about.role(reference));
  return kind === "parameter" ? symbolNode(text) : element("span", { class: kind }, text);
}

/**
 * The stages of a line in numbers as nodes, the last one the result; and where numbers stand.
 * @param {Context} context @param {import("../lines/line_stages.js").Stage[]} stages
 * @param {{about: Words, name: string, result: HTMLElement}} of
 */
function lineOf({ store, controller }, stages, { about, name, result }) {
  /** @type {Slot[]} */
  const slots = [];
  /** @param {Token} token */
  function nodesOf([kind, text, reference]) {
    if (kind !== "number" || !reference) return [symbolToken([kind, text, reference], about)];
    const open = () => controller.explain(reference, store.state.unit, store.state.step);
    const node = pressable(element("span", { class: "number" }), open);
    const held = heldLine(node, "part");
    slots.push({ node, reference, text, held });
    return held.nodes;
  }
  const last = stages[stages.length - 1].tokens;
  const before = stages.slice(0, -1).map(({ tokens, opened }) => {
    return { opened, node: element("span", {}, ...tokens.flatMap(nodesOf)) };
  });
  const equals = last.slice(0, -1).map((token) => symbolToken(token, about));
  const [, text] = last[last.length - 1];
  const held = heldLine(result, "result");
  slots.push({ node: result, reference: name, text, held });
  const nodes = [...before.map(({ node }) => node), ...equals, ...held.nodes];
  return { nodes, slots, stages: before };
}

/**
 * A number, and around it what is shown where it is held: what the equations give instead, so that
 * none is false. The number stays in its place, as it may be under a finger.
 * @param {HTMLElement} number @param {"part"|"result"} what
 */
function heldLine(number, what) {
  const computed = element("span", { class: "computed" });
  const around =
    what === "part"
      ? _nodes("({computed}, held at {number})", { computed, number })
      : _nodes("{computed}, held at {number}", { computed, number });
  const nodes = around.map((one) => (one instanceof Node ? one : element("span", {}, one)));
  const others = nodes.filter((node) => node !== number);
  return {
    nodes,
    /** @param {number|null} value  what it would be; null where it is not held */
    show(value) {
      for (const node of others) if (node instanceof HTMLElement) node.hidden = value === null;
      if (value !== null) write(computed, short(value));
    },
  };
}

/**
 * What the equations give for a number that is held; null for one that is not, or that no equation
 * gives.
 * @param {Context["model"]} model @param {number} layer @param {string} name
 * @param {number} unit @param {number} step
 */
function heldBack({ live }, layer, name, unit, step) {
  const { run } = live.layers[layer];
  if (!run.values.has(name) || !isHeldIn(run, name, unit, step)) return null;
  const reason = explain(run, name, unit, step);
  return reason.kind === "held" && reason.computed ? reason.computed.value : null;
}

/**
 * A stage that opens a part which is held is not equal to the rest.
 * @param {Context} context @param {number} layer
 * @param {{node: HTMLElement, opened: string[]}} stage
 */
function showStage({ store, isHeld }, layer, { node, opened }) {
  const { unit, step } = store.state;
  node.hidden = opened.some((part) => isHeld(layer, part, unit, step));
}

/** @param {Context} context @param {number} layer @param {Slot} slot */
function showNumber({ model, store }, layer, { node, reference, text, held }) {
  const { unit, step } = store.state;
  const value = model.number(layer, reference, unit, step);
  write(node, short(value));
  mark(node, reference, unit, value);
  // A value with a name has a line of its own, where that is said.
  const isHere = node.classList.contains("result") || reference.includes(".");
  held.show(isHere ? heldBack(model, layer, reference, unit, step) : null);
  assign(node, "title", `${text} = ${exact(value)}`);
}

/** @param {Context} context @param {number} layer @param {string} name @param {HTMLElement} result */
function drag({ store, controller, reading, setValue }, layer, name, result) {
  return scrubbable(result, {
    target: () => name,
    read: () => reading(layer, name, store.state.unit, store.state.step),
    write: (_, value, going) => setValue(name, store.state.unit, value, going),
    open: () => controller.explain(name, store.state.unit, store.state.step),
  });
}

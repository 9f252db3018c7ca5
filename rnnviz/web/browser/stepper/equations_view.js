/**
 * The cell's equations, in symbols and in the chosen unit's numbers; results can be dragged, every
 * number opened.
 */

import { assign, button, element, mark, write } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { exact, short } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { latexCopy } from "./latex_copy.js";
import { symbolNode } from "./words.js";

const HOW = "Click a number to open it, drag a bold one.";

/** @param {import("./stage.js").Stage} stage */
export function equationsView(stage) {
  const { header, model, store, controller } = stage;
  const title = element("span");
  const less = button(
    "previous unit",
    "‹",
    () => controller.select({ unit: store.state.unit - 1 }),
    { class: "small" },
  );
  const more = button("next unit", "›", () => controller.select({ unit: store.state.unit + 1 }), {
    class: "small",
  });
  const list = element("div", { class: "equation-list" });
  const latex = latexCopy(() => header.layers[store.state.layer].latex);
  let lines = [];

  function build() {
    const { layer } = store.state;
    latex.clear();
    for (const line of lines) line.destroy();
    lines = header.layers[layer].equations.map((equation) => equationLine(stage, layer, equation));
    list.replaceChildren(...lines.map((line) => line.element));
  }
  function head() {
    const { unit, step, layer } = store.state;
    const { hidden } = header.layers[layer];
    write(title, `Unit ${unit + 1} of ${hidden} at step ${step + 1}`);
    assign(less, "disabled", unit === 0);
    assign(more, "disabled", unit === hidden - 1);
  }
  return {
    element: element(
      "section",
      { class: "equations", "data-testid": "equations", "aria-label": "equations with numbers" },
      element("div", { class: "section-head" }, element("h3", {}, title), less, more, latex.button),
      latex.element,
      list,
      caption(HOW),
    ),
    update(changed) {
      if (changed.has("layer") || changed.has("mount")) build();
      if (["unit", "step", "layer", "mount"].some((key) => changed.has(key))) head();
      for (const line of lines) line.update(changed);
    },
    destroy: () => lines.forEach((line) => line.destroy()),
  };
}

function equationLine(stage, layer, { name, symbols, numbers }) {
  const { model, store, controller, words } = stage;
  const about = words(layer),
    role = about.role(name);
  const shown = []; // the numbers to be filled: {node, reference}
  const was = element("span", { class: "was" });
  const inSymbols = element(
    "div",
    { class: "in-symbols" },
    element("span", {}, ...symbols.map(symbolToken)),
    was,
  );
  const last = numbers.length - 1;
  const inNumbers = element(
    "div",
    { class: "in-numbers" },
    ...numbers.slice(1).map((token, k) => numberToken(token, k + 1 === last)),
  );
  const node = element(
    "div",
    {
      class: "equation",
      "data-role": role,
      on: {
        pointerenter: () => controller.hover({ name }),
        pointerleave: () => controller.hover(null),
      },
    },
    inSymbols,
    inNumbers,
  );
  const result = shown.at(-1).node;

  function symbolToken([kind, text, reference]) {
    if (kind === "value") return symbolNode(about.symbol(reference), about.role(reference));
    if (kind === "parameter") return symbolNode(text);
    return element("span", { class: kind }, text);
  }
  function numberToken([kind, text, reference], isResult) {
    if (kind !== "number" || !reference)
      return kind === "value"
        ? symbolNode(about.symbol(reference), about.role(reference))
        : element("span", { class: kind }, text);
    const number = isResult
      ? element("b", {
          class: "number result",
          role: "spinbutton",
          tabindex: 0,
          "data-testid": `result-${reference}`,
        })
      : element("span", {
          class: "number",
          on: { click: () => controller.explain(reference, store.state.unit, store.state.step) },
        });
    shown.push({ node: number, reference, text });
    return number;
  }
  const stop = scrubbable(result, {
    target: () => name,
    read: () => stage.reading(layer, name, store.state.unit, store.state.step),
    write: (_, value, going) => controller.hold(name, store.state.unit, value, { going }),
    open: () => controller.explain(name, store.state.unit, store.state.step),
  });
  function fill() {
    const { unit, step } = store.state;
    for (const { node: number, reference, text } of shown) {
      const value = model.number(layer, reference, unit, step);
      write(number, short(value));
      mark(number, reference, unit, value);
      assign(number, "title", `${text.replace("_", " ")} = ${exact(value)}`);
    }
    const value = model.number(layer, name, unit, step),
      before = model.number(layer, name, unit, step, model.ghost);
    assign(result, "aria-label", `${about.title(name)}, unit ${unit + 1}, step ${step + 1}`);
    assign(result, "aria-valuenow", Number.isFinite(value) ? value : null);
    assign(result, "aria-valuetext", short(value));
    result.classList.toggle("held", stage.isHeld(layer, name, unit, step));
    write(was, Object.is(value, before) ? "" : `was ${short(before)}`);
  }
  return {
    element: node,
    update(changed) {
      const { hover, name: chosen } = store.state;
      if (["step", "unit", "run", "layer", "mount"].some((key) => changed.has(key))) fill();
      node.classList.toggle("in-focus", (hover?.name ?? chosen) === name);
      node.classList.toggle("waiting", stage.isWaiting(name));
      node.classList.toggle("active", stage.isActive(name));
    },
    destroy: stop,
  };
}

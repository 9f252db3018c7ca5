/** What follows from the equations: states, gates, and how many parameters. */

import { element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { formula, total } from "../equations/counting.js";

export function factsView() {
  const states = fact(_("States"), "states");
  const gates = fact(_("Gates"), "gates");
  const parameters = fact(_("Parameters"), "parameters");
  const sizes = element("span", { class: "soft" });
  const list = element(
    "dl",
    { class: "facts", "data-testid": "facts", hidden: true },
    ...states.nodes,
    ...gates.nodes,
    ...parameters.nodes,
    element("dd", {}, sizes),
  );
  return {
    element: list,
    /** @param {import("../maths/header.js").Cell} cell @param {{hidden: number, inputs: number}} of */
    show(cell, of) {
      list.hidden = false;
      write(states.value, cell.states.join(", "));
      write(gates.value, cell.gates.join(", ") || _("none"));
      const count = total(cell, of).toLocaleString("en-US");
      write(parameters.value, `${formula(cell)} = ${count}`);
      write(
        sizes,
        _("with H = {hidden} units and I = {inputs} inputs", {
          hidden: of.hidden,
          inputs: of.inputs,
        }),
      );
    },
  };
}

/** @param {string} label @param {string} name */
function fact(label, name) {
  const value = element("dd", { "data-testid": name, "data-verbatim": true });
  return { value, nodes: [element("dt", {}, label), value] };
}

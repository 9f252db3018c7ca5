/**
 * One node of the diagram: a box with title, number and units; a circle or pill with its number
 * beside it.
 */

import { mark, svg, write } from "../drawing/dom.js";
import { brief } from "../drawing/number_format.js";
import { SHAPES } from "./diagram_shapes.js";
import { labelAt } from "./sequence_labels.js";

/**
 * @param {import("./stage.js").Stage} stage @param {number} layer
 * @param {{id: string, kind: string, name: string, text: string, role: string, x: number, y:
 *   number, width: number, height: number}} node
 * @param {{boxes: object[], wires: Array<Array<[number, number]>>, exits: Array<[number, number]>}}
 *   around
 *   exits: where its own wires leave
 */
export function diagramNode(stage, layer, node, around) {
  const { model, theme, words } = stage;
  const size = model.size(layer, node.name);
  const range = model.range(layer, node.name);
  const number = svg(node.kind === "leaf" || node.kind === "state" ? "tspan" : "text", {
    class: "node-number",
    "data-testid": `node-${node.id}`,
  });
  const drawn = SHAPES.get(node.kind)({
    node,
    number,
    size,
    title: titleOf(words(layer), node),
    around,
  });
  const group = svg(
    "g",
    {
      class: `node ${node.kind}`,
      "data-role": node.name === "x" ? "other" : node.role,
      "data-node": node.id,
    },
    ...drawn.parts,
  );
  const base = node.name.split(".")[0];
  return {
    element: group,
    label: drawn.label,
    show(step, unit) {
      const values = model.values(layer, node.name);
      const column = Math.min(unit, size - 1);
      const value = values[step * size + column];
      write(number, node.name === "x" && size > 1 ? inputText(stage, layer, step) : brief(value));
      mark(number, node.name, column, value);
      const { gates, signed } = theme();
      drawn.strip?.show(
        values,
        step * size,
        range.isGate ? gates.get(node.role) : signed,
        range,
        unit,
      );
      group.classList.toggle("held", stage.isHeld(layer, node.name, column, step));
    },
    outline: (unit, hovered) =>
      drawn.strip?.outline(node.name === "x" ? -1 : unit, node.name === "x" ? undefined : hovered),
    focus(name) {
      group.classList.toggle("in-focus", name === base);
      group.classList.toggle("waiting", node.kind !== "leaf" && stage.isWaiting(base));
      group.classList.toggle("active", node.kind !== "leaf" && stage.isActive(base));
    },
  };
}

/** Several inputs as the sequence names them; a layer further up reads too many to say. */
function inputText({ header, model }, layer, step) {
  if (header.layers[layer].layer > 0) return "the layer below";
  const x = model.live.x.subarray(step * model.inputs, (step + 1) * model.inputs);
  if (x.length <= 3 && !header.sequence.one_hot) return `(${[...x].map(brief).join(", ")})`;
  return `“${labelAt(header, model, step)}”`;
}

function titleOf(words, { kind, name }) {
  if (kind === "leaf" || kind === "state") return words.symbol(name);
  if (name.includes(".")) return `for ${words.symbol(name.split(".")[0])}`;
  return words.title(name).replace(/ (gate|state)$/, "");
}

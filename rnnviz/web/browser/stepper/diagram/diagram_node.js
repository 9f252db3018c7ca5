/**
 * One node of the diagram: a box with title, number and units; a circle or pill with its number
 * beside it.
 */

import { assign, mark, svg, write } from "../../drawing/dom.js";
import { brief } from "../../drawing/number_format.js";
import { _, ngettext } from "../../drawing/texts.js";
import { SHAPES } from "./diagram_shapes.js";
import { lookup } from "../../maths/lookup.js";
import { labelAt } from "../sequence/sequence_labels.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../header.js").DiagramNode} DiagramNode */

/**
 * @param {Context} context @param {number} layer
 * @param {DiagramNode} node @param {import("./diagram_shapes.js").Around} around
 */
export function diagramNode(context, layer, node, around) {
  const { model, theme, words } = context;
  const size = model.size(layer, node.name);
  const range = model.range(layer, node.name);
  const number = svg(node.kind === "leaf" || node.kind === "state" ? "tspan" : "text", {
    class: "node-number",
    "data-testid": `node-${node.id}`,
  });
  const drawn = lookup(
    SHAPES,
    node.kind,
  )({
    node,
    number,
    size,
    title: titleOf(words(layer), node),
    words: words(layer),
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
  const fit = node.kind === "gate" ? numberFitter(group, number, node.width) : null;
  return {
    element: group,
    label: drawn.label,
    /** To be called once it stands in a page. */
    measure: () => fit?.measure(),
    /** @param {number} step @param {number} unit  the chosen one */
    show(step, unit) {
      const values = model.values(layer, node.name);
      const column = Math.min(unit, size - 1);
      const value = values[step * size + column];
      write(number, node.name === "x" && size > 1 ? inputText(context, layer, step) : brief(value));
      mark(number, node.name, column, value);
      fit?.narrow();
      const { gates, signed } = theme();
      const ramp = range.isGate ? lookup(gates, node.role) : signed;
      drawn.strip.show(values, step * size, ramp, range, unit);
      group.classList.toggle("held", context.isHeld(layer, node.name, column, step));
    },
    /** The input has other units. @param {number} unit @param {number} [hovered] */
    outline: (unit, hovered) =>
      node.name === "x" ? drawn.strip.outline(-1) : drawn.strip.outline(unit, hovered),
    /** @param {string|null} name  the value in focus */
    focus(name) {
      group.classList.toggle("in-focus", name === base);
      group.classList.toggle("waiting", node.kind !== "leaf" && context.isWaiting(base));
      group.classList.toggle("active", node.kind !== "leaf" && context.isActive(base));
    },
  };
}

/**
 * A number beside the name of what is computed: where both are too wide for their box, it is set
 * narrower. Only the digits of this font are measured, once.
 * @param {SVGGElement} group @param {SVGTextContentElement} number @param {number} width
 */
function numberFitter(group, number, width) {
  let digit = 0,
    room = width;
  return {
    measure() {
      const badge = group.querySelector(".node-badge");
      const taken = badge instanceof SVGTextContentElement ? badge.getComputedTextLength() : 0;
      write(number, "0000");
      digit = number.getComputedTextLength() / 4;
      room = width - taken - 16;
    },
    narrow() {
      const isTooWide = (number.textContent ?? "").length * digit > room;
      assign(number, "textLength", isTooWide ? room : null);
      assign(number, "lengthAdjust", isTooWide ? "spacingAndGlyphs" : null);
    },
  };
}

/**
 * Several inputs as the sequence names them; a layer further up reads too many to say.
 * @param {Context} context @param {number} layer @param {number} step
 */
function inputText({ header, model }, layer, step) {
  if (header.layers[layer].layer > 0) return _("the layer below");
  const x = model.live.x.subarray(step * model.inputs, (step + 1) * model.inputs);
  if (x.length <= 3 && !header.sequence.one_hot) return `(${[...x].map(brief).join(", ")})`;
  const label = labelAt(header, model, step);
  return label ? `“${label}”` : ngettext("{count} number", "{count} numbers", x.length);
}

/** @param {import("../words.js").Words} words @param {DiagramNode} node */
function titleOf(words, { kind, name }) {
  if (kind === "leaf" || kind === "state") return words.symbol(name);
  if (name.includes(".")) return words.symbol(name);
  return words.title(name).replace(/ (gate|state)$/, "");
}

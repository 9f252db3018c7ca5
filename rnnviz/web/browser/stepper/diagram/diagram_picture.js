/**
 * The cell as a picture that lives: wires, nodes, and on each node the units and the chosen unit's
 * number.
 */

import { assign, svg } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { diagramNode } from "./diagram_node.js";
import { arrowHead, boxAround, roundedPath, squeezed } from "./diagram_places.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./diagram_places.js").Box} Box */
/** @typedef {import("../header.js").Diagram} Diagram */

const AIR = 0.5; // of the heights between boxes: the maps below are to be seen at once
const WIDE = 900; // from here on a diagram takes the whole width of the page
const SMALLEST = 0.6; // of its size: a wide one is scrolled rather than made smaller

/** @param {Context} context */
export function diagramPicture(context) {
  const { header, store } = context;
  const about = { role: "img", "aria-label": _("diagram of the cell"), "data-testid": "diagram" };
  const picture = svg("svg", { class: "diagram", ...about });
  /** @type {ReturnType<typeof diagramNode>[]} */
  let nodes = [];
  /** @type {Wire[]} */
  let wires = [];
  let isWide = false;

  function build() {
    const { layer } = store.state;
    const whole = header.layers[layer].diagram;
    isWide = whole.width > WIDE;
    const diagram = isWide ? whole : squeezed(whole, AIR);
    const { x, y, width, height } = diagram.frame;
    wires = diagram.edges.map(wire);
    const boxes = diagram.nodes.map(takenBy);
    nodes = nodesOf(context, layer, diagram, boxes);
    frameAll(picture, diagram, boxes);
    picture.style.minWidth = isWide ? `${SMALLEST * whole.width}px` : "";
    picture.replaceChildren(
      svg("rect", { class: "cell-frame", x, y, width, height, rx: 16 }),
      ...wires.map(({ node }) => node),
      ...nodes.map(({ element: node }) => node),
    );
    picture.querySelectorAll("[data-room]").forEach(narrow);
    for (const node of nodes) node.measure();
  }
  return {
    element: picture,
    get isWide() {
      return isWide;
    },
    /** The diagram of the layer in view. */
    build,
    /** The numbers of the step in view. */
    show() {
      const { step, unit } = store.state;
      for (const node of nodes) node.show(step, unit);
      for (const one of wires) showFlow(context, one);
    },
    /** What is chosen and what is under the pointer. */
    point() {
      const { unit, hover, name } = store.state;
      for (const node of nodes) {
        node.outline(unit, hover?.unit);
        node.focus(hover?.name ?? name);
      }
      for (const one of wires) showProgress(context, one);
    },
  };
}

/**
 * A text that is wider than its room, in a language or a font that takes more, is set narrower.
 * @param {Element} text
 */
function narrow(text) {
  if (!(text instanceof SVGTextContentElement)) return;
  const room = Number(text.getAttribute("data-room"));
  if (text.getComputedTextLength() <= room) return;
  assign(text, "textLength", room);
  assign(text, "lengthAdjust", "spacingAndGlyphs");
}

/** @typedef {ReturnType<typeof wire>} Wire */

/** @param {import("../header.js").DiagramEdge} edge */
function wire({ name, role, points, lane, target }) {
  const line = svg("path", { class: "wire-line", d: roundedPath(points, 8) });
  const head = svg("path", { class: "wire-head", d: arrowHead(points, lane ? 9 : 7) });
  const about = {
    class: lane ? "wire lane" : "wire",
    "data-role": name === "x" ? "other" : role,
  };
  return { name, target, node: svg("g", about, line, head) };
}

/** How much a wire carries, in its strength. @param {Context} context @param {Wire} wire */
function showFlow({ model, store }, { name, node }) {
  const { layer, unit, step } = store.state;
  const column = Math.min(unit, model.size(layer, name) - 1);
  const value = model.number(layer, name, column, step);
  const share = Math.min(Math.abs(value) / model.range(layer, name).high || 0, 1);
  for (const part of node.children) assign(part, "opacity", (0.3 + 0.7 * share).toFixed(2));
}

/** Inside one step: whether it leads to what is computed now. @param {Context} context @param {Wire} wire */
function showProgress({ isActive, isWaiting }, { name, target, node }) {
  const next = target.endsWith(".next") ? target.slice(0, -".next".length) : target;
  node.classList.toggle("waiting", isWaiting(next));
  node.classList.toggle("active", isActive(next) && !isWaiting(name));
}

/**
 * The nodes one after the other: each puts its label where those before it left room.
 * @param {Context} context @param {number} layer @param {Diagram} diagram
 * @param {Box[]} boxes  what the nodes take; their labels are added
 */
function nodesOf(context, layer, { nodes, edges }, boxes) {
  const wires = edges.map(({ points }) => points);
  return nodes.map((node, k) => {
    const own = edges.filter(({ source }) => source === node.id);
    const made = diagramNode(context, layer, node, {
      boxes: boxes.filter((_, other) => other !== k),
      wires,
      exits: own.map(({ points }) => points[0]),
    });
    boxes.push(made.label);
    return made;
  });
}

/**
 * A node's own room; where a wire begins or ends, its symbol stands above.
 * @param {import("../header.js").DiagramNode} node
 */
function takenBy({ kind, x, y, width, height }) {
  const above = kind === "leaf" || kind === "state" ? 12 : 0;
  return boxAround(x, y - above / 2, width, height + above);
}

/**
 * Everything is in the picture, the labels that were placed around the nodes too.
 * @param {SVGSVGElement} picture @param {Diagram} diagram @param {Box[]} boxes
 */
function frameAll(picture, { width, height }, boxes) {
  const top = Math.min(0, ...boxes.map((box) => box.top)) - 2;
  const right = Math.max(width, ...boxes.map((box) => box.right));
  picture.setAttribute("viewBox", `0 ${top} ${right} ${height - top}`);
  picture.style.maxWidth = `${Math.round(right * 1.2)}px`;
}

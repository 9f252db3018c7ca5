/**
 * The cell as a picture that lives: wires, boxes, and on each the units and the chosen unit's
 * number.
 */

import { assign, element, svg, write } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { diagramNode } from "./diagram_node.js";
import { arrowHead, boxAround, roundedPath, squeezed } from "./diagram_places.js";
import { exact } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { MOST_UNITS, windowOf } from "./unit_strip.js";

const HOW = "Squares are units; faint wires carry little. Drag a square up or down.";

const AIR = 0.5; // of the heights between boxes: the maps below are to be seen at once
const WIDE = 900; // from here on a diagram takes the whole width of the page
const SMALLEST = 0.6; // of its size: a wide one is scrolled rather than made smaller

/** @param {import("./stage.js").Stage} stage */
export function diagramView(stage) {
  const { header, model, store, controller, tip, words } = stage;
  const picture = svg("svg", {
    class: "diagram",
    role: "img",
    "aria-label": "diagram of the cell",
    "data-testid": "diagram",
  });
  const limit = element("span", { class: "limit" });
  const section = element(
    "section",
    { class: "cell", "aria-label": "the cell" },
    element("div", { class: "diagram-room" }, picture),
    element("div", { class: "under" }, caption(HOW), limit),
  );
  let nodes = [],
    wires = [];

  function build() {
    const { layer } = store.state;
    const whole = header.layers[layer].diagram;
    const isWide = whole.width > WIDE;
    const diagram = isWide ? whole : squeezed(whole, AIR);
    picture.style.minWidth = isWide ? `${SMALLEST * whole.width}px` : "";
    section.closest(".stage")?.classList.toggle("wide", isWide);
    const { frame } = diagram;
    wires = diagram.edges.map((edge) => wire(edge));
    const boxes = diagram.nodes.map(takenBy);
    const paths = diagram.edges.map((edge) => edge.points);
    nodes = diagram.nodes.map((node, k) => {
      const made = diagramNode(stage, layer, node, {
        boxes: boxes.filter((_, other) => other !== k),
        wires: paths,
        exits: diagram.edges
          .filter(({ source }) => source === node.id)
          .map(({ points }) => points[0]),
      });
      boxes.push(made.label);
      return made;
    });
    frameAll(diagram, boxes);
    picture.replaceChildren(
      svg("rect", {
        class: "cell-frame",
        x: frame.x,
        y: frame.y,
        width: frame.width,
        height: frame.height,
        rx: 16,
      }),
      ...wires.map(({ node }) => node),
      ...nodes.map(({ element: node }) => node),
    );
  }
  /** Everything is in the picture, the labels that were placed around the nodes too. */
  function frameAll({ width, height }, boxes) {
    const top = Math.min(0, ...boxes.map((box) => box.top)) - 2;
    const right = Math.max(width, ...boxes.map((box) => box.right));
    picture.setAttribute("viewBox", `0 ${top} ${right} ${height - top}`);
    picture.style.maxWidth = `${Math.round(right * 1.2)}px`;
  }
  function wire({ name, role, points, lane, target }) {
    const line = svg("path", { class: "wire-line", d: roundedPath(points, 8) });
    const head = svg("path", { class: "wire-head", d: arrowHead(points, lane ? 9 : 7) });
    return {
      name,
      target,
      node: svg(
        "g",
        { class: lane ? "wire lane" : "wire", "data-role": name === "x" ? "other" : role },
        line,
        head,
      ),
    };
  }
  function showWires() {
    const { layer, unit, step } = store.state;
    for (const { name, node } of wires) {
      const size = model.size(layer, name);
      const value = model.number(layer, name, Math.min(unit, size - 1), step);
      const { high } = model.range(layer, name);
      const share = Math.min(Math.abs(value) / high || 0, 1);
      for (const part of node.children) assign(part, "opacity", (0.3 + 0.7 * share).toFixed(2));
    }
  }
  function focus() {
    const { hover, name: chosen } = store.state;
    const focused = hover?.name ?? chosen;
    for (const node of nodes) node.focus(focused);
    for (const { name, target, node } of wires) {
      const next = target.endsWith(".next") ? target.slice(0, -".next".length) : target;
      node.classList.toggle("waiting", stage.isWaiting(next));
      node.classList.toggle("active", stage.isActive(next) && !stage.isWaiting(name));
    }
  }
  /** What is under the pointer: a unit's square, or a node's number. */
  function under(event) {
    const node = event.target.closest?.("[data-value]");
    return node ? { name: node.dataset.name, unit: Number(node.dataset.unit) } : null;
  }
  const stop = scrubbable(picture, {
    target: under,
    read: ({ name, unit }) => stage.reading(store.state.layer, name, unit, store.state.step),
    write: ({ name, unit }, value, going) => stage.setValue(name, unit, value, going),
    open({ name, unit }) {
      if (unit === store.state.unit || name === "x")
        controller.explain(name, unit, store.state.step);
      else controller.select({ unit });
    },
  });
  const over = (event) => {
    const at = under(event);
    controller.hover(
      at && { ...(at.name === "x" ? {} : { unit: at.unit }), name: at.name.split(".")[0] },
    );
    if (at === null) return tip.hide();
    const { layer, step } = store.state;
    tip.show(
      event,
      `${words(layer).title(at.name)}, unit ${at.unit + 1}: ${exact(model.number(layer, at.name, at.unit, step))}`,
    );
  };
  const out = () => {
    controller.hover(null);
    tip.hide();
  };
  picture.addEventListener("pointermove", over);
  picture.addEventListener("pointerleave", out);

  return {
    element: section,
    update(changed) {
      if (changed.has("layer") || changed.has("mount")) build();
      const isNew = ["step", "run", "theme", "unit", "layer", "mount"].some((key) =>
        changed.has(key),
      );
      const { step, unit, hover, layer } = store.state;
      if (isNew) {
        for (const node of nodes) node.show(step, unit);
        showWires();
        const { from, count } = windowOf(header.layers[layer].hidden, unit);
        write(
          limit,
          header.layers[layer].hidden > MOST_UNITS
            ? `units ${from + 1}–${from + count} of ${header.layers[layer].hidden} shown here`
            : "",
        );
      }
      for (const node of nodes) node.outline(unit, hover?.unit);
      focus();
    },
    destroy() {
      stop();
      picture.removeEventListener("pointermove", over);
      picture.removeEventListener("pointerleave", out);
    },
  };
}

/** A node's own room; where a wire begins or ends, its symbol stands above. */
function takenBy({ kind, x, y, width, height }) {
  const above = kind === "leaf" || kind === "state" ? 12 : 0;
  return boxAround(x, y - above / 2, width, height + above);
}

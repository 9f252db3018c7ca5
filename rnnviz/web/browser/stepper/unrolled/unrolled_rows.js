/** The rows of the unrolled network: its cells, and the bars of each gradient; drawn by their plans. */

import { assign, element, mark, pressable, svg, write } from "../../drawing/dom.js";
import { roleColour } from "../../drawing/marks.js";
import { long, short } from "../../drawing/number_format.js";
import { paintSvg } from "../../drawing/paint.js";
import { plotRow, stepAt } from "../../drawing/plot.js";
import { _ } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { columnOf, columnsOf } from "../time_window.js";
import { barsPlan } from "./unrolled_bars.js";
import { extentOf } from "./unrolled_columns.js";
import { heightOf, networkPlan } from "./unrolled_plan.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./unrolled_columns.js").Columns} Columns */

const BARS = 64; // pixels

/** The cells over time. @param {Context} context */
export function networkRow(context) {
  const { header, store, model } = context;
  const { states } = header.layers[store.state.layer].cell;
  const height = heightOf(states.length);
  const label = element("span", { class: "quiet" }, _("one cell, the same weights at every step"));
  const picture = pictureOf(_("the network unrolled over time"), height, ["forward", "backward"]);
  const row = pressableRow(context, label, picture.element, () => "");
  /** @type {Columns|null} */
  let drawn = null;
  return {
    element: row.element,
    /** @param {import("./unrolled_plan.js").Unrolled} network @param {Columns} columns */
    draw(network, columns) {
      drawn = columns;
      const { back, forward, backward } = networkPlan(network, columns);
      picture.paint(back, { forward, backward });
    },
    /** @param {ReturnType<typeof import("./passes.js").reached>} steps */
    show({ forward, backward }) {
      if (drawn === null) return;
      picture.show("forward", extentOf(drawn, forward));
      picture.show("backward", extentOf(drawn, backward));
      row.point(columnOf(store.state.step, store.state.from, model.T));
    },
  };
}

/** The gradient of a value: a bar for each step. @param {Context} context @param {string} name */
export function barRow(context, name) {
  const { model, store, controller, words } = context;
  const { layer } = store.state;
  const about = words(layer);
  const sizes = (network = model.live) => lookup(network.layers[layer].norms, name);
  function open() {
    const { unit, step } = store.state;
    controller.explain(name, Math.min(unit, model.size(layer, name) - 1), step);
  }
  const number = pressable(element("b", { class: "value number" }), open);
  const symbol = symbolNode(about.symbol(name), about.role(name));
  const label = element("span", { class: "bar-label" }, "|dL/d", symbol, "| = ", number);
  const text = _("size of the gradient of {name} at each step", { name: about.title(name) });
  const picture = pictureOf(text, BARS, ["bars"]);
  const told = (/** @type {number} */ t) => `|dL/d${name}| = ${long(sizes()[t])}`;
  const row = pressableRow(context, label, picture.element, told);
  /** @type {Columns|null} */
  let drawn = null;
  return {
    element: row.element,
    hover: (/** @type {number|undefined} */ step) =>
      row.hover(columnOf(step, store.state.from, model.T)),
    /** @param {import("../../drawing/scales.js").Axis} axis @param {Columns} columns */
    draw(axis, columns) {
      drawn = columns;
      const ghost = model.isChanged ? sizes(model.ghost) : null;
      const colour = roleColour(about.role(name));
      const what = { numbers: sizes(), ghost, colour, axis, name };
      const { back, bars } = barsPlan(what, columns, BARS);
      picture.paint(back, { bars });
    },
    /** @param {[number, number]} steps */
    show(steps) {
      const { step, from } = store.state;
      if (drawn !== null) picture.show("bars", extentOf(drawn, steps));
      const isKnown = step >= steps[0] && step < steps[1];
      const size = sizes()[step];
      write(number, !isKnown ? "…" : size === 0 ? "0" : short(size));
      mark(number, `norm.${name}`, 0, size);
      row.point(columnOf(step, from, model.T));
    },
  };
}

/**
 * A row whose columns are gone to, and say their step under the pointer.
 * @param {Context} context @param {Node} label @param {Element} picture
 * @param {(t: number) => string} told
 */
function pressableRow({ model, store, controller, tip }, label, picture, told) {
  const columns = columnsOf(model.T);
  const row = plotRow(columns, { label });
  row.plot.append(picture);
  row.plot.classList.add("pressable");
  const stepUnder = (/** @type {MouseEvent} */ event) =>
    store.state.from + stepAt(row.plot, event, columns);
  row.plot.addEventListener("click", (event) => controller.goTo(stepUnder(event)));
  row.plot.addEventListener("pointermove", (event) => {
    const step = stepUnder(event);
    controller.hover({ step });
    tip.show(event, [_("step {step}", { step: step + 1 }), told(step)].join("   ").trim());
  });
  row.plot.addEventListener("pointerleave", () => {
    controller.hover(null);
    tip.hide();
  });
  return {
    element: row.element,
    hover: row.hover,
    /** @param {number|undefined} column */
    point(column) {
      if (column !== undefined) row.point(column);
    },
  };
}

/**
 * Marks of which some are seen only as far as a pass has come: nothing of them is drawn anew for
 * that.
 * @template {string} L
 * @param {string} label @param {number} height @param {L[]} names
 */
function pictureOf(label, height, names) {
  const back = svg("g");
  const layers = new Map(names.map((name) => [name, layerOf(name, height)]));
  const frames = [...layers.values()].map(({ frame }) => frame);
  const about = { class: "chart", role: "img", "aria-label": label, height };
  return {
    element: svg("svg", about, back, ...frames),
    /** @param {import("../../drawing/marks.js").Mark[]} behind @param {Record<L, import("../../drawing/marks.js").Mark[]>} marks */
    paint(behind, marks) {
      paintSvg(back, behind);
      for (const name of names) paintSvg(lookup(layers, name).group, marks[name]);
    },
    /** From where to where a layer is seen, in pixels. @param {L} name @param {number[]} extent */
    show(name, [left, right]) {
      const { frame } = lookup(layers, name);
      const width = Math.max(right - left, 0);
      assign(frame, "x", left);
      assign(frame, "width", width);
      assign(frame, "viewBox", `${left} 0 ${Math.max(width, 1)} ${height}`);
    },
  };
}

/** @param {string} name @param {number} height */
function layerOf(name, height) {
  const group = svg("g");
  const about = { class: "reached", "data-layer": name, y: 0, height, overflow: "hidden" };
  return { group, frame: svg("svg", { ...about, preserveAspectRatio: "none" }, group) };
}

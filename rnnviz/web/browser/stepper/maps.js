/** Every gate and state over time, one picture each: a line per unit, a column per time step. */

import { assign, element, segmented } from "../drawing/dom.js";
import { exact, short } from "../drawing/number_format.js";
import { mapPicture } from "../drawing/map_picture.js";
import { caption, plotRow, rowAt, stepAt } from "../drawing/plot.js";
import { symbolNode } from "./words.js";
import { timeTicks } from "../drawing/scales.js";

const HOW =
  "Each line of a map is one unit, each column one time step; a gate goes from empty (0) to full colour (1), " +
  "a signed value from blue (negative) through the ground (0) to orange.";

/** @param {import("./stage.js").Stage} stage */
export function mapsView(stage) {
  const { header, model, store, controller } = stage;
  const shown = segmented(
    "what the maps show",
    [
      ["values", "values"],
      ["difference", "difference"],
    ],
    controller.show,
  );
  const rows = element("div", { class: "map-rows" });
  const axis = timeAxis(model.T);
  const limit = element("span", { class: "limit" });
  let maps = [],
    lastWidth = 0;

  function build() {
    const { layer } = store.state;
    for (const map of maps) map.destroy();
    maps = header.layers[layer].cell.names.map((name) => mapRow(stage, layer, name));
    rows.replaceChildren(...maps.map((map) => map.element));
    if (lastWidth > 0) resize(lastWidth);
  }
  function resize(width) {
    lastWidth = width;
    for (const map of maps) map.resize(width);
    axis.resize(width);
    limit.textContent = limitOf(header.layers[store.state.layer].hidden, model.T, width);
  }
  return {
    element: element(
      "section",
      { class: "maps", "aria-label": "maps over time" },
      element(
        "div",
        { class: "section-head" },
        element("h3", {}, "Every unit over time"),
        legend(),
        element("span", { class: "spring" }),
        shown.element,
      ),
      rows,
      axis.element,
      element("div", { class: "under" }, caption(HOW), limit),
    ),
    update(changed) {
      if (changed.has("layer") || changed.has("mount")) build();
      if (changed.has("run") || changed.has("shown")) {
        shown.show(store.state.shown);
        shown.element.hidden = !model.isChanged;
      }
      for (const map of maps) map.update(changed);
    },
    resize,
    destroy: () => maps.forEach((map) => map.destroy()),
  };
}

/** What a map cannot show at this size, in words; empty where it shows everything. */
function limitOf(hidden, T, width) {
  const notes = [];
  const ratio = globalThis.devicePixelRatio || 1;
  if (width > 0 && T > width * ratio)
    notes.push(`${T} steps on ${Math.round(width)} pixels: neighbouring steps share a column`);
  if (hidden > 96) notes.push(`${hidden} units on 96 lines: neighbouring units share a line`);
  return notes.join("; ");
}

function mapRow(stage, layer, name) {
  const { model, store, controller, theme, words } = stage;
  const H = model.size(layer, name),
    T = model.T;
  const role = words(layer).role(name),
    title = words(layer).title(name),
    symbol = words(layer).symbol(name);
  const range = model.range(layer, name);
  const label = element(
    "button",
    { type: "button", class: "map-label", tabindex: -1, "data-role": role, on: { click: focus } },
    symbolNode(symbol, role),
    element("span", {}, title),
  );
  const note = element("span", { class: "quiet" });
  const row = plotRow(T, { label, note, rows: H });
  const canvas = element("canvas", { class: "map", role: "img", "data-testid": `map-${name}` });
  const changes = element("div", { class: "changes", "aria-hidden": "true" });
  const height = Math.min(Math.max(H, 40), 96);
  row.plot.append(canvas);
  const picture = mapPicture(canvas, T, H);

  function focus() {
    controller.select({ name: store.state.name === name ? null : name });
  }
  function place(event) {
    return { unit: rowAt(canvas, event, H), step: stepAt(canvas, event, T), name };
  }
  function draw() {
    const isDifference = store.state.shown === "difference" && model.isChanged;
    const { gates, signed, ground, broken } = theme();
    const live = model.values(layer, name),
      ghost = model.ghosts(layer, name);
    if (isDifference)
      picture.draw({
        numbers: live,
        minus: ghost,
        ramp: signed,
        low: -(range.high - range.low),
        high: range.high - range.low,
        ground,
        broken,
      });
    else
      picture.draw({
        numbers: live,
        ramp: range.isGate ? gates.get(role) : signed,
        low: range.low,
        high: range.high,
        ground,
        broken,
        ghost: model.isChanged ? ghost : null,
      });
    note.textContent = isDifference
      ? `Δ ±${short(range.high - range.low)}`
      : range.isGate
        ? "0 … 1"
        : `±${trimmed(range.high)}`;
  }
  function describe() {
    const { unit, step } = store.state;
    const value = model.values(layer, name)[step * H + Math.min(unit, H - 1)];
    assign(
      canvas,
      "aria-label",
      `${title}: ${H} units over ${T} steps; unit ${unit + 1} at step ${step + 1} is ${short(value)}`,
    );
  }
  const enter = (event) => {
    const at = place(event);
    controller.hover(at);
    const value = model.values(layer, name)[at.step * H + at.unit];
    const before = model.ghosts(layer, name)[at.step * H + at.unit];
    const was = value === before ? "" : `, untouched ${exact(before)}`;
    stage.tip.show(
      event,
      `${title}, unit ${at.unit + 1}, step ${at.step + 1}: ${exact(value)}${was}`,
    );
  };
  const leave = () => {
    controller.hover(null);
    stage.tip.hide();
  };
  const press = (event) => controller.select(place(event));
  const listeners = { pointermove: enter, pointerleave: leave, click: press };
  for (const [event, listener] of Object.entries(listeners))
    canvas.addEventListener(event, listener);
  return {
    element: row.element,
    resize(width) {
      picture.fit(width, height);
      draw();
    },
    update(changed) {
      const { step, unit, hover, name: chosen } = store.state;
      if (changed.has("run") || changed.has("theme") || changed.has("shown")) draw();
      if (changed.has("step") || changed.has("unit") || changed.has("run") || changed.has("mount"))
        describe();
      if (changed.has("step") || changed.has("mount") || changed.has("layer")) row.point(step);
      if (
        changed.has("hover") ||
        changed.has("unit") ||
        changed.has("mount") ||
        changed.has("layer")
      ) {
        row.hover(hover?.step);
        row.outline(Math.min(unit, H - 1), hover?.unit === unit ? undefined : hover?.unit);
      }
      const focused = hover?.name ?? chosen;
      row.element.classList.toggle("in-focus", focused === name);
      row.element.classList.toggle("waiting", stage.isWaiting(name));
      row.element.classList.toggle("active", stage.isActive(name));
    },
    destroy() {
      for (const [event, listener] of Object.entries(listeners))
        canvas.removeEventListener(event, listener);
    },
  };
}

function trimmed(value) {
  return short(value).replace(/\.?0+$/, "");
}

function legend() {
  return element(
    "span",
    { class: "legend", "aria-hidden": "true" },
    "gate 0",
    element("i", { class: "bar gate-bar" }),
    "1",
    element("span", { class: "legend-gap" }),
    "−",
    element("i", { class: "bar signed-bar" }),
    "+",
  );
}

/** The numbers of the time steps, under the maps. */
function timeAxis(T) {
  const plot = element("div", { class: "row-plot time-axis" });
  const node = element(
    "div",
    { class: "row", "aria-hidden": "true" },
    element("div", { class: "row-label quiet" }, "step"),
    plot,
    element("div", { class: "row-note" }),
  );
  return {
    element: node,
    resize(width) {
      plot.replaceChildren(
        ...timeTicks(T, Math.max(2, Math.floor(width / 30))).map((t) =>
          element("span", { style: `left:${(100 * (t + 0.5)) / T}%` }, String(t + 1)),
        ),
      );
    },
  };
}

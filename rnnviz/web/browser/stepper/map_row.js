/**
 * One value over time: its map, the cursor over it, and what it says of the square under the
 * pointer.
 */

import { assign, element, touches } from "../drawing/dom.js";
import { mapPicture } from "../drawing/map_picture.js";
import { exact, short } from "../drawing/number_format.js";
import { plotRow, rowAt, stepAt } from "../drawing/plot.js";
import { symbolNode } from "./words.js";

export const MOST_LINES = 96;
const LEAST_HEIGHT = 40;

/**
 * @param {import("./stage.js").Stage} stage
 * @param {number} layer
 * @param {string} name
 * @param {(draw: () => void) => void} whenSeen  puts drawing off until it can be seen
 */
export function mapRow(stage, layer, name, whenSeen) {
  const { model, store, controller, theme, tip } = stage;
  const H = model.size(layer, name);
  const { T } = model;
  const about = stage.words(layer);
  const [role, title] = [about.role(name), about.title(name)];
  const range = model.range(layer, name);
  const note = element("span", { class: "quiet" });
  const row = plotRow(T, {
    label: labelOf(about.symbol(name), { role, title, press: focus }),
    note,
    rows: H,
  });
  const canvas = element("canvas", { class: "map", role: "img", "data-testid": `map-${name}` });
  const height = Math.min(Math.max(H, LEAST_HEIGHT), MOST_LINES);
  row.plot.append(canvas);
  const picture = mapPicture(canvas, T, H);

  function focus() {
    controller.select({ name: store.state.name === name ? null : name });
  }
  function draw() {
    const { gates, signed, ground, broken } = theme();
    const [numbers, ghost] = [model.values(layer, name), model.ghosts(layer, name)];
    const span = range.high - range.low;
    const isDifference = store.state.shown === "difference" && model.isChanged;
    const what = isDifference
      ? { minus: ghost, ramp: signed, low: -span, high: span }
      : {
          ...range,
          ramp: range.isGate ? gates.get(role) : signed,
          ghost: model.isChanged ? ghost : null,
        };
    picture.draw({ numbers, ground, broken, ...what });
    note.textContent = isDifference
      ? `Δ ±${trimmed(span)}`
      : range.isGate
        ? "0 … 1"
        : `±${trimmed(range.high)}`;
  }
  function describe() {
    const { unit, step } = store.state;
    const column = Math.min(unit, H - 1);
    const value = short(model.values(layer, name)[step * H + column]);
    const size = `${title}: ${H} units over ${T} steps`;
    assign(canvas, "aria-label", `${size}; unit ${column + 1} at step ${step + 1} is ${value}`);
  }
  function outline() {
    const { unit, hover } = store.state;
    row.hover(hover?.step);
    row.outline(Math.min(unit, H - 1), hover?.unit === unit ? undefined : hover?.unit);
  }
  const place = (event) => ({
    unit: rowAt(canvas, event, H),
    step: stepAt(canvas, event, T),
    name,
  });
  const listeners = {
    pointermove(event) {
      const at = place(event);
      const [value, before] = [model.values(layer, name), model.ghosts(layer, name)].map(
        (all) => all[at.step * H + at.unit],
      );
      const was = Object.is(value, before) ? "" : `, untouched ${exact(before)}`;
      controller.hover(at);
      tip.show(event, `${title}, unit ${at.unit + 1}, step ${at.step + 1}: ${exact(value)}${was}`);
    },
    pointerleave() {
      controller.hover(null);
      tip.hide();
    },
    click: (event) => controller.select(place(event)),
  };
  for (const [event, listener] of Object.entries(listeners))
    canvas.addEventListener(event, listener);

  return {
    element: row.element,
    resize(width) {
      picture.fit(width, height);
      whenSeen(draw);
    },
    update(changed) {
      const { step, hover, name: chosen } = store.state;
      if (touches(changed, "run", "theme", "shown")) whenSeen(draw);
      if (touches(changed, "step", "unit", "run", "mount")) describe();
      if (touches(changed, "step", "mount", "layer")) row.point(step);
      if (touches(changed, "hover", "unit", "mount", "layer")) outline();
      row.element.classList.toggle("in-focus", (hover?.name ?? chosen) === name);
      row.element.classList.toggle("waiting", stage.isWaiting(name));
      row.element.classList.toggle("active", stage.isActive(name));
    },
    destroy() {
      for (const [event, listener] of Object.entries(listeners))
        canvas.removeEventListener(event, listener);
    },
  };
}

function labelOf(symbol, { role, title, press }) {
  const attributes = { type: "button", class: "map-label", tabindex: -1, "data-role": role };
  return element(
    "button",
    { ...attributes, on: { click: press } },
    symbolNode(symbol, role),
    element("span", {}, title),
  );
}

function trimmed(value) {
  return short(value).replace(/\.?0+$/, "");
}

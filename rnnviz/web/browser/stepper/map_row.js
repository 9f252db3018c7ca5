/**
 * One value over time: its map, the cursor over it, and what it says of the square under the
 * pointer.
 */

import { assign, element, touches } from "../drawing/dom.js";
import { heatMap } from "../drawing/heat_map.js";
import { exact, short } from "../drawing/number_format.js";
import { plotRow } from "../drawing/plot.js";
import { lookup } from "../maths/lookup.js";
import { symbolNode } from "./words.js";

export const MOST_LINES = 96;
const LEAST_HEIGHT = 40;

/** @typedef {{column: number, row: number}} Cell */

/**
 * @param {import("./context.js").Context} context
 * @param {number} layer
 * @param {string} name
 * @param {(draw: () => void) => void} whenSeen  puts drawing off until it can be seen
 */
export function mapRow(context, layer, name, whenSeen) {
  const { model, store, controller, theme, tip } = context;
  const [T, H] = [model.T, model.size(layer, name)];
  const about = context.words(layer);
  const [role, title] = [about.role(name), about.title(name)];
  const range = model.range(layer, name);
  const label = `${title}: ${H} units over ${T} steps`;
  const height = Math.min(Math.max(H, LEAST_HEIGHT), MOST_LINES);
  const note = element("span", { class: "quiet" });
  const press = () => controller.select({ name: store.state.name === name ? null : name });
  const row = plotRow(T, {
    label: labelOf(about.symbol(name), { role, title, press }),
    note,
    rows: H,
  });
  const map = heatMap({
    label,
    "data-testid": `map-${name}`,
    style: `height:${height}px`, // before it is drawn, too
    hover: say,
    press: (cell) => controller.select(spot(cell)),
  });
  row.plot.append(map.canvas);
  const spot = (/** @type {Cell} */ { column, row: unit }) => ({ unit, step: column, name });

  function draw() {
    const { gates, signed } = theme();
    const [numbers, ghost] = [model.values(layer, name), model.ghosts(layer, name)];
    const span = range.high - range.low;
    const isDifference = store.state.shown === "difference" && model.isChanged;
    const look = isDifference
      ? { minus: ghost, ramp: signed, low: -span, high: span }
      : {
          ...range,
          ramp: range.isGate ? lookup(gates, role) : signed,
          ghost: model.isChanged ? ghost : null,
        };
    map.draw({ numbers, columns: T, rows: H }, { ...theme(), ...look }, height);
    const ends = range.isGate ? "0 … 1" : `±${trimmed(range.high)}`;
    note.textContent = isDifference ? `Δ ±${trimmed(span)}` : ends;
  }
  function describe() {
    const { unit, step } = store.state;
    const column = Math.min(unit, H - 1);
    const value = short(model.values(layer, name)[step * H + column]);
    assign(
      map.canvas,
      "aria-label",
      `${label}; unit ${column + 1} at step ${step + 1} is ${value}`,
    );
  }
  function outline() {
    const { unit, hover } = store.state;
    row.hover(hover?.step);
    row.outline(Math.min(unit, H - 1), hover?.unit === unit ? undefined : hover?.unit);
  }
  /** @param {Cell|null} cell @param {MouseEvent} event */
  function say(cell, event) {
    controller.hover(cell && spot(cell));
    if (cell === null) return tip.hide();
    const { unit, step } = spot(cell);
    const [value, before] = [model.values(layer, name), model.ghosts(layer, name)].map(
      (all) => all[step * H + unit],
    );
    const was = Object.is(value, before) ? "" : `, untouched ${exact(before)}`;
    tip.show(event, `${title}, unit ${unit + 1}, step ${step + 1}: ${exact(value)}${was}`);
  }
  return {
    element: row.element,
    /** @param {import("./state.js").Changed} changed */
    update(changed) {
      const { step, hover, name: chosen } = store.state;
      if (touches(changed, "run", "theme", "shown", "layer")) whenSeen(draw);
      if (touches(changed, "step", "unit", "run", "mount")) describe();
      if (touches(changed, "step", "mount", "layer")) row.point(step);
      if (touches(changed, "hover", "unit", "mount", "layer")) outline();
      row.element.classList.toggle("in-focus", (hover?.name ?? chosen) === name);
      row.element.classList.toggle("waiting", context.isWaiting(name));
      row.element.classList.toggle("active", context.isActive(name));
    },
    destroy: map.destroy,
  };
}

/**
 * @param {string} symbol
 * @param {{role: import("../maths/header.js").Role, title: string, press: () => void}} about
 */
function labelOf(symbol, { role, title, press }) {
  const attributes = { type: "button", class: "map-label", tabindex: -1, "data-role": role };
  return element(
    "button",
    { ...attributes, on: { click: press } },
    symbolNode(symbol, role),
    element("span", {}, title),
  );
}

/** @param {number} value */
function trimmed(value) {
  return short(value).replace(/\.?0+$/, "");
}

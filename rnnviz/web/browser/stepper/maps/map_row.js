/**
 * One value over time: its map, the cursor over it, and what it says of the square under the
 * pointer.
 */

import { assign, button, element, touches } from "../../drawing/dom.js";
import { heatMap } from "../../drawing/heat_map.js";
import { long, short } from "../../drawing/number_format.js";
import { plotRow } from "../../drawing/plot.js";
import { termOf } from "../../drawing/term.js";
import { _, ngettext } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { mapSelection } from "./map_selection.js";
import { columnOf, columnsOf, inView } from "../time_window.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {ReturnType<typeof valueOf>} Value */
/** @typedef {{column: number, row: number}} Cell */

export const MOST_LINES = 96;
const LEAST_HEIGHT = 40;

/**
 * @param {Context} context
 * @param {number} layer
 * @param {string} name
 * @param {(draw: () => void) => void} whenSeen  puts drawing off until it can be seen
 */
export function mapRow(context, layer, name, whenSeen) {
  const { model, store, controller } = context;
  const value = valueOf(context, layer, name);
  const { units } = value;
  const label = ngettext(
    "{title}: {count} unit over {steps} steps",
    "{title}: {count} units over {steps} steps",
    units,
    { title: value.title, steps: model.T },
  );
  const height = Math.min(Math.max(units, LEAST_HEIGHT), MOST_LINES);
  const note = element("span", { class: "quiet" });
  const columns = columnsOf(model.T);
  const row = plotRow(columns, { label: labelOf(context, value), note, rows: units });
  const selection = mapSelection(context, name, units);
  const map = heatMap({
    label,
    "data-testid": `map-${name}`,
    style: `height:${height}px`, // before it is drawn, too
    hover: (cell, event) => tell(context, value, cell, event),
    tabindex: 0,
    press: (cell) => controller.select(spotOf(context, value, cell)),
    drag: selection.drag,
  });
  row.plot.append(map.canvas, selection.element);
  map.canvas.addEventListener("keydown", selection.key);

  function draw() {
    const numbers = inView(model.values(layer, name), store.state.from, model.T);
    const grid = { numbers, columns, rows: units };
    map.draw(grid, lookOf(context, value), height);
    note.textContent = endsOf(context, value);
  }
  function outline() {
    const { unit, hover } = store.state;
    row.hover(columnOf(hover?.step, store.state.from, model.T));
    row.outline(Math.min(unit, units - 1), hover?.unit === unit ? undefined : hover?.unit);
  }
  return {
    element: row.element,
    /** @param {import("../state.js").Changed} changed */
    update(changed) {
      const { step, from, hover, name: chosen } = store.state;
      if (touches(changed, "run", "theme", "shown", "layer", "from")) whenSeen(draw);
      if (touches(changed, "step", "unit", "run", "mount"))
        assign(map.canvas, "aria-label", `${label}; ${numberInWords(context, value)}`);
      if (touches(changed, "step", "from", "mount", "layer")) row.point(step - from);
      if (touches(changed, "hover", "unit", "mount", "layer")) outline();
      if (touches(changed, "selection", "from", "mount", "layer")) selection.show();
      row.element.classList.toggle("in-focus", (hover?.name ?? chosen) === name);
      row.element.classList.toggle("waiting", context.isWaiting(name));
      row.element.classList.toggle("active", context.isActive(name));
    },
    destroy: map.destroy,
  };
}

/** What is shown in a row. @param {Context} context @param {number} layer @param {string} name */
function valueOf({ model, words }, layer, name) {
  const about = words(layer);
  return {
    layer,
    name,
    units: model.size(layer, name),
    get range() {
      return model.range(layer, name);
    },
    role: about.role(name),
    title: about.title(name),
    symbol: about.symbol(name),
    term: about.term(name),
    purpose: about.purpose(name),
    does: about.does(name),
  };
}

/**
 * What it is, a term; below that what a gate does at its ends. Its symbol pressed, the value is in
 * focus, and no more.
 * @param {Context} context @param {Value} value
 */
function labelOf({ store, controller }, { name, role, title, symbol, range, ...about }) {
  const press = () => controller.select({ name: store.state.name === name ? null : name });
  const look = _("look at {title}", { title });
  const shown = symbolNode(symbol, role);
  const focus = button(look, shown, press, { class: "map-symbol", tabindex: -1 });
  const what = termOf(title, about.term, about.purpose);
  const ends = range.isGate ? element("span", { class: "quiet" }, about.does) : null;
  return element("div", { class: "map-label", "data-role": role }, focus, what, ends);
}

/** @param {Context} context @param {Value} value @param {Cell} cell */
function spotOf({ store }, { name }, { column, row }) {
  return { unit: row, step: store.state.from + column, name };
}

/** @param {Context} context */
const isDifference = ({ model, store }) => store.state.shown === "difference" && model.isChanged;

/**
 * @param {Context} context @param {Value} value
 * @returns {import("../../drawing/heat_map_plan.js").Look}
 */
function lookOf(context, { layer, name, range, role }) {
  const { model, store } = context;
  const theme = context.theme();
  const ghost = inView(model.ghosts(layer, name), store.state.from, model.T);
  if (isDifference(context)) {
    const span = range.high - range.low;
    return { ...theme, minus: ghost, ramp: theme.signed, low: -span, high: span };
  }
  const ramp = range.isGate ? lookup(theme.gates, role) : theme.signed;
  return { ...theme, ...range, ramp, ghost: model.isChanged ? ghost : null };
}

/** Between which numbers the colours go. @param {Context} context @param {Value} value */
function endsOf(context, { range: { low, high, isGate } }) {
  if (isDifference(context)) return `Δ ±${trimmed(high - low)}`;
  return isGate ? "0 … 1" : `±${trimmed(high)}`;
}

/** Of the chosen unit at the step in view. @param {Context} context @param {Value} value */
function numberInWords({ model, store }, { layer, name, units }) {
  const { unit, step } = store.state;
  const column = Math.min(unit, units - 1);
  const number = short(model.values(layer, name)[step * units + column]);
  return _("unit {unit} at step {step} is {number}", { unit: column + 1, step: step + 1, number });
}

/**
 * What is under the pointer, everywhere and in words.
 * @param {Context} context @param {Value} value @param {Cell|null} cell @param {MouseEvent} event
 */
function tell(context, value, cell, event) {
  const { model, controller, tip } = context;
  controller.hover(cell && spotOf(context, value, cell));
  if (cell === null) return tip.hide();
  const { layer, name, units, title } = value;
  const { unit, step } = spotOf(context, value, cell);
  const now = model.values(layer, name)[step * units + unit];
  const before = model.ghosts(layer, name)[step * units + unit];
  const holes = { title, unit: unit + 1, step: step + 1, value: long(now), before: long(before) };
  const text = Object.is(now, before)
    ? _("{title}, unit {unit}, step {step}: {value}", holes)
    : _("{title}, unit {unit}, step {step}: {value} (was {before})", holes);
  tip.show(event, text);
}

/** @param {number} value */
function trimmed(value) {
  return short(value).replace(/\.?0+$/, "");
}

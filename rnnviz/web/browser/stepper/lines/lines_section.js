/**
 * Lines over the time steps: a legend with the numbers at the current step, the chart, how to read
 * it.
 *
 * @typedef {{name: string, symbol: (string|Node)[], title: string,
 *   role: import("../../maths/header.js").Role, numbers: Float64Array, ghost: Float64Array|null}} Value
 *   ghost: before what was changed
 * @typedef {import("../../drawing/chart_plan.js").Picture} Picture
 * @typedef {Pick<Picture, "up"|"levels"|"signs">} Scale
 */

import { chart } from "../../drawing/chart.js";
import { element, mark, pressable, touches } from "../../drawing/dom.js";
import { legendEntry } from "../../drawing/legend.js";
import { lookOf, roleColour } from "../../drawing/marks.js";
import { long } from "../../drawing/number_format.js";
import { plotRow } from "../../drawing/plot.js";
import { stepAxis } from "../../drawing/scales.js";
import { whenSeen } from "../../drawing/seen.js";
import { _ } from "../../drawing/texts.js";

const EDGES = { left: 0, right: 0, top: 6, bottom: 6 };

/**
 * @param {import("../context.js").Context} context
 * @param {Object} what
 * @param {string} what.label  of the vertical axis
 * @param {number} what.height
 * @param {Record<string, string>} what.attributes  of the section
 * @param {Node} what.title
 * @param {Node[]} what.under
 * @param {() => Value[]} what.values
 * @param {(values: Value[]) => Scale} what.scale  the vertical axis, and levels
 * @param {(name: string) => {text: string, value: number, name: string, unit: number}} what.now
 * @param {(name: string) => void} what.open  a number of the legend was pressed
 * @returns {import("../views.js").View}
 */
export function linesSection(
  context,
  { label, height, attributes, title, under, values, scale, now, open },
) {
  const { model, store, controller, tip } = context;
  const row = plotRow(model.T, { label: element("span", { class: "quiet" }, label) });
  const drawing = chart({
    label: attributes["aria-label"],
    size: { height, ...EDGES },
    press: (t) => controller.goTo(t),
    hover(t, event) {
      controller.hover(t === null ? null : { step: t });
      if (t === null) return tip.hide();
      const numbers = values().map((one) => `${one.title} = ${long(one.numbers[t])}`);
      tip.show(event, [_("step {step}", { step: t + 1 }), ...numbers].join("   "));
    },
  });
  row.plot.append(drawing.element);
  row.element.classList.add("chart-row");
  const legend = element("div", { class: "entries" });
  const spring = element("span", { class: "spring" });
  const head = element("div", { class: "section-head" }, title, legend, spring, drawing.saving);
  const below = element("div", { class: "under" }, ...under);
  const section = element("section", attributes, head, row.element, below);
  const seen = whenSeen(section);
  /** @type {Array<{name: string} & ReturnType<typeof legendEntry>>} */
  let entries = [];

  function build() {
    entries = values().map(({ name, symbol, role }, k) => {
      const entry = legendEntry(lookOf(k, roleColour(role)), ...symbol, " = ");
      pressable(entry.value, () => open(name)).classList.add("number");
      return { name, ...entry };
    });
    legend.replaceChildren(...entries.map((entry) => entry.element));
  }
  const draw = () => drawing.draw(pictureOf(values(), model.T, scale), store.state.step);
  const point = () => drawing.point(store.state.step);
  function showNumbers() {
    for (const { name, show, value } of entries) {
      const told = now(name);
      show(told.text);
      mark(value, told.name, told.unit, told.value);
    }
  }
  return {
    element: section,
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "run", "mount", "layer", "unit")) seen.draw(draw);
      else if (touches(changed, "step")) seen.draw(point);
      if (touches(changed, "step", "run", "mount", "layer", "unit")) showNumbers();
      if (touches(changed, "hover")) row.hover(store.state.hover?.step);
    },
    destroy() {
      seen.destroy();
      drawing.destroy();
    },
  };
}

/**
 * @param {Value[]} values @param {number} T @param {(values: Value[]) => Scale} scale
 * @returns {Picture}
 */
function pictureOf(values, T, scale) {
  /** @type {Picture["lines"]} */
  const lines = values.map(({ name, title, role, numbers }, k) => ({
    ...lookOf(k, roleColour(role)),
    name,
    title,
    values: numbers,
  }));
  for (const { title, role, ghost } of values) {
    if (ghost === null) continue;
    const told = lines.length === values.length ? _("before what was changed") : undefined;
    const name = `untouched ${title}`;
    lines.push({ name, title: told, kind: "ghost", colour: roleColour(role), values: ghost });
  }
  return { across: stepAxis(T, { unit: _("step") }), lines, ...scale(values) };
}

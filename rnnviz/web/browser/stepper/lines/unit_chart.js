/** One unit's gates and states over time as lines; the untouched run as a thin second line. */

import { element, touches, write } from "../../drawing/dom.js";
import { short } from "../../drawing/number_format.js";
import { caption } from "../../drawing/plot.js";
import { linearAxis } from "../../drawing/scales.js";
import { N_, _ } from "../../drawing/texts.js";
import { linesSection } from "./lines_section.js";
import { symbolNode } from "../words.js";

const HOW = N_("One line for each named value of the chosen unit.");
const CHANGED = N_("The thin grey line is the untouched run, wherever you changed something.");

/** @typedef {import("./lines_section.js").Value} Value */

/** @param {import("../context.js").Context} context @returns {import("../views.js").View} */
export function unitView(context) {
  const { header, model, store, controller, words } = context;
  const title = element("h3");
  const how = caption("", null);
  const columnOf = (/** @type {string} */ name) =>
    Math.min(store.state.unit, model.size(store.state.layer, name) - 1);

  /** @returns {Value[]} */
  function values() {
    const { layer } = store.state;
    return header.layers[layer].cell.names.map((name) => {
      const size = model.size(layer, name),
        column = columnOf(name);
      const along = (/** @type {Float64Array} */ all) =>
        Float64Array.from({ length: model.T }, (_, t) => all[t * size + column]);
      const role = words(layer).role(name);
      return {
        name,
        title: name,
        symbol: [symbolNode(words(layer).symbol(name), role)],
        role,
        numbers: along(model.values(layer, name)),
        ghost: model.isChanged ? along(model.ghosts(layer, name)) : null,
      };
    });
  }
  /** @param {string} name */
  function now(name) {
    const { layer, step } = store.state;
    const value = model.number(layer, name, columnOf(name), step);
    return { name, unit: columnOf(name), value, text: short(value) };
  }
  const section = linesSection(context, {
    label: _("value"),
    height: 150,
    attributes: { class: "unit-lines", "aria-label": _("one unit over time") },
    title,
    under: [how],
    values,
    scale: (all) => ({ up: axisOf(all), levels: [] }),
    now,
    open: (name) => controller.explain(name, columnOf(name), store.state.step),
  });
  return {
    ...section,
    update(changed) {
      section.update(changed);
      if (touches(changed, "mount", "unit"))
        write(title, _("Unit {unit} over time", { unit: store.state.unit + 1 }));
      if (touches(changed, "run", "mount"))
        write(how, model.isChanged ? `${_(HOW)} ${_(CHANGED)}` : _(HOW));
    },
  };
}

/** From 0 to 1, where all gates are, or as much further as is needed. @param {Value[]} values */
function axisOf(values) {
  const numbers = values.flatMap(({ numbers, ghost }) => [...numbers, ...(ghost ?? [])]);
  let [low, high] = [0, 1];
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    low = Math.min(low, number);
    high = Math.max(high, number);
  }
  return linearAxis(low, high);
}

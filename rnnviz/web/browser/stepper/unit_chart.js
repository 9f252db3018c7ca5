/** One unit's gates and states over time as lines; the untouched run as a thin second line. */

import { element, mark, touches, write } from "../drawing/dom.js";
import { legendEntry, lineChart } from "../drawing/line_chart.js";
import { exact, short } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { linearAxis } from "../drawing/scales.js";
import { whenSeen } from "../drawing/seen.js";
import { symbolNode } from "./words.js";

const HOW =
  "One line per named value of the chosen unit; the thin grey line is the untouched run, wherever you changed something.";

/** @param {import("./stage.js").Stage} stage */
export function unitView(stage) {
  const { header, model, store, controller, words, tip } = stage;
  const title = element("h3");
  const legend = element("div", { class: "entries" });
  const chart = lineChart(model.T, 150, {
    label: element("span", { class: "quiet" }, "value"),
    enter(t, event) {
      controller.hover({ step: t });
      tip.show(
        event,
        [
          `step ${t + 1}`,
          ...lines().map(({ name, numbers }) => `${name} = ${exact(numbers[t])}`),
        ].join("   "),
      );
    },
    leave: () => {
      controller.hover(null);
      tip.hide();
    },
    press: (t) => controller.goTo(t),
  });
  const section = element(
    "section",
    { class: "unit-lines", "aria-label": "one unit over time" },
    element("div", { class: "section-head" }, title, legend),
    chart.element,
    element("div", { class: "under" }, caption(HOW)),
  );
  const seen = whenSeen(section);
  let entries = [];

  const names = () => header.layers[store.state.layer].cell.names;

  function lines() {
    const { layer, unit } = store.state;
    return names().map((name) => {
      const size = model.size(layer, name);
      const column = Math.min(unit, size - 1);
      const along = (all) =>
        Float64Array.from({ length: model.T }, (_, t) => all[t * size + column]);
      const ghost = model.isChanged ? along(model.ghosts(layer, name)) : null;
      return {
        name,
        role: words(layer).role(name),
        numbers: along(model.values(layer, name)),
        ghost,
      };
    });
  }
  function build() {
    const about = words(store.state.layer);
    entries = names().map((name, k) => {
      const role = about.role(name);
      return { name, ...legendEntry(k, role, symbolNode(about.symbol(name), role)) };
    });
    legend.replaceChildren(...entries.map((entry) => entry.element));
  }
  function draw() {
    const all = lines();
    const numbers = all.flatMap((line) => [...line.numbers, ...(line.ghost ?? [])]);
    const finite = numbers.filter(Number.isFinite);
    const axis = linearAxis(Math.min(0, ...finite), Math.max(1, ...finite));
    const tick = (value) => String(value).replace("-", "−");
    chart.draw({ lines: all, axis, levels: [], tick });
    point();
  }
  const point = () => chart.point(store.state.step);

  function showNumbers() {
    const { step, unit, layer } = store.state;
    for (const { name, show, value } of entries) {
      const column = Math.min(unit, model.size(layer, name) - 1);
      const number = model.number(layer, name, column, step);
      show(short(number));
      mark(value, name, column, number);
    }
    write(title, `Unit ${unit + 1} over time`);
  }
  return {
    element: section,
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "run", "theme", "layer", "unit")) seen.draw(draw);
      else if (changed.has("step")) seen.draw(point);
      if (touches(changed, "step", "run", "mount", "layer", "unit")) showNumbers();
      if (changed.has("hover")) chart.hover(store.state.hover?.step);
    },
    resize() {
      chart.resize(chart.element.querySelector(".row-plot").clientWidth);
      seen.draw(draw);
    },
    destroy() {
      seen.destroy();
      chart.destroy();
    },
  };
}

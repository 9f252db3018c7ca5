/** One unit's gates and states over time as lines; the untouched run as a thin second line. */

import { element, mark, write } from "../drawing/dom.js";
import { legendEntry, lineChart } from "../drawing/line_chart.js";
import { exact, short } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { linearAxis } from "../drawing/scales.js";
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
  let entries = [];

  function lines() {
    const { layer, unit } = store.state;
    return header.layers[layer].cell.names.map((name) => {
      const size = model.size(layer, name),
        column = Math.min(unit, size - 1);
      const along = (values) =>
        Float64Array.from({ length: model.T }, (_, t) => values[t * size + column]);
      return {
        name,
        role: words(layer).role(name),
        numbers: along(model.values(layer, name)),
        ghost: model.isChanged ? along(model.ghosts(layer, name)) : null,
      };
    });
  }
  function build() {
    const { layer } = store.state;
    entries = lines().map(({ name, role }, k) => ({
      name,
      ...legendEntry(k, role, symbolNode(words(layer).symbol(name), role)),
    }));
    legend.replaceChildren(...entries.map((entry) => entry.element));
  }
  function draw() {
    const all = lines();
    let low = 0,
      high = 1;
    for (const { numbers, ghost } of all) {
      for (const n of [...numbers, ...(ghost ?? [])])
        if (Number.isFinite(n)) {
          low = Math.min(low, n);
          high = Math.max(high, n);
        }
    }
    chart.draw({
      lines: all,
      axis: linearAxis(low, high),
      levels: [],
      tick: (value) => String(value).replace("-", "−"),
    });
    write(title, `Unit ${store.state.unit + 1} over time`);
  }
  function showStep() {
    const { step, unit } = store.state;
    chart.point(step);
    const all = lines();
    entries.forEach((entry, k) => {
      entry.show(short(all[k].numbers[step]));
      mark(entry.value, entry.name, unit, all[k].numbers[step]);
    });
  }
  return {
    element: element(
      "section",
      { class: "unit-lines", "aria-label": "one unit over time" },
      element("div", { class: "section-head" }, title, legend),
      chart.element,
      element("div", { class: "under" }, caption(HOW)),
    ),
    update(changed) {
      if (changed.has("layer") || changed.has("mount")) build();
      if (changed.has("run") || changed.has("theme") || changed.has("layer") || changed.has("unit"))
        draw();
      if (
        changed.has("step") ||
        changed.has("run") ||
        changed.has("mount") ||
        changed.has("layer") ||
        changed.has("unit")
      )
        showStep();
      if (changed.has("hover")) chart.hover(store.state.hover?.step);
    },
    resize() {
      chart.resize(chart.element.querySelector(".row-plot").clientWidth);
      draw();
      showStep();
    },
    destroy: chart.destroy,
  };
}

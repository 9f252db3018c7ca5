/** Many inputs over time, as a map: a line per input. A square is dragged up and down. */

import { assign, element, mark, touches } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { heatMap } from "../drawing/heat_map.js";
import { exact } from "../drawing/number_format.js";
import { plotRow } from "../drawing/plot.js";

export function inputMap({ header, model, store, controller, theme, tip }) {
  const T = model.T,
    inputs = model.inputs;
  const { high } = model.range(0, "x");
  const row = plotRow(T, {
    label: element("span", { class: "quiet" }, `${inputs} inputs`),
    note: element("span", { class: "quiet" }, `±${high}`),
  });
  const map = heatMap({
    label: `${inputs} inputs over ${T} steps`,
    class: "map input-map",
    hover: say,
  });
  const handles = Array.from({ length: inputs }, (_, input) => handleOf(input));
  row.plot.append(map.canvas, ...handles);

  /** The square of one input at the current step, for those who come with Tab. */
  function handleOf(input) {
    const style = `width:${100 / T}%;height:${100 / inputs}%;top:${(100 * input) / inputs}%`;
    const slider = { role: "slider", tabindex: 0, "aria-orientation": "vertical" };
    return element("div", { class: "square-handle", style, "data-input": input, ...slider });
  }
  function showHandles() {
    const { step } = store.state;
    handles.forEach((handle, input) => {
      const value = model.live.x[step * inputs + input];
      handle.style.transform = `translateX(${100 * step}%)`;
      assign(handle, "aria-label", `input ${nameOf(input)} at step ${step + 1}`);
      assign(handle, "aria-valuenow", value);
      mark(handle, "x", input, value);
    });
  }
  const nameOf = (input) => header.sequence.input_names[input] ?? String(input + 1);
  const at = (event) => {
    const { column, row: input } = map.at(event);
    return { step: column, input };
  };
  const stop = scrubbable(row.plot, {
    target: (event) =>
      event.type.startsWith("pointer")
        ? at(event)
        : { step: store.state.step, input: Number(event.target.dataset.input) },
    read: ({ step, input }) => ({
      value: model.live.x[step * inputs + input],
      low: -4 * high,
      high: 4 * high,
      travel: 2 * high,
    }),
    write({ step, input }, value, going) {
      controller.goTo(step);
      controller.change(
        { kind: "input", item: model.item, step, input, value: Number(value.toPrecision(3)) },
        { going },
      );
    },
    open: ({ step }) => controller.goTo(step),
  });
  function say(cell, event) {
    controller.hover(cell && { step: cell.column });
    if (cell === null) return tip.hide();
    const { column: step, row: input } = cell;
    const value = exact(model.live.x[step * inputs + input]);
    tip.show(event, `${nameOf(input)}, step ${step + 1}: ${value}`);
  }
  function draw() {
    const ghost = model.isChanged ? model.ghost.x : null;
    const look = { ...theme(), ramp: theme().signed, low: -high, high, ghost };
    const height = Math.min(Math.max(5 * inputs, 26), 48);
    map.draw({ numbers: model.live.x, columns: T, rows: inputs }, look, height);
  }
  return {
    element: row.element,
    update(changed) {
      if (changed.has("run") || changed.has("theme")) draw();
      if (touches(changed, "step", "run", "mount")) showHandles();
      if (touches(changed, "step", "mount")) row.point(store.state.step);
      if (changed.has("hover")) row.hover(store.state.hover?.step);
    },
    destroy() {
      stop();
      map.destroy();
    },
  };
}

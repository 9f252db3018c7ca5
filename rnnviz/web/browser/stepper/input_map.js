/** Many inputs over time, as a map: a line per input. A square is dragged up and down. */

import { assign, element, mark, touches } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { heatMap } from "../drawing/heat_map.js";
import { long } from "../drawing/number_format.js";
import { plotRow } from "../drawing/plot.js";
import { _ } from "../drawing/texts.js";
import { inputName } from "./sequence_labels.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {{step: number, input: number}} Square */

/** @param {Context} context @returns {import("./views.js").View} */
export function inputMap(context) {
  const { model, store, theme } = context;
  const { T, inputs } = model;
  const { high } = model.range(0, "x");
  const row = plotRow(T, {
    label: element("span", { class: "quiet" }, _("{count} inputs", { count: inputs })),
    note: element("span", { class: "quiet" }, `±${high}`),
  });
  const map = heatMap({
    label: _("{inputs} inputs over {steps} steps", { inputs, steps: T }),
    class: "map input-map",
    hover: (cell, event) => tell(context, cell && { step: cell.column, input: cell.row }, event),
  });
  const handles = Array.from({ length: inputs }, (_, input) => handleOf(input, model));
  row.plot.append(map.canvas, ...handles);
  const stop = drag(context, row.plot, high, (event) => {
    const { column: step, row: input } = map.at(event);
    return { step, input };
  });

  function draw() {
    const ghost = model.isChanged ? model.ghost.x : null;
    const look = { ...theme(), ramp: theme().signed, low: -high, high, ghost };
    const height = Math.min(Math.max(5 * inputs, 26), 48);
    map.draw({ numbers: model.live.x, columns: T, rows: inputs }, look, height);
  }
  return {
    element: row.element,
    update(changed) {
      const { step, hover } = store.state;
      if (touches(changed, "run", "theme")) draw();
      if (touches(changed, "step", "run", "mount"))
        handles.forEach((handle, input) => showHandle(context, handle, { step, input }));
      if (touches(changed, "step", "mount")) row.point(step);
      if (touches(changed, "hover")) row.hover(hover?.step);
    },
    destroy() {
      stop();
      map.destroy();
    },
  };
}

/**
 * The square of one input at the current step, for those who come with Tab.
 * @param {number} input @param {Context["model"]} model
 */
function handleOf(input, { T, inputs }) {
  const style = `width:${100 / T}%;height:${100 / inputs}%;top:${(100 * input) / inputs}%`;
  const slider = { role: "slider", tabindex: 0, "aria-orientation": "vertical" };
  return element("div", { class: "square-handle", style, "data-input": input, ...slider });
}

/** @param {Context} context @param {HTMLElement} handle @param {Square} square */
function showHandle({ header, model }, handle, { step, input }) {
  const value = model.live.x[step * model.inputs + input];
  handle.style.transform = `translateX(${100 * step}%)`;
  assign(
    handle,
    "aria-label",
    _("input {name} at step {step}", {
      name: inputName(header, input),
      step: step + 1,
    }),
  );
  assign(handle, "aria-valuenow", value);
  mark(handle, "x", input, value);
}

/**
 * What is under the pointer, everywhere and in words.
 * @param {Context} context @param {Square|null} square @param {MouseEvent} event
 */
function tell({ header, model, controller, tip }, square, event) {
  controller.hover(square && { step: square.step });
  if (square === null) return tip.hide();
  const { step, input } = square;
  const value = long(model.live.x[step * model.inputs + input]);
  tip.show(
    event,
    _("{name}, step {step}: {value}", { name: inputName(header, input), step: step + 1, value }),
  );
}

/**
 * @param {Context} context @param {HTMLElement} plot @param {number} high
 * @param {(event: PointerEvent) => Square} at
 */
function drag({ model, store, controller }, plot, high, at) {
  const inFocus = (/** @type {EventTarget|null} */ target) =>
    target instanceof HTMLElement && target.dataset.input !== undefined
      ? { step: store.state.step, input: Number(target.dataset.input) }
      : null;
  return scrubbable(plot, {
    target: (event) => (event instanceof PointerEvent ? at(event) : inFocus(event.target)),
    read: ({ step, input }) => ({
      value: model.live.x[step * model.inputs + input],
      low: -4 * high,
      high: 4 * high,
      travel: 2 * high,
    }),
    write({ step, input }, value, going) {
      controller.goTo(step);
      controller.changeInput(step, input, Number(value.toPrecision(3)), { going });
    },
    open: ({ step }) => controller.goTo(step),
  });
}

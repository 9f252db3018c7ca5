/** Many inputs over time, as a map: a line per input. A square is dragged up and down. */

import { assign, element, mark, touches } from "../../drawing/dom.js";
import { scrubbable } from "../../drawing/drag.js";
import { heatMap } from "../../drawing/heat_map.js";
import { long } from "../../drawing/number_format.js";
import { plotRow } from "../../drawing/plot.js";
import { termOf } from "../../drawing/term.js";
import { _ } from "../../drawing/texts.js";
import { inputName } from "./sequence_labels.js";
import { columnOf, columnsOf, inView } from "../time_window.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {{step: number, input: number}} Square */

/** @param {Context} context @returns {import("../views.js").View} */
export function inputMap(context) {
  const { model, store, theme } = context;
  const { T, inputs } = model;
  const { high } = model.range(0, "x");
  const columns = columnsOf(T);
  const row = plotRow(columns, {
    label: element(
      "span",
      { class: "quiet" },
      termOf(_("{count} inputs", { count: inputs }), "input"),
    ),
    note: element("span", { class: "quiet" }, `±${high}`),
  });
  const map = heatMap({
    label: _("{inputs} inputs over {steps} steps", { inputs, steps: T }),
    class: "map input-map",
    hover: (cell, event) => tell(context, cell && squareOf(cell), event),
  });
  /** @param {import("../../drawing/heat_map_plan.js").Cell} cell @returns {Square} */
  const squareOf = ({ column, row }) => ({ step: store.state.from + column, input: row });
  const handles = Array.from({ length: inputs }, (_, input) => handleOf(input, model));
  row.plot.append(map.canvas, ...handles);
  const stop = drag(context, row.plot, high, (event) => squareOf(map.at(event)));

  function draw() {
    const { from } = store.state;
    const ghost = model.isChanged ? inView(model.ghost.x, from, T) : null;
    const look = { ...theme(), ramp: theme().signed, low: -high, high, ghost };
    const height = Math.min(Math.max(5 * inputs, 26), 48);
    map.draw({ numbers: inView(model.live.x, from, T), columns, rows: inputs }, look, height);
  }
  return {
    element: row.element,
    update(changed) {
      const { step, from, hover } = store.state;
      if (touches(changed, "run", "theme", "from")) draw();
      if (touches(changed, "step", "run", "from", "mount"))
        handles.forEach((handle, input) => showHandle(context, handle, { step, input }));
      if (touches(changed, "step", "from", "mount")) row.point(step - from);
      if (touches(changed, "hover")) row.hover(columnOf(hover?.step, from, T));
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
  const style = `width:${100 / columnsOf(T)}%;height:${100 / inputs}%;top:${(100 * input) / inputs}%`;
  const slider = { role: "slider", tabindex: 0, "aria-orientation": "vertical" };
  return element("div", { class: "square-handle", style, "data-input": input, ...slider });
}

/** @param {Context} context @param {HTMLElement} handle @param {Square} square */
function showHandle({ header, model, store }, handle, { step, input }) {
  const value = model.live.x[step * model.inputs + input];
  handle.style.transform = `translateX(${100 * (step - store.state.from)}%)`;
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

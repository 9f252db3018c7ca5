/**
 * One input over time as bars around zero. A bar is dragged up and down; its untouched height stays
 * as an outline.
 */

import { css, mix, niceCeiling } from "../../drawing/colours.js";
import { assign, element, mark, pressable, touches, write } from "../../drawing/dom.js";
import { scrubbable } from "../../drawing/drag.js";
import { long, short } from "../../drawing/number_format.js";
import { fitCanvas, plotRow, stepAt } from "../../drawing/plot.js";
import { _ } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { columnOf, columnsOf } from "../time_window.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {{live: Float64Array, ghost: Float64Array}} Runs  an input at each time step */

const HEIGHT = 30;

/** @param {Context} context @param {number} input @returns {import("../views.js").View} */
export function inputBars(context, input) {
  const { header, model, store, theme } = context;
  const name = header.sequence.input_names[input];
  const note = pressable(element("b", { class: "note-value number" }), () =>
    context.controller.explain("x", input, store.state.step),
  );
  const columns = columnsOf(model.T);
  const row = plotRow(columns, { label: element("span", { class: "quiet" }, name), note });
  const canvas = element("canvas", { class: "bars", "aria-hidden": "true" });
  const slider = { role: "slider", tabindex: 0, "aria-orientation": "vertical" };
  const handle = element("div", { class: "handle", ...slider });
  row.plot.append(canvas, handle);
  handle.style.width = `${100 / columns}%`;
  const stop = drag(context, input, row.plot);
  const along = (/** @type {Float64Array} */ x) =>
    Float64Array.from({ length: model.T }, (_, t) => x[t * model.inputs + input]);
  const runs = () => ({ live: along(model.live.x), ghost: along(model.ghost.x) });

  const draw = () => paint(canvas, runs(), theme(), { from: store.state.from, columns });
  function showHandle() {
    const { step } = store.state;
    const { low, high } = spanOf(runs());
    const value = model.live.x[step * model.inputs + input];
    const place = _("{name} at step {step}", { name, step: step + 1 });
    handle.style.transform = `translateX(${100 * (step - store.state.from)}%)`;
    handle.style.setProperty("--at", String(1 - (value - low) / (high - low)));
    assign(handle, "aria-label", _("input {place}", { place }));
    assign(handle, "aria-valuenow", value);
    assign(handle, "aria-valuetext", short(value));
    assign(
      handle,
      "title",
      _("{place} = {value}; drag up or down, or ↑ ↓", { place, value: long(value) }),
    );
    mark(note, "x", input, value);
    write(note, short(value));
  }
  return {
    element: row.element,
    resize(width) {
      fitCanvas(canvas, width, HEIGHT);
      draw();
    },
    update(changed) {
      const { step, hover } = store.state;
      const { from } = store.state;
      if (touches(changed, "run", "theme", "from")) draw();
      if (touches(changed, "step", "run", "from")) showHandle();
      if (touches(changed, "step", "from", "mount")) row.point(step - from);
      if (touches(changed, "hover")) row.hover(columnOf(hover?.step, from, model.T));
    },
    destroy: stop,
  };
}

/**
 * What the bars span: zero, and both runs.
 * @param {Runs} runs
 */
function spanOf({ live, ghost }) {
  let [low, high] = [0, 0];
  for (const numbers of [live, ghost]) {
    for (const number of numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
  }
  return high === low ? { low: -1, high: 1 } : { low, high };
}

/** @param {Context} context @param {number} input @param {HTMLElement} plot */
function drag({ model, store, controller }, input, plot) {
  const at = (/** @type {Float64Array} */ x, /** @type {number} */ t) =>
    x[t * model.inputs + input];
  return scrubbable(plot, {
    target: (event) =>
      event instanceof PointerEvent
        ? store.state.from + stepAt(plot, event, columnsOf(model.T))
        : store.state.step,
    read(t) {
      const size = 2 * niceCeiling(Math.max(1, Math.abs(at(model.ghost.x, t))));
      return { value: at(model.live.x, t), low: -size, high: size, travel: size };
    },
    write(t, value, going) {
      controller.goTo(t);
      controller.changeInput(t, input, Number(value.toPrecision(3)), { going });
    },
    open: (t) => controller.goTo(t),
  });
}

/**
 * @param {HTMLCanvasElement} canvas @param {Runs} runs
 * @param {import("../../drawing/theme.js").Theme} theme
 * @param {{from: number, columns: number}} view  the steps in it
 */
function paint(canvas, { live, ghost }, { ground, roles, ink, soft }, { from, columns }) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser gives no canvas to paint on");
  const { low, high } = spanOf({ live, ghost });
  const { width, height } = canvas;
  const ratio = height / HEIGHT;
  const [wide, pad] = [width / columns, 2 * ratio];
  const gap = wide > 6 * ratio ? Math.max(ratio, wide * 0.14) : 0;
  const y = (/** @type {number} */ value) =>
    pad + (1 - (value - low) / (high - low)) * (height - 2 * pad);
  context.clearRect(0, 0, width, height);
  context.lineWidth = ratio;
  context.strokeStyle = css(ink);
  for (let k = 0; k < columns; k++) {
    const [left, right] = [Math.round(k * wide + gap), Math.round((k + 1) * wide - gap)];
    const [value, before] = [live[from + k], ghost[from + k]];
    const colour = value === before ? soft : lookup(roles, "hidden");
    const [top, tall] = [Math.min(y(0), y(value)), Math.abs(y(value) - y(0))];
    context.fillStyle = css(mix(ground, colour, 0.75));
    context.fillRect(left, top, Math.max(right - left, 1), tall);
    if (value === before) continue;
    const [edge, long] = [Math.min(y(0), y(before)), Math.abs(y(before) - y(0))];
    context.setLineDash([3 * ratio, 2 * ratio]);
    context.strokeRect(left + 0.5, edge, Math.max(right - left - 1, 1), long);
  }
  context.fillStyle = css(mix(ground, ink, 0.35));
  context.fillRect(0, Math.round(y(0)), width, Math.max(1, Math.round(ratio / 2)));
}

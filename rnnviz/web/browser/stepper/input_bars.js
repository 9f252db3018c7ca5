/**
 * One input over time as bars around zero. A bar is dragged up and down; its untouched height stays
 * as an outline.
 */

import { assign, element, mark, write } from "../drawing/dom.js";
import { css, mix, niceCeiling } from "../drawing/colours.js";
import { scrubbable } from "../drawing/drag.js";
import { exact, short } from "../drawing/number_format.js";
import { fitCanvas, plotRow, stepAt } from "../drawing/plot.js";

const HEIGHT = 30;

export function inputBars({ model, store, controller, theme, input, name }) {
  const T = model.T,
    inputs = model.inputs;
  const note = element("b", { class: "note-value" });
  const row = plotRow(T, { label: element("span", { class: "quiet" }, name), note });
  const canvas = element("canvas", { class: "bars", "aria-hidden": "true" });
  const handle = element("div", {
    class: "handle",
    role: "slider",
    tabindex: 0,
    "aria-orientation": "vertical",
  });
  const context = canvas.getContext("2d");
  row.plot.append(canvas, handle);
  handle.style.width = `${100 / T}%`;
  const at = (network, t) => network.x[t * inputs + input];

  function axis() {
    let low = 0,
      high = 0;
    for (const network of [model.ghost, model.live]) {
      for (let t = 0; t < T; t++) {
        low = Math.min(low, at(network, t));
        high = Math.max(high, at(network, t));
      }
    }
    return high === low ? { low: -1, high: 1 } : { low, high };
  }
  const target = (event) =>
    event.type.startsWith("pointer") ? stepAt(row.plot, event, T) : store.state.step;
  const stop = scrubbable(row.plot, {
    target,
    read(t) {
      const size = 2 * niceCeiling(Math.max(1, Math.abs(at(model.ghost, t))));
      return { value: at(model.live, t), low: -size, high: size, travel: size };
    },
    write(t, value, going) {
      controller.goTo(t);
      controller.change(
        { kind: "input", item: model.item, step: t, input, value: Number(value.toPrecision(3)) },
        { going },
      );
    },
    open: (t) => controller.goTo(t),
  });

  function draw() {
    const { width, height } = canvas;
    const ratio = height / HEIGHT;
    const { low, high } = axis();
    const pad = 2 * ratio;
    const y = (value) => pad + (1 - (value - low) / (high - low)) * (height - 2 * pad);
    const { ground, roles, ink, soft } = theme();
    context.clearRect(0, 0, width, height);
    const gap = width / T > 6 * ratio ? Math.max(ratio, (width / T) * 0.14) : 0;
    const column = (t) => [
      Math.round((t * width) / T + gap),
      Math.round(((t + 1) * width) / T - gap),
    ];
    for (let t = 0; t < T; t++) {
      const value = at(model.live, t),
        before = at(model.ghost, t);
      const [left, right] = column(t);
      context.fillStyle = css(mix(ground, value === before ? soft : roles.get("hidden"), 0.75));
      context.fillRect(
        left,
        Math.min(y(0), y(value)),
        Math.max(right - left, 1),
        Math.abs(y(value) - y(0)),
      );
      if (value === before) continue;
      context.strokeStyle = css(ink);
      context.lineWidth = ratio;
      context.setLineDash([3 * ratio, 2 * ratio]);
      context.strokeRect(
        left + 0.5,
        Math.min(y(0), y(before)),
        Math.max(right - left - 1, 1),
        Math.abs(y(before) - y(0)),
      );
      context.setLineDash([]);
    }
    context.fillStyle = css(mix(ground, ink, 0.35));
    context.fillRect(0, Math.round(y(0)), width, Math.max(1, Math.round(ratio / 2)));
  }
  function showHandle() {
    const { step } = store.state;
    const value = at(model.live, step);
    const { low, high } = axis();
    handle.style.transform = `translateX(${100 * step}%)`;
    handle.style.setProperty("--at", String(1 - (value - low) / (high - low)));
    assign(handle, "aria-label", `input ${name} at step ${step + 1}`);
    assign(handle, "aria-valuenow", value);
    assign(handle, "aria-valuetext", short(value));
    assign(
      handle,
      "title",
      `${name} at step ${step + 1} = ${exact(value)}; drag up or down, or ↑ ↓`,
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
      if (changed.has("run") || changed.has("theme")) draw();
      if (changed.has("step") || changed.has("run")) showHandle();
      if (changed.has("step") || changed.has("mount")) row.point(store.state.step);
      if (changed.has("hover")) row.hover(store.state.hover?.step);
    },
    destroy: stop,
  };
}

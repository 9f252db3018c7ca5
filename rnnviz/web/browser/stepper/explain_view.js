/**
 * Where a number comes from: opens beside the equations, follows the step, and goes on from number
 * to number.
 */

import { button, element, mark } from "../drawing/dom.js";
import { scrubbable } from "../drawing/drag.js";
import { long } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { gradientLines } from "./gradient_lines.js";
import { reasonDrawing } from "./reason_drawing.js";
import { linesOf, reasonFor } from "./reason_lines.js";
import { symbolNode } from "./words.js";

const HOW =
  "Numbers are rounded here and exact on hover. Drag a weight up or down, or click a number to " +
  "go on from there.";

/** @param {import("./stage.js").Stage} stage */
export function explainView(stage) {
  const { header, model, store, controller, words } = stage;
  const title = element("h3", { tabindex: -1 });
  const small = { class: "small" };
  const back = button("back to the number before", "‹", goBack, small);
  const close = button("close (Escape)", "×", controller.closeExplanation, small);
  const body = element("div", { class: "explain-body" });
  const head = element("div", { class: "section-head" }, title);
  head.append(element("span", { class: "spring" }), back, close);
  const panel = element("section", { class: "explain", role: "dialog", hidden: true });
  panel.setAttribute("aria-label", "where this number comes from");
  panel.setAttribute("data-testid", "explain");
  panel.append(head, body, caption(HOW));
  const drawing = reasonDrawing(stage, follow);
  const stop = dragWeights(body, model, controller);
  let trail = [];
  let opener = null;
  let isFollowing = false;

  function goBack() {
    trail.pop();
    const last = trail.pop();
    if (last) controller.explain(last.name, last.unit, last.step);
  }
  function follow({ name, unit, t, layer = store.state.layer }) {
    if (layer !== store.state.layer) controller.setLayer(layer);
    controller.explain(name, unit, t);
    controller.select({ ...(name === "x" ? {} : { unit }), step: t });
  }
  /** The same value at the step now in view. */
  function followStep() {
    const { name, unit } = store.state.explained;
    isFollowing = true;
    controller.explain(name, unit, store.state.step);
    isFollowing = false;
  }
  function draw() {
    const { explained, layer } = store.state;
    const focused = body.getRootNode().activeElement?.dataset?.weight;
    const reason = reasonFor(model.live, model.liveArrays, layer, explained);
    const number = element("b", { class: "result" }, long(reason.value));
    mark(number, explained.name, explained.unit, reason.value);
    title.replaceChildren(...heading(explained), " = ", number);
    back.hidden = trail.length < 2;
    const lines = linesOf(reason, header.operations).map(drawing.draw);
    body.replaceChildren(...lines, ...gradientLines(stage, explained));
    if (focused) body.querySelector(`[data-weight="${CSS.escape(focused)}"]`)?.focus();
  }
  function heading({ name, unit, step }) {
    if (name === "prediction") {
      const before = header.readout.kind === "softmax" ? " before softmax" : "";
      return [`“${header.readout.labels[unit]}”${before}, step ${step + 1}`];
    }
    const about = words(store.state.layer);
    const symbol = symbolNode(about.symbol(name.split(".")[0]), about.role(name));
    const place = ` unit ${unit + 1}, step ${step + 1}`;
    return name.includes(".") ? ["part of ", symbol, place] : [symbol, place];
  }
  function openOrClose(explained) {
    if (panel.hidden && explained) opener = panel.getRootNode().activeElement;
    panel.hidden = explained === null;
    if (explained && isFollowing) trail[trail.length - 1] = explained;
    else if (explained) trail.push(explained);
    else {
      trail = [];
      drawing.forget();
      opener?.focus?.();
    }
  }
  return {
    element: panel,
    update(changed) {
      const { explained, step } = store.state;
      const isNew = changed.has("explained");
      if (isNew) openOrClose(explained);
      if (explained === null) return;
      if (changed.has("step") && !isNew && explained.step !== step) followStep();
      else if (isNew || changed.has("run")) draw();
      if (isNew && !isFollowing) title.focus({ preventScroll: true });
    },
    destroy: stop,
  };
}

/** Weights are dragged where they stand; the panel is drawn anew under the pointer meanwhile. */
function dragWeights(body, model, controller) {
  return scrubbable(body, {
    target: (event) => event.target.closest?.("[data-weight]")?.dataset.weight ?? null,
    read(weight) {
      const [array, index] = JSON.parse(weight);
      const value = model.liveArrays.get(array)[index];
      const size = Math.max(1, 2 * Math.abs(model.arrays.get(array)[index]));
      return { value, low: -4 * size, high: 4 * size, travel: 2 * size };
    },
    write(weight, number, going) {
      const [array, index] = JSON.parse(weight);
      const value = Number(number.toPrecision(4));
      controller.change({ kind: "weight", array, index, value }, { going });
    },
  });
}

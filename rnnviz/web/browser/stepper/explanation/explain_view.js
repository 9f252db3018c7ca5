/**
 * Where a number comes from: opens beside the equations, follows the step, and goes on from number
 * to number.
 */

import { button, element, mark, touches } from "../../drawing/dom.js";
import { scrubbable } from "../../drawing/drag.js";
import { long, percent } from "../../drawing/number_format.js";
import { caption } from "../../drawing/plot.js";
import { term } from "../../drawing/term.js";
import { N_, _, _nodes } from "../../drawing/texts.js";
import { lookup } from "../../maths/lookup.js";
import { LOSS } from "../../maths/loss_reasons.js";
import { POOL, SUM } from "../../maths/pool_reasons.js";
import { gradientLines } from "./gradient_lines.js";
import { answerGradient, lossHeading, lossLines } from "./loss_lines.js";
import { meaningOfRead, symbolOfRead } from "../pool_words.js";
import { reasonDrawing } from "./reason_drawing.js";
import { linesOf, reasonFor } from "./reason_lines.js";
import { weightAt } from "./reason_numbers.js";
import { softmaxLines } from "./softmax_lines.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../state.js").Explained} Explained */

const HOW = N_(
  "Numbers are rounded here and exact on hover. Drag a weight up or down, or click a number to go on from there.",
);

/** @param {Context} context @returns {import("../views.js").View} */
export function explainView(context) {
  const { store, controller } = context;
  const panel = panelOf(goBack, controller.closeExplanation);
  const drawing = reasonDrawing(context, (place) => follow(context, place));
  /** @type {Explained[]} */
  let trail = [];
  /** @type {HTMLElement|null} */
  let opener = null;
  let isFollowing = false;

  function goBack() {
    trail.pop();
    const last = trail.pop();
    if (last) controller.explain(last.name, last.unit, last.step);
  }
  /** The same value at the step now in view. @param {Explained} explained */
  function followStep({ name, unit }) {
    isFollowing = true;
    controller.explain(name, unit, store.state.step);
    isFollowing = false;
  }
  /** @param {Explained|null} explained */
  function openOrClose(explained) {
    if (panel.element.hidden && explained) opener = focusedBeside(panel.element);
    panel.element.hidden = explained === null;
    if (explained && isFollowing) trail[trail.length - 1] = explained;
    else if (explained) trail.push(explained);
    else {
      trail = [];
      drawing.forget();
      opener?.focus();
    }
  }
  return {
    element: panel.element,
    update(changed) {
      const { explained, step } = store.state;
      const isNew = touches(changed, "explained");
      if (isNew) openOrClose(explained);
      if (explained === null) return;
      if (touches(changed, "step") && !isNew && explained.step !== step) followStep(explained);
      else if (touches(changed, "explained", "run")) {
        panel.back.hidden = trail.length < 2;
        draw(context, panel, explained, drawing);
      }
      if (isNew && !isFollowing) panel.title.focus({ preventScroll: true });
    },
    destroy: dragWeights(panel.body, context),
  };
}

/** @param {() => void} goBack @param {() => void} close */
function panelOf(goBack, close) {
  const title = element("h3", { tabindex: -1 });
  const back = button(_("back to the number before"), "‹", goBack, { class: "small" });
  const shut = button(_("close (Escape)"), "×", close, { class: "small" });
  const body = element("div", { class: "explain-body" });
  const about = {
    class: "explain",
    role: "dialog",
    hidden: true,
    "aria-label": _("where this number comes from"),
    "data-testid": "explain",
  };
  const spring = element("span", { class: "spring" });
  const head = element("div", { class: "section-head" }, title, spring, back, shut);
  return {
    element: element("section", about, head, body, caption(_(HOW), null)),
    title,
    back,
    body,
  };
}

/**
 * Explain what a number comes from, and look there.
 * @param {Context} context @param {import("./reason_numbers.js").Place} place
 */
function follow({ store, controller }, { name, unit, t, layer = store.state.layer }) {
  if (layer !== store.state.layer) controller.setLayer(layer);
  controller.explain(name, unit, t);
  const isUnit = !["x", "prediction", POOL, SUM, LOSS].includes(name);
  controller.select({ ...(isUnit ? { unit } : {}), step: t });
}

/**
 * The lines anew; a weight that has the focus keeps it.
 * @param {Context} context
 * @param {{title: HTMLElement, body: HTMLElement}} panel
 * @param {Explained} explained @param {ReturnType<typeof reasonDrawing>} drawing
 */
function draw(context, { title, body }, explained, drawing) {
  const { header, model, store } = context;
  const go = (/** @type {import("./reason_numbers.js").Place} */ place) => follow(context, place);
  if (explained.name === LOSS) {
    title.replaceChildren(...lossHeading(context));
    return body.replaceChildren(...lossLines(context, explained.step, go));
  }
  const focused = focusedBeside(body)?.dataset.weight;
  const reason = reasonFor(model.live, model.liveArrays, store.state.layer, explained);
  title.replaceChildren(...headingOf(context, explained, reason.value));
  const lines = [
    ...probabilityLines(context, explained),
    ...linesOf(reason, header.operations).map(drawing.draw),
  ];
  const purpose = purposeOf(context, explained.name);
  const first = purpose ? [element("p", { class: "quiet" }, purpose)] : [];
  const gradients = [
    ...gradientLines(context, explained),
    ...answerGradient(context, explained, go),
  ];
  body.replaceChildren(...first, ...lines, ...gradients);
  if (!focused) return;
  const again = body.querySelector(`[data-weight="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/** What a value is for. @param {Context} context @param {string} name */
function purposeOf({ model, store, words }, name) {
  if (name === POOL || name === SUM) return meaningOfRead(model.live, name);
  return words(store.state.layer).purpose(name);
}

/**
 * "f_t unit 2, step 3 = 0.91"; of an output of a softmax its probability.
 * @param {Context} context @param {Explained} explained @param {number} value
 * @returns {Array<string|Node>}
 */
function headingOf({ header, model, store, words }, { name, unit, step }, value) {
  const { readout } = header;
  const holes = { unit: String(unit + 1), step: String(step + 1) };
  if (name === "prediction" && readout) {
    const probability = model.live.probabilities?.[step * model.live.outputs + unit];
    const shown = probability === undefined ? long(value) : percent(probability);
    const number = element("b", { class: "result" }, shown);
    if (probability === undefined) mark(number, name, unit, value);
    else mark(number, "probability", unit, probability);
    return _nodes("“{output}”, step {step} = {number}", {
      ...holes,
      output: readout.labels[unit],
      number,
    });
  }
  const number = element("b", { class: "result" }, long(value));
  mark(number, name, unit, value);
  if (name === POOL || name === SUM) {
    const symbol = symbolOfRead(name);
    return _nodes("{symbol} unit {unit}, step {step} = {number}", { ...holes, symbol, number });
  }
  const about = words(store.state.layer);
  const [base] = name.split(".");
  const symbol = term(
    symbolNode(about.symbol(base), about.role(name)),
    about.term(base),
    about.purpose(base),
  );
  const all = { ...holes, symbol, number };
  return name.includes(".")
    ? _nodes("part of {symbol} unit {unit}, step {step} = {number}", all)
    : _nodes("{symbol} unit {unit}, step {step} = {number}", all);
}

/**
 * How an output's score becomes its probability; nothing for what is no output of a softmax.
 * @param {Context} context @param {Explained} explained
 */
function probabilityLines(context, { name, unit, step }) {
  const { live } = context.model;
  const { readout } = context.header;
  if (name !== "prediction" || readout === null) return [];
  if (live.probabilities === null || live.prediction === null) return [];
  const [from, to] = [step * live.outputs, (step + 1) * live.outputs];
  return softmaxLines(readout, live.prediction.subarray(from, to), {
    unit,
    step,
    probability: live.probabilities[from + unit],
    follow: (place) => follow(context, place),
  });
}

/** What has the focus in the document or the shadow root that holds a node. @param {Node} node */
function focusedBeside(node) {
  const root = node.getRootNode();
  const isRoot = root instanceof Document || root instanceof ShadowRoot;
  const focused = isRoot ? root.activeElement : null;
  return focused instanceof HTMLElement ? focused : null;
}

/**
 * Weights are dragged where they stand; the panel is drawn anew under the pointer meanwhile.
 * @param {HTMLElement} body @param {Context} context
 */
function dragWeights(body, { model, controller }) {
  return scrubbable(body, {
    target: (event) => weightAt(event.target),
    read({ array, index }) {
      const value = lookup(model.liveArrays, array)[index];
      const size = Math.max(1, 2 * Math.abs(lookup(model.arrays, array)[index]));
      return { value, low: -4 * size, high: 4 * size, travel: 2 * size };
    },
    write({ array, index }, number, going) {
      const value = Number(number.toPrecision(4));
      controller.change({ kind: "weight", array, index, value }, { going });
    },
  });
}

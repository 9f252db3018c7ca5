/** Where L comes from, and where the gradient sets out: every step's share, every output's part. */

import { element, mark } from "../../drawing/dom.js";
import { exact, long } from "../../drawing/number_format.js";
import { _, _nodes, ngettext } from "../../drawing/texts.js";
import { LOSS, explainLoss } from "../../maths/loss_reasons.js";
import { placeOfRead } from "../../maths/pool_reasons.js";
import { factorOf, stepTold } from "../loss_words.js";
import { table } from "./product_table.js";
import { largestTerms } from "./reason_lines.js";
import { link } from "./reason_numbers.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./reason_numbers.js").Follow} Follow */
/** @typedef {import("../../maths/loss_reasons.js").LossReason} LossReason */
/** @typedef {import("../../maths/loss_reasons.js").StepLoss} StepLoss */
/** @typedef {import("../../maths/loss_reasons.js").OutputLoss} OutputLoss */

const MOST = 12;

/** "L = 0.0011". @param {Context} context @returns {Array<string|Node>} */
export function lossHeading({ model }) {
  const { loss } = model.live;
  const number = element("b", { class: "result", title: exact(loss) }, long(loss));
  mark(number, LOSS, 0, loss);
  return ["L = ", number];
}

/** @param {Context} context @param {number} step  in view @param {Follow} follow @returns {Node[]} */
export function lossLines(context, step, follow) {
  const reason = explainLoss(context.model.live);
  const told = stepTold(reason, step);
  const isOne = reason.steps.length === 1;
  const rows = isOne
    ? limited(
        told.outputs,
        ({ part }) => part,
        (one) => outputRow(context, reason, told, one, follow),
      )
    : limited(
        reason.steps,
        ({ own }) => own,
        (one) => stepRow(context, reason, one, follow),
      );
  return [
    element("p", { class: "quiet" }, context.header.loss.text),
    element("div", { class: "product" }, table(rows)),
    element("p", { class: "formula" }, ...totalOf(reason, told)),
    ...gradientTable(context, reason, told, follow),
  ];
}

/**
 * The largest, and how many others there are with their sum.
 * @template T
 * @param {T[]} all @param {(one: T) => number} size @param {(one: T) => HTMLElement} row
 */
function limited(all, size, row) {
  const terms = all.map((one) => ({ product: size(one) }));
  const shown = largestTerms(terms, MOST);
  const rows = all.filter((_one, k) => shown.has(k)).map(row);
  const left = terms.filter((_one, k) => !shown.has(k));
  if (left.length === 0) return rows;
  const rest = left.reduce((sum, { product }) => sum + product, 0);
  const words = ngettext("and {count} smaller one", "and {count} smaller ones", left.length);
  const cells = [element("td", { colspan: 3 }, words), ...equals(rest)];
  return [...rows, element("tr", { class: "rest" }, ...cells)];
}

/** @param {number} value */
function equals(value) {
  return [element("td", {}, "="), element("td", { title: exact(value) }, long(value))];
}

/**
 * @param {Context} context @param {LossReason} reason @param {StepLoss} step @param {Follow} follow
 */
function stepRow(context, { kind }, step, follow) {
  const factor = factorOf(kind, step);
  const how = factor ? partOf(context, kind, step.t, factor, follow) : [wholeOf(kind, step)];
  const name = element("td", { class: "quiet" }, _("step {step}", { step: step.t + 1 }));
  const isOfOne = factor !== null && kind === "cross entropy";
  const output = isOfOne ? outputCell(context, factor.k) : element("td");
  return element("tr", {}, name, output, element("td", {}, ...how), ...equals(step.own));
}

/** What a step's loss is, where it is of many outputs. @param {LossReason["kind"]} kind @param {StepLoss} step */
function wholeOf(kind, { outputs }) {
  const count = outputs.length;
  if (kind === "sum")
    return ngettext("the sum of {count} number", "the sum of {count} numbers", count);
  if (kind === "squared error")
    return ngettext("(answer − target)²", "the mean of {count} times (answer − target)²", count);
  return _("the sum of target · (−ln p)");
}

/**
 * @param {Context} context @param {LossReason} reason @param {StepLoss} step @param {OutputLoss} one
 * @param {Follow} follow
 */
function outputRow(context, { kind }, { t }, one, follow) {
  const name = outputCell(context, one.k);
  const how = partOf(context, kind, t, one, follow);
  return element("tr", {}, name, element("td"), element("td", {}, ...how), ...equals(one.part));
}

/** What is judged is called, where it is an output, as the task calls it. @param {Context} context @param {number} k */
function outputCell({ header }, k) {
  const label = header.loss.kind === "sum" ? undefined : header.readout?.labels[k];
  if (label === undefined)
    return element("td", { class: "quiet" }, _("unit {unit}", { unit: k + 1 }));
  return element("td", { class: "quiet", "data-verbatim": true }, `“${label}”`);
}

/**
 * The arithmetic of an output's part, its number leading on.
 * @param {Context} context @param {LossReason["kind"]} kind @param {number} t @param {OutputLoss} one
 * @param {Follow} follow
 */
function partOf(context, kind, t, { k, y, target }, follow) {
  const number = link(y, placeOf(context, kind, k, t), follow);
  if (kind === "sum") return [number];
  if (kind === "squared error") return ["(", number, ` − ${bracketed(target)})²`];
  return target === 1 ? ["−ln ", number] : [`${long(target)} · (−ln `, number, ")"];
}

/** @param {number} value */
const bracketed = (value) => (value < 0 ? `(${long(value)})` : long(value));

/** Where a judged number is found. @param {Context} context @param {LossReason["kind"]} kind @param {number} k @param {number} t */
function placeOf({ header, model }, kind, k, t) {
  const isAnswer = kind !== "sum" && header.readout !== null;
  return isAnswer ? { name: "prediction", unit: k, t } : placeOfRead(model.live, k, t);
}

/** L as what its parts come to. @param {LossReason} reason @param {StepLoss} told */
function totalOf({ kind, value, divisor, steps }, { outputs }) {
  const total = steps.reduce((sum, { own }) => sum + own, 0);
  const holes = { value: element("b", { title: exact(value) }, long(value)), sum: long(total) };
  if (divisor > 1)
    return _nodes("L = {sum} / {steps} = {value}, the mean of the steps that count", {
      ...holes,
      steps: String(divisor),
    });
  if (kind !== "squared error" || outputs.length === 1) return ["L = ", holes.value];
  const parts = outputs.reduce((sum, { part }) => sum + part, 0);
  return _nodes("L = {sum} / {outputs} = {value}, the mean over the outputs", {
    ...holes,
    sum: long(parts),
    outputs: String(outputs.length),
  });
}

/**
 * How L changes with what is judged: what the way back begins with.
 * @param {Context} context @param {LossReason} reason @param {StepLoss} told @param {Follow} follow
 */
function gradientTable(context, reason, told, follow) {
  if (reason.kind === "sum") {
    const text = _(
      "Where the gradient sets out: L is a sum, so dL/dh = 1 for each of its numbers.",
    );
    return [element("p", { class: "leaf" }, text)];
  }
  const holes = { step: told.t + 1 };
  const head =
    reason.kind === "cross entropy"
      ? _("Where the gradient sets out, at step {step}: dL/d(score)", holes)
      : _("Where the gradient sets out, at step {step}: dL/d(answer)", holes);
  const rows = limited(
    told.outputs,
    ({ gradient }) => gradient,
    (one) => gradientRow(context, reason, told, one, follow),
  );
  const lines = element("p", { class: "leaf" }, head);
  return [element("div", { class: "product gradient-lines" }, lines, table(rows))];
}

/**
 * Of one output what the way back begins with; nothing at a step that does not count.
 * @param {Context} context @param {import("../state.js").Explained} explained @param {Follow} follow
 */
export function answerGradient(context, { name, unit, step }, follow) {
  const reason = explainLoss(context.model.live);
  const told = reason.steps.find(({ t }) => t === step);
  if (name !== "prediction" || reason.kind === "sum" || told === undefined) return [];
  const head = _("What it does to the loss, and where the gradient sets out:");
  const row = gradientRow(context, reason, told, told.outputs[unit], follow);
  const lines = element("p", { class: "leaf" }, head);
  return [element("div", { class: "product gradient-lines" }, lines, table([row]))];
}

/**
 * @param {Context} context @param {LossReason} reason @param {StepLoss} step @param {OutputLoss} one
 * @param {Follow} follow
 */
function gradientRow(context, { kind, divisor }, step, { k, y, target, gradient }, follow) {
  const number = link(y, placeOf(context, kind, k, step.t), follow);
  const isSquared = kind === "squared error";
  const wanted = step.outputs.reduce((sum, one) => sum + one.target, 0);
  const factor = isSquared ? "2 · (" : wanted === 1 ? "(" : `(${long(wanted)} · `;
  const count = isSquared ? divisor * step.outputs.length : divisor;
  const parts = [factor, number, ` − ${bracketed(target)})`, count > 1 ? ` / ${count}` : ""];
  const name = outputCell(context, k);
  return element("tr", {}, name, element("td"), element("td", {}, ...parts), ...equals(gradient));
}

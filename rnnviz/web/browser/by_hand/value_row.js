/**
 * A row of the page: what a value is called, the weights of its sum where it has some, the function
 * that is taken of it, and the value over time.
 */

import { element, mark, pressable, write } from "../drawing/dom.js";
import { niceCeiling } from "../drawing/colours.js";
import { short } from "../drawing/number_format.js";
import { largestSize } from "../drawing/scales.js";
import { termOf } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";
import { boundsOf } from "../stepper/model.js";
import { symbolNode } from "../stepper/words.js";
import { curveView } from "./curve.js";
import { easedRange } from "./eased.js";
import { bandOf } from "./band.js";
import { alongOf } from "./last_run.js";
import { timeStrip } from "./time_strip.js";
import { weightTable } from "./weight_table.js";

/** @typedef {import("../stepper/context.js").Context} Context */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./last_run.js").LastRun} LastRun */
/**
 * @typedef {Object} BenchRow
 * @property {HTMLElement[]} nodes  side by side: at most four
 * @property {string} [heads]  of its weights
 * @property {number} [columns]  how many weights it has
 * @property {() => void} [resize]  its room is another
 * @property {() => void} showRun @property {() => void} showStep @property {() => void} destroy
 */

const REACH = 6; // of a sum on its curve, where the run does not go further

/**
 * @param {Context} context @param {LastRun} last
 * @param {{name: string, unit: number, row: Row|null, arrays: string[]}} spec  arrays: of each
 *   weight of the row
 * @returns {BenchRow}
 */
export function valueRow(context, last, { name, unit, row, arrays }) {
  const { model, store, controller } = context;
  const { role, title, symbol, called } = namesOf(context, name, unit);
  const strip = timeStrip(model.T, role, controller.goTo);
  Object.assign(strip.element.dataset, { strip: name, label: title });
  const note = noteOf(context, name, unit, { role, title, symbol, called });
  const weights = row && weightTable(context, { name, label: title, weights: row.weights, arrays });
  const curve = row?.operation ? curveView(row.operation, pushOf(context, row, arrays)) : null;
  const sum = row && row.sum !== name ? sumOf(context, row.sum, unit) : null;
  const [span, sums] = [easedRange(drawLines), easedRange(drawLines)];
  const head = element(
    "div",
    { class: "row-head", "data-role": role },
    symbolNode(symbol, role),
    title === name ? null : element("small", {}, called()),
  );
  const left = element("div", { class: "row-left", "data-role": role }, head, weights?.element);
  const middle = element(
    "div",
    { class: "row-middle", "data-role": role },
    curve?.element,
    element("div", { class: "curve-words" }, sum?.element, curve?.slope),
  );

  function showStep() {
    const { step } = store.state;
    strip.point(step);
    const isHeld = context.isHeld(0, name, unit, step);
    note.show(numberAt(context, name, unit, step), isHeld);
    weights?.showArithmetic((other, at) => model.number(0, other, at, step));
    if (!row || !sum) return;
    const total = model.number(0, row.sum, unit, step);
    sum.show(total, context.isHeld(0, row.sum, unit, step));
    const reach = reachOf(alongOf(model.live, row.sum, unit));
    const { high } = sums.toward({ low: -reach, high: reach });
    const held = isHeld ? model.number(0, name, unit, step) : null;
    curve?.show(total, span.toward(rangeOf(context, last, name)), high, held);
  }
  function drawLines() {
    const value = alongOf(model.live, name, unit);
    const [others, before] = [othersOf(context, name, unit), last.along(name, unit)];
    const held = [...value.keys()].filter((t) => context.isHeld(0, name, unit, t));
    const lines = { value, others, before, held, wanted: wantedOf(context, name, unit) };
    strip.show(lines, span.toward(rangeOf(context, last, name)));
    showStep();
  }
  return {
    nodes: [left, middle, strip.element, note.element],
    heads: weights?.heads ?? "",
    columns: weights?.columns ?? 0,
    showRun() {
      weights?.showNumbers();
      drawLines();
    },
    showStep,
    destroy() {
      for (const one of [strip, weights, curve]) one?.destroy();
      for (const one of [span, sums]) one.stop();
    },
  };
}

/** @param {Context} context @param {string} name @param {number} unit */
export function namesOf({ header, words }, name, unit) {
  if (name === "prediction")
    return {
      role: /** @type {const} */ ("other"),
      title: header.readout?.labels[unit] ?? "",
      symbol: "y_t",
      called: () => termOf(header.readout?.labels[unit] ?? "", "readout"),
    };
  const about = words(0);
  const [base] = name.split(".");
  const title = about.title(base);
  const shown = base === name ? title : _("within {title}", { title });
  return {
    role: about.role(name),
    title: shown,
    symbol: about.symbol(base),
    /** Its title, a term. */
    called: () => termOf(shown, about.term(base), about.purpose(base)),
  };
}

/** @param {Context} context @param {string} name @param {number} unit @param {number} step */
function numberAt({ model }, name, unit, step) {
  if (name === "prediction")
    return model.live.prediction?.[step * model.live.outputs + unit] ?? NaN;
  return model.number(0, name, unit, step);
}

/**
 * At the right of its strip: what it is called, and its number, which opens its arithmetic.
 * @param {Context} context @param {string} name @param {number} unit
 * @param {{role: string, title: string, symbol: string, called: () => HTMLElement}} names
 */
function noteOf({ store, controller }, name, unit, { role, title, symbol, called }) {
  const number = pressable(element("b", { class: "number" }), () =>
    controller.explain(name, unit, store.state.step),
  );
  const words = title === name ? [] : [called(), " "]; // not twice, in a cell of one's own
  const head = element("span", {}, ...words, symbolNode(symbol, null));
  const held = element("small", { class: "quiet" }, _("held"));
  return {
    element: element("div", { class: "strip-note", "data-role": role }, head, number, held),
    /** @param {number} value @param {boolean} isHeld */
    show(value, isHeld) {
      held.hidden = !isHeld;
      write(number, short(value));
      mark(number, name, unit, value);
    },
  };
}

/** The sum itself, which opens its arithmetic. @param {Context} context @param {string} name @param {number} unit */
function sumOf({ store, controller, header }, name, unit) {
  const isValue = !header.layers[0].cell.parameters.has(name);
  const number = element("b", { class: "number" });
  if (isValue) pressable(number, () => controller.explain(name, unit, store.state.step));
  const label = element("span");
  return {
    element: element("span", { class: "sum" }, label, " ", number),
    /** @param {number} value @param {boolean} isHeld */
    show(value, isHeld) {
      write(label, isHeld ? _("sum, held") : _("sum"));
      write(number, short(value));
      mark(number, name, unit, value);
    },
  };
}

/**
 * What an open challenge wants of this value over time: it judges the first unit.
 * @param {Context} context @param {string} name @param {number} unit
 */
function wantedOf({ header, model }, name, unit) {
  const { challenge } = /** @type {import("./header.js").ByHandHeader} */ (header);
  const own = name === "prediction" ? "y" : name;
  const isJudged = challenge?.measure === "value" && challenge.of === own && unit === 0;
  return isJudged ? bandOf(challenge, model.item) : [];
}

/** @param {Context} context @param {string} name @param {number} unit */
function othersOf({ model }, name, unit) {
  const size = name === "prediction" ? 0 : model.size(0, name);
  const others = Array.from({ length: size }, (_, k) => k).filter((k) => k !== unit);
  return others.map((k) => alongOf(model.live, name, k));
}

/**
 * Between which numbers a value is drawn: those that its function gives, or a round number that no
 * unit exceeds in this run or the last.
 * @param {Context} context @param {LastRun} last @param {string} name
 */
export function rangeOf(context, last, name) {
  const { header, model } = context;
  const { low, high } = boundsOf(header.layers[0].cell, name);
  if (low !== null && high !== null) return { low, high };
  const of = (/** @type {import("../maths/network.js").NetworkRun|null} */ run) => {
    if (run === null) return 0;
    const isAnswer = name === "prediction" && run.prediction;
    return largestSize(isAnswer ? isAnswer : dataOf(run, name));
  };
  const wanted = wantedOf(context, name, 0).flatMap(({ low, high }) => [-low, high]);
  const size = niceCeiling(Math.max(of(model.live), of(last.run()), ...wanted, 1));
  return { low: low === 0 ? 0 : -size, high: size };
}

/** @param {import("../maths/network.js").NetworkRun} run @param {string} name */
function dataOf({ layers }, name) {
  return layers[0].run.slots.get(name)?.data ?? new Float64Array();
}

/** @param {Float64Array} sums */
const reachOf = (sums) => Math.max(REACH, niceCeiling(largestSize(sums)));

/**
 * What dragging the point along the curve does: the bias takes what the sum is to be more.
 * @param {Context} context @param {Row} row @param {string[]} arrays
 */
function pushOf({ model, controller }, row, arrays) {
  const k = row.weights.findIndex(({ factors }) => factors.length === 0);
  let from = 0;
  return (/** @type {number} */ by, /** @type {boolean} */ going) => {
    if (k < 0) return;
    const { index, sign } = row.weights[k];
    if (!going) from = model.liveArrays.get(arrays[k])?.[index] ?? 0;
    const value = Number((from + sign * by).toFixed(2));
    controller.change({ kind: "weight", array: arrays[k], index, value }, { going });
  };
}

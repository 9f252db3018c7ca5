/** How h becomes the answer at the step in view: each output's products, score, and share. */

import { assign, element, mark, pressable, svg, touches, write } from "../../drawing/dom.js";
import { long, percent, short } from "../../drawing/number_format.js";
import { paintSvg } from "../../drawing/paint.js";
import { caption } from "../../drawing/plot.js";
import { whenSeen } from "../../drawing/seen.js";
import { N_, _, ngettext } from "../../drawing/texts.js";
import { placeOfRead } from "../../maths/pool_reasons.js";
import { BEST, mostShown } from "../answer.js";
import { answerPlan, signedBars } from "./answer_plan.js";
import { figureSection } from "./figure_section.js";
import { lossLine } from "../loss_line.js";
import { readInWords, symbolOfRead } from "../pool_words.js";
import { symbolNode } from "../words.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./answer_plan.js").AnswerPlan} AnswerPlan */
/** @typedef {import("./answer_plan.js").AnswerRow} AnswerRow */

const STRIP = { width: 176, height: 22 };
const SCORES = N_(
  "Each small bar is one unit’s weight times its number, orange above 0, blue below; together, with the bias, they are the score.",
);
const SHARES = N_("e to the score, divided by the sum Σ over all outputs, is the output’s share.");
const SHIFTED = N_("{shift} is taken off every score first, which changes no share.");
const ONE = N_(
  "Each small bar is one unit’s weight times its number, orange above 0, blue below; together, with the bias, they are the answer.",
);

/** @param {Context} context @returns {import("../views.js").View|null} */
export function answerFigure(context) {
  if (context.header.readout === null) return null;
  const title = _("How h becomes the answer");
  return figureSection(context, { figure: "answer", title }, () => answerTable(context));
}

/** @param {Context} context @returns {import("./figure_section.js").Shown} */
function answerTable(context) {
  const { header, model, store } = context;
  const readout = /** @type {import("../header.js").AnswerSpec} */ (header.readout);
  const isSoftmax = readout.kind === "softmax";
  const most = Math.min(readout.labels.length, Math.max(mostShown(readout), BEST + 1));
  const rows = Array.from({ length: most }, () => rowOf(context, isSoftmax));
  const ends = endsOf(isSoftmax);
  const what = placeOfRead(model.live, 0, 0).name;
  const head = element("tr", {}, ...headsOf(isSoftmax, what));
  const body = element("tbody", {}, ...rows.map(({ node }) => node), ...ends.nodes);
  const table = element("table", { class: "answer-table" }, element("thead", {}, head), body);
  const title = element("p", { class: "quiet", "data-testid": "answer-step" });
  const loss = lossLine(context);
  const how = caption("", null);
  const seen = whenSeen(table);

  function draw() {
    const plan = answerPlan(header, model, store.state.step);
    if (plan === null) return;
    const largest = Math.max(...plan.rows.flatMap(({ products }) => [...products.map(Math.abs)]));
    rows.forEach((row, k) => row.show(plan.rows[k] ?? null, largest || 1, plan.isAsked));
    ends.show(plan);
    write(title, _("Step {step}", { step: store.state.step + 1 }));
    write(how, howTo(plan, readInWords(model.live)));
  }
  return {
    nodes: [title, element("div", { class: "answer-lines" }, table), loss.element, how],
    update(changed) {
      loss.update(changed);
      if (touches(changed, "run", "item", "step", "mount")) seen.draw(draw);
    },
    destroy() {
      loss.destroy();
      seen.destroy();
    },
  };
}

/** @param {AnswerPlan} plan @param {string} read  what is read, where that is not h alone */
function howTo({ isSoftmax, shift }, read) {
  const sentences = isSoftmax ? [_(SCORES), _(SHARES)] : [_(ONE)];
  if (isSoftmax && shift !== 0) sentences.push(_(SHIFTED, { shift: long(shift) }));
  return [...sentences, read].join(" ").trim();
}

/** @param {boolean} isSoftmax @param {string} what  the readout reads */
function headsOf(isSoftmax, what) {
  const product = [symbolNode("W_y"), " ", symbolOfRead(what), " + ", symbolNode("b_y")];
  const th = (/** @type {Array<Node|string>} */ ...shown) =>
    element("th", { scope: "col" }, ...shown);
  const numeric = (/** @type {Array<Node|string>} */ ...shown) =>
    element("th", { scope: "col", class: "numeric" }, ...shown);
  const score = numeric(isSoftmax ? _("= score") : _("= answer"));
  const first = [th(_("output")), th(...product), score];
  const end = th(_("target"));
  if (!isSoftmax) return [...first, end];
  return [...first, numeric("e", element("sup", {}, _("score"))), th(_("share")), end];
}

/** @param {Context} context @param {boolean} isSoftmax */
function rowOf({ store, controller }, isSoftmax) {
  let output = 0;
  const open = () => controller.explain("prediction", output, store.state.step);
  const number = () => pressable(element("span", { class: "number" }), open);
  const label = element("th", { scope: "row", "data-verbatim": true });
  const [score, share] = [number(), number()];
  const [power, target] = [element("td", { class: "numeric" }), element("td")];
  const bar = element("i", { class: "share-bar" });
  const viewBox = `0 0 ${STRIP.width} ${STRIP.height}`;
  const strip = svg("svg", { viewBox, preserveAspectRatio: "none", "aria-hidden": "true" });
  const start = [label, element("td", {}, strip), element("td", { class: "numeric" }, score)];
  const shares = [power, element("td", { class: "share" }, share, bar)];
  const node = element("tr", {}, ...start, ...(isSoftmax ? shares : []), target);
  return {
    node,
    /** @param {AnswerRow|null} row @param {number} largest @param {boolean} isAsked */
    show(row, largest, isAsked) {
      node.hidden = row === null;
      if (row === null) return;
      output = row.k;
      write(label, row.label);
      paintSvg(strip, signedBars(row.products, largest, STRIP));
      write(score, long(row.score));
      mark(score, "prediction", row.k, row.score);
      write(power, long(row.power));
      write(share, percent(row.share));
      mark(share, "probability", row.k, row.share);
      bar.style.setProperty("--share", String(row.share));
      write(target, targetOf(row, isSoftmax, isAsked));
      node.classList.toggle("wanted", isAsked && isSoftmax && row.target > 0.5);
    },
  };
}

/** @param {AnswerRow} row @param {boolean} isSoftmax @param {boolean} isAsked */
function targetOf({ target }, isSoftmax, isAsked) {
  if (!isAsked) return "–";
  if (!isSoftmax) return short(target);
  return target === 1 ? "◎" : target === 0 ? "" : short(target);
}

/** What the outputs that are not shown come to, and all of them together. @param {boolean} isSoftmax */
function endsOf(isSoftmax) {
  const cell = () => element("td", { class: "numeric" });
  const [restPower, restShare, sum, whole] = [cell(), element("td"), cell(), element("td")];
  const name = element("th", { scope: "row", colspan: 3 });
  const rest = element("tr", { class: "rest" }, name, restPower, restShare, element("td"));
  const sigma = element("th", { scope: "row", colspan: 3 }, "Σ");
  const total = element("tr", { class: "total" }, sigma, sum, whole, element("td"));
  return {
    nodes: isSoftmax ? [rest, total] : [],
    /** @param {AnswerPlan} plan */
    show(plan) {
      rest.hidden = plan.rest === null;
      if (plan.rest !== null) {
        const { count, power, share } = plan.rest;
        write(name, ngettext("and {count} other", "and {count} others", count));
        write(restPower, long(power));
        write(restShare, percent(share));
      }
      write(sum, long(plan.sum));
      assign(sum, "data-value", plan.sum);
      write(whole, "100%");
    },
  };
}

/** Padding, packed and read: where the gradient goes; and what of a sequence a classifier can read. */

import { assign, element } from "../drawing/dom.js";
import { brief } from "../drawing/number_format.js";
import { termOf } from "../drawing/term.js";
import { _ } from "../drawing/texts.js";
import { factNode } from "./facts_view.js";

/** @typedef {import("./header.js").PaddingWay} PaddingWay */

/** @returns {import("./context.js").Section} */
export function paddingView() {
  const note = element("p", { class: "soft" });
  const room = element("div", { class: "columns" });
  const words = element("div", { class: "soft" });
  const root = element(
    "section",
    { class: "padding-section", "data-testid": "padding" },
    element("h2", {}, _("Sequences of different lengths, and what to read of them")),
    element(
      "p",
      { class: "soft" },
      _("‖dL/dx‖ at every step, where L is the sum of h_n; a dotted frame is padding."),
    ),
    note,
    room,
    words,
  );
  return {
    element: root,
    show(header) {
      const { padding } = header;
      note.textContent = padding.note;
      words.replaceChildren(...padding.words.map((sentence) => element("p", {}, sentence)));
      room.replaceChildren(
        ...padding.ways.map((way) => wayNode(way, padding.lengths)),
        readNode(padding.summaries),
      );
    },
  };
}

/** @param {import("./header.js").FactSpec[]} summaries */
const readNode = (summaries) =>
  element(
    "div",
    { class: "column summaries" },
    element("h3", {}, _("Which should a classifier read?")),
    element("ul", { class: "facts-list" }, ...summaries.map(factNode)),
  );

/** @param {PaddingWay} way @param {number[]} lengths */
function wayNode({ title, isPacked, gradient }, lengths) {
  return element(
    "div",
    { class: "column", "data-packed": String(isPacked) },
    element("h3", {}, termOf(title, isPacked ? "packed-batch" : "padding")),
    table(gradient, lengths),
  );
}

/** @param {number[][]} gradient @param {number[]} lengths */
function table(gradient, lengths) {
  const steps = gradient[0].map((_one, step) => element("th", { scope: "col" }, `[${step}]`));
  const rows = gradient.map((values, item) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, `b = ${item}`),
      ...values.map((value, step) => {
        const cell = element("td", { class: "code" }, value === 0 ? "0" : brief(value));
        assign(cell, "data-padding", step >= lengths[item]);
        assign(cell, "data-number", value);
        return cell;
      }),
    ),
  );
  return element(
    "div",
    { class: "scrolled" },
    element(
      "table",
      { class: "gradient-table" },
      element("tr", {}, element("td", {}), ...steps),
      ...rows,
    ),
  );
}

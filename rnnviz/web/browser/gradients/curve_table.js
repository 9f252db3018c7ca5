/** The curve's numbers in words: one line for each cell. */

import { assign, element, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { _, N_ } from "../drawing/texts.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";
import { ratio, size, stepOrNever } from "./words.js";

const LEFT = N_("step 1 ÷ step of the loss");
const FALLS = [
  N_("falls below 1/1000 at"),
  N_("below 1/10⁶ at"),
  N_("below 1/10⁹ at"),
  N_("is 0 in float32 at"),
];
const WHOLE = N_("|dL/dW| → after clipping to {clip}");

/**
 * @typedef {import("./bench.js").Shown} Shown
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("./measure.js").Found} Found
 * @typedef {import("./measure.js").Curve} Curve
 */

/** @param {import("./header.js").SetupHeader} header */
export function curveTable(header) {
  const whole = _(WHOLE, { clip: header.marks.clip });
  const texts = ["", _(LEFT), "", ...FALLS.map((text) => _(text)), whole];
  const heads = texts.map((text) => element("th", { scope: "col" }, text));
  const body = element("tbody");
  /** @type {Map<string, ReturnType<typeof tableRow>>} */
  const rows = new Map();
  let order = "";

  /**
   * @param {Shown[]} shown
   * @param {Object} how
   * @param {import("./context.js").CurveOf} how.chosen
   * @param {Knobs} how.knobs
   * @param {string[]} how.names  of all cells there are
   * @param {boolean} how.isVeiled
   */
  function show(shown, { chosen, knobs, names, isVeiled }) {
    const now = shown.map(({ name, found }) => {
      const row = rows.get(name) ?? tableRow(name, names);
      rows.set(name, row);
      row.show(found, chosenCurve(found, chosen), { knobs, clip: header.marks.clip, isVeiled });
      return row.element;
    });
    const inOrder = shown.map(({ name }) => name).join();
    if (inOrder !== order) body.replaceChildren(...now);
    order = inOrder;
  }
  /** @param {number} step @param {{length: number, isVeiled: boolean}} how  length: of the sequence */
  function showStep(step, how) {
    write(heads[2], _("at step {step} (cursor)", { step: step + 1 }));
    for (const row of rows.values()) if (row.element.isConnected) row.showStep(step, how);
  }
  const head = element("thead", {}, element("tr", {}, ...heads));
  return {
    element: element(
      "div",
      {
        class: "table-scroll",
        tabindex: 0,
        role: "region",
        "aria-label": _("The numbers of the curves"),
      },
      element("table", { class: "numbers" }, head, body),
    ),
    show,
    showStep,
  };
}

/** One cell's line of the table. @param {string} name @param {string[]} names */
function tableRow(name, names) {
  const title = element("span", {});
  const [left, there, ...rest] = Array.from({ length: FALLS.length + 3 }, () => element("td"));
  const key = lineKey(seriesOf(name, names));
  const head = element("th", { scope: "row" }, key, title);
  /** @type {{T: number, curve: Curve}|null} */
  let shown = null;
  return {
    element: element("tr", {}, head, left, there, ...rest),
    /**
     * @param {Found} found @param {Curve} curve
     * @param {{knobs: Knobs, clip: number, isVeiled: boolean}} how
     */
    show({ T, gradientNorm }, curve, { knobs, clip, isVeiled }) {
      shown = { T, curve };
      const { state, log10Ratio, drops, float32Zero } = curve;
      const open = (/** @type {string} */ text) => (isVeiled ? "?" : text);
      const about = { cell: titleOf(name, knobs), norm: `|dL/d${state}|` };
      write(title, ` ${_("{cell}, {norm}", about)}`);
      put(left, open(ratio(log10Ratio)), `ratio ${name} ${state}`, log10Ratio);
      drops.forEach((t, k) =>
        put(rest[k], open(stepOrNever(t)), `drop ${k} ${name}`, t ?? "never"),
      );
      put(rest[3], open(stepOrNever(float32Zero)), `float32 ${name}`, float32Zero ?? "never");
      const clipped = gradientNorm > clip ? ` → ${clip}` : "";
      put(rest[4], `${size(gradientNorm)}${clipped}`, `gradient ${name}`, gradientNorm);
    },
    /** @param {number} step @param {{length: number, isVeiled: boolean}} how */
    showStep(step, { length, isVeiled }) {
      if (shown === null) return;
      const { T, curve } = shown;
      const t = step - (length - T);
      const value = t >= 0 ? curve.total[t] : NaN;
      const text = isVeiled ? "?" : t >= 0 ? size(value) : "—";
      put(there, text, `norm ${name} ${curve.state}`, value);
      assign(there, "data-step", step);
    },
  };
}

/** @param {HTMLElement} node @param {string} text @param {string} name @param {number|string} value */
function put(node, text, name, value) {
  write(node, text);
  assign(node, "data-name", name);
  assign(node, "data-value", value);
}

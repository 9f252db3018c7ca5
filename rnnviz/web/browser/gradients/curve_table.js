/** The curve's numbers in words: one line for each cell. */

import { element, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";
import { ratio, size, stepOrNever } from "./words.js";

const FALLS = ["÷10³", "÷10⁶", "÷10⁹", "0 in float32"];
const HEADS = ["", "left at step 1", "", ...FALLS, "whole → clipped"];

export function curveTable(header) {
  const heads = HEADS.map((text) => element("th", { scope: "col" }, text));
  const body = element("tbody");
  const rows = new Map();
  let order = "";

  function show(shown, { chosen, knobs, names, isVeiled }) {
    for (const { name, found } of shown) {
      if (!rows.has(name)) rows.set(name, tableRow(name, names));
      rows.get(name).show(found, chosenCurve(found, chosen), knobs, header.marks.clip, isVeiled);
    }
    const now = shown.map(({ name }) => name);
    if (now.join() !== order) body.replaceChildren(...now.map((name) => rows.get(name).element));
    order = now.join();
  }
  function showStep(step, length, isVeiled) {
    write(heads[2], `at step ${step + 1}`);
    for (const row of rows.values())
      if (row.element.isConnected) row.showStep(step, length, isVeiled);
  }
  const head = element("thead", {}, element("tr", {}, ...heads));
  return {
    element: element(
      "div",
      {
        class: "table-scroll",
        tabindex: 0,
        role: "region",
        "aria-label": "The numbers of the curves",
      },
      element("table", { class: "numbers" }, head, body),
    ),
    show,
    showStep,
  };
}

/** One cell's line of the table. */
function tableRow(name, names) {
  const title = element("span", {});
  const [left, there, ...rest] = HEADS.slice(1).map(() => element("td"));
  const key = lineKey(seriesOf(name, names));
  const head = element("th", { scope: "row" }, key, title);
  let found = null,
    curve = null;
  return {
    element: element("tr", {}, head, left, there, ...rest),
    show(nowFound, nowCurve, knobs, clip, isVeiled) {
      [found, curve] = [nowFound, nowCurve];
      const { state, log10Ratio, drops, float32Zero } = curve;
      const told = (text) => (isVeiled ? "?" : text);
      write(title, ` ${titleOf(name, knobs)}, dL/d${state}`);
      put(left, told(ratio(log10Ratio)), `ratio ${name} ${state}`, log10Ratio);
      drops.forEach((t, k) =>
        put(rest[k], told(stepOrNever(t)), `drop ${k} ${name}`, t ?? "never"),
      );
      put(rest[3], told(stepOrNever(float32Zero)), `float32 ${name}`, float32Zero ?? "never");
      const { gradientNorm } = found;
      const clipped = gradientNorm > clip ? ` → ${clip}` : "";
      put(rest[4], `${size(gradientNorm)}${clipped}`, `gradient ${name}`, gradientNorm);
    },
    showStep(step, length, isVeiled) {
      const t = step - (length - found.T);
      const value = t >= 0 ? curve.total[t] : NaN;
      const text = isVeiled ? "?" : t >= 0 ? size(value) : "—";
      put(there, text, `norm ${name} ${curve.state}`, value);
      there.setAttribute("data-step", step);
    },
  };
}

function put(node, text, name, value) {
  write(node, text);
  node.setAttribute("data-name", name);
  node.setAttribute("data-value", value);
}

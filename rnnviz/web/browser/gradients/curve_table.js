/** The curve's numbers in words: one line for each cell. */

import { element, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";
import { ratio, size, stepOrNever } from "./words.js";

export function curveTable(header) {
  const falls = ["÷10³", "÷10⁶", "÷10⁹", "0 in float32"];
  const head = ["", "left at step 1", "", ...falls, "whole → clipped"];
  const heads = head.map((text) => element("th", { scope: "col" }, text));
  const body = element("tbody");
  const rows = new Map();
  let order = "";

  function rowOf(name, names) {
    if (!rows.has(name)) {
      const title = element("span", {});
      const cells = head.slice(1).map(() => element("td"));
      const node = element(
        "tr",
        {},
        element("th", { scope: "row" }, lineKey(seriesOf(name, names)), title),
        ...cells,
      );
      rows.set(name, { node, title, cells, found: null, curve: null });
    }
    return rows.get(name);
  }
  function show(shown, { chosen, knobs, names, isVeiled }) {
    const nodes = shown.map(({ name, found }) => {
      const row = rowOf(name, names);
      const curve = chosenCurve(found, chosen);
      Object.assign(row, { found, curve, name });
      write(row.title, ` ${titleOf(name, knobs)}, dL/d${curve.state}`);
      const [left, , ...rest] = row.cells;
      put(
        left,
        isVeiled ? "?" : ratio(curve.log10Ratio),
        `ratio ${name} ${curve.state}`,
        curve.log10Ratio,
      );
      curve.drops.forEach((t, k) =>
        put(rest[k], isVeiled ? "?" : stepOrNever(t), `drop ${k} ${name}`, t ?? "never"),
      );
      put(
        rest[3],
        isVeiled ? "?" : stepOrNever(curve.float32Zero),
        `float32 ${name}`,
        curve.float32Zero ?? "never",
      );
      const { gradientNorm } = found;
      const clipped = gradientNorm > header.marks.clip ? ` → ${header.marks.clip}` : "";
      put(rest[4], `${size(gradientNorm)}${clipped}`, `gradient ${name}`, gradientNorm);
      return row.node;
    });
    const now = shown.map(({ name }) => name).join();
    if (now !== order) body.replaceChildren(...nodes);
    order = now;
  }
  function showStep(step, length, isVeiled) {
    write(heads[2], `at step ${step + 1}`);
    for (const { node, cells, found, curve, name } of rows.values()) {
      if (!node.isConnected) continue;
      const t = step - (length - found.T);
      const value = t >= 0 ? curve.total[t] : NaN;
      put(
        cells[1],
        isVeiled ? "?" : t >= 0 ? size(value) : "—",
        `norm ${name} ${curve.state}`,
        value,
      );
      cells[1].setAttribute("data-step", step);
    }
  }
  return {
    element: element(
      "div",
      {
        class: "table-scroll",
        tabindex: 0,
        role: "region",
        "aria-label": "The numbers of the curves",
      },
      element(
        "table",
        { class: "numbers" },
        element("thead", {}, element("tr", {}, ...heads)),
        body,
      ),
    ),
    show,
    showStep,
  };
}

function put(node, text, name, value) {
  write(node, text);
  node.setAttribute("data-name", name);
  node.setAttribute("data-value", value);
}

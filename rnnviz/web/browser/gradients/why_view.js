/** Why: the gradient of a state as a running product, along the direct path and around it. */

import { chart } from "../drawing/chart.js";
import { element, write } from "../drawing/dom.js";
import { legendEntry } from "../drawing/legend.js";
import { lookOf } from "../drawing/marks.js";
import { heatMap } from "../drawing/heat_map.js";
import { caption } from "../drawing/plot.js";
import { short } from "../drawing/number_format.js";
import { exponentsOf, logPicture, sizeOf } from "./log_picture.js";
import { killers, slopesOf } from "./measure.js";
import { titleOf } from "./series.js";
import { ratio, size } from "./words.js";

const LOOKS = {
  total: { ...lookOf(0, "var(--ink)"), title: "all of it" },
  direct: { ...lookOf(1, "var(--forget)"), title: "direct path" },
  rest: { ...lookOf(2, "var(--hidden)"), title: "through the matrices" },
};
const HOW_CHART =
  "How to read this: from right to left. Each step back multiplies the gradient; the " +
  "lines are the running product, split by the way it took.";

export function whyView(stage) {
  const { store } = stage;
  const drawing = chart({
    label: "Running product of the gradient's factors, logarithmic",
    size: sizeOf(220),
  });
  const map = heatMap({
    label: "Factor of each unit at each step",
    hover: showFactor,
    press: ({ row }) => store.set({ unit: store.state.unit === row ? null : row }),
  });
  const answer = element("p", { class: "answer", "data-name": "why" });
  const mapHow = element("span", {});
  const unitWord = element("b", {});
  const legend = element("div", { class: "entries" });
  const values = new Map();
  for (const [name, look] of Object.entries(LOOKS)) {
    const entry = legendEntry(look, `${look.title}: `);
    values.set(name, entry.value);
    legend.append(entry.element);
  }
  legend.append(unitWord);
  let shown = null;

  function draw() {
    const { ran, found } = stage.detail();
    const { T, hidden: H, layer } = found;
    const { norms, factors, direct, state } = found.waterfall;
    const unit = store.state.unit !== null && store.state.unit < H ? store.state.unit : null;
    const names = found.waterfall.hasDirectPath ? ["total", "direct", "rest"] : ["total"];
    const lines = names.map((name) => ({
      name: `waterfall ${name}`,
      ...LOOKS[name],
      values: exponentsOf(norms[name]),
    }));
    if (unit !== null && found.waterfall.hasDirectPath) {
      const own = Array.from({ length: T + 1 }, (_, t) => Math.abs(direct[t * H + unit]));
      const look = lookOf(3, "var(--candidate)");
      lines.push({ ...look, name: "unit", title: `unit ${unit + 1}`, values: exponentsOf(own) });
    }
    drawing.draw(logPicture(T + 1, lines, { first: 0 }));
    for (const [name, value] of values) {
      value.parentElement.hidden = !names.includes(name);
      write(value, size(norms[name][0]));
      value.setAttribute("data-name", `waterfall ${name}`);
      value.setAttribute("data-step", 0);
      value.setAttribute("data-value", norms[name][0]);
    }
    shown = {
      T,
      H,
      state,
      numbers:
        found.waterfall.hasDirectPath || !layer.plain
          ? factors
          : slopesOf(ran.run, layer.plain.function),
      unit,
    };
    shown.what =
      found.waterfall.hasDirectPath || !layer.plain
        ? `∂${state}ₜ/∂${state}ₜ₋₁ along the direct path`
        : "the slope of the function";
    drawMap(layer);
    write(unitWord, unit === null ? "" : unitWords(found.waterfall, unit, T, H));
    write(answer, words(found, store.state.knobs, ran));
  }
  function drawMap(layer) {
    const theme = stage.theme();
    if (theme === null) return;
    const { T, H, numbers } = shown;
    const ramp = theme.gates.get(layer.memory || shown.state !== "h" ? "forget" : "hidden");
    const height = Math.min(Math.max(H * 9, 40), 150);
    map.draw({ numbers, columns: T, rows: H }, { ...theme, ramp, low: 0, high: 1 }, height);
    write(
      mapHow,
      " How to read this: one column a step, one row a unit; dark is 1 (kept), blank is 0 " +
        `(lost). Shown: ${shown.what}. Click a row to follow that unit.`,
    );
  }
  function showFactor(cell, event) {
    if (cell === null || shown === null) return stage.tip.hide();
    const { column: t, row: unit } = cell;
    const value = short(shown.numbers[t * shown.H + unit]);
    stage.tip.show(event, `unit ${unit + 1}, step ${t + 1}: ${value}`);
  }
  return {
    element: element(
      "section",
      { class: "why", "aria-label": "Why: a product of factors" },
      element(
        "div",
        { class: "section-head" },
        element("h2", {}, "Why: a product of factors"),
        stage.cellChoice(),
      ),
      answer,
      legend,
      element("div", { class: "gutter-plot" }, drawing.element),
      element("p", { class: "axis-word" }, "state after step → (0 is before the first)"),
      caption(HOW_CHART),
      element("div", { class: "gutter-plot" }, map.canvas),
      element(
        "p",
        { class: "caption" },
        element("span", { class: "badge" }, "computed now"),
        mapHow,
      ),
    ),
    update(changed) {
      if (["knobs", "mount", "cell", "unit", "theme"].some((k) => changed.has(k))) draw();
    },
    destroy() {
      drawing.destroy();
      map.destroy();
    },
  };
}

function unitWords({ factors, direct, hasDirectPath }, unit, T, H) {
  if (!hasDirectPath) return "";
  let least = 0;
  for (let t = 0; t < T; t++)
    if (Math.abs(factors[t * H + unit]) < Math.abs(factors[least * H + unit])) least = t;
  return (
    `unit ${unit + 1} (◇ marks): ${size(Math.abs(direct[unit]))} arrives, its smallest ` +
    `factor ${short(factors[least * H + unit])} at step ${least + 1}`
  );
}

/** The honest answer to "why don't the sigmoids vanish too?" */
function words(found, knobs, ran) {
  const { T, hidden: H, layer, start } = found;
  const { norms, factors, hasDirectPath, state } = found.waterfall;
  const name = titleOf(layer.name, knobs);
  const worst = killers(norms).total;
  const end =
    worst === null
      ? ""
      : ` The worst step is ${worst.step + 1}: it multiplies the whole by ${size(worst.factor)}.`;
  if (!hasDirectPath) {
    if (!layer.plain)
      return (
        `${name}: no path from d${state} to d${state} stays elementwise; all goes through ` +
        `matrices and functions.${end}`
      );
    const slopes = slopesOf(ran.run, layer.plain.function);
    const mean = slopes.reduce((sum, n) => sum + n, 0) / slopes.length;
    return (
      `${name}: nothing is handed on as it is. Each step back is diag(slope)·U; for tanh ` +
      `the slope is 1 − h², here ${short(mean)} on average, so the product shrinks even ` +
      `where U alone would keep its size.${end}`
    );
  }
  let logs = 0;
  for (let t = 0; t <= start; t++)
    for (let k = 0; k < H; k++) logs += Math.log10(Math.abs(factors[t * H + k]));
  const steps = start + 1,
    mean = logs / (steps * H);
  const gate = gateOf(layer, factors, ran.run.values);
  const through = ratio(mean * steps);
  return (
    `${name}: why don't its sigmoids vanish too? They do, wherever the gate is below 1. ` +
    `Along the direct path each step multiplies dL/d${state} by ${gate}, ` +
    `here ${short(10 ** mean)} (geometric mean); over ${steps} ` +
    `${steps === 1 ? "step" : "steps"} that is ${through}. ` +
    `At the start ${size(norms.direct[0])} arrives along the direct path, ` +
    `${size(norms.rest[0])} through the matrices.${end}`
  );
}

/** The gate that is the factor, or one minus it; a factor made otherwise has no name. */
function gateOf({ cell, parts }, factors, values) {
  const isFactor = (of) => factors.every((factor, k) => Math.abs(factor - of(k)) < 1e-12);
  for (const gate of cell.gates) {
    const numbers = values.get(gate);
    const { title } = parts.get(gate);
    const called = title === gate ? "gate" : title;
    if (isFactor((k) => numbers[k])) return `the ${called} ${gate}`;
    if (isFactor((k) => 1 - numbers[k])) return `1 − ${gate} (${gate}: the ${called})`;
  }
  return "its factor";
}

/** Why: the gradient of a state as a running product, along the direct path and around it. */

import { element, write } from "../drawing/dom.js";
import { caption } from "../drawing/plot.js";
import { short } from "../drawing/number_format.js";
import { exponentsOf, lineKey, logChart } from "./log_chart.js";
import { killers, slopesOf } from "./measure.js";
import { titleOf } from "./series.js";
import { unitMap } from "./unit_map.js";
import { ratio, size } from "./words.js";

const LOOKS = {
  total: { k: 0, colour: "var(--ink)", text: "all of it" },
  direct: { k: 1, colour: "var(--forget)", text: "direct path" },
  rest: { k: 2, colour: "var(--hidden)", text: "through the matrices" },
};
const HOW_CHART =
  "How to read this: from right to left. Each step back multiplies the gradient; the " +
  "lines are the running product, split by the way it took.";

export function whyView(stage) {
  const { store } = stage;
  const chart = logChart({
    height: 220,
    label: "Running product of the gradient's factors, logarithmic",
  });
  const map = unitMap({
    label: "Factor of each unit at each step",
    hover: showFactor,
    press: ({ row }) => store.set({ unit: store.state.unit === row ? null : row }),
  });
  const answer = element("p", { class: "answer", "data-name": "why" });
  const mapHow = element("span", {});
  const unitWord = element("b", {});
  const legend = element("div", { class: "entries" });
  const values = new Map();
  for (const [name, { k, colour, text }] of Object.entries(LOOKS)) {
    const value = element("b", { class: "value" });
    values.set(name, value);
    legend.append(element("span", { class: "entry" }, lineKey(k, colour), `${text}: `, value));
  }
  legend.append(unitWord);
  let shown = null;

  function draw() {
    const { ran, found } = stage.detail();
    const { T, hidden: H, layer } = found;
    const { norms, direct, state } = found.waterfall;
    const unit = store.state.unit !== null && store.state.unit < H ? store.state.unit : null;
    const names = found.waterfall.hasDirectPath ? ["total", "direct", "rest"] : ["total"];
    const lines = names.map((name) => ({
      name: `waterfall ${name}`,
      ...LOOKS[name],
      exponents: exponentsOf(norms[name]),
    }));
    if (unit !== null && found.waterfall.hasDirectPath) {
      const own = Float64Array.from({ length: T + 1 }, (_, t) =>
        Math.log10(Math.abs(direct[t * H + unit])),
      );
      lines.push({ name: "unit", k: 3, colour: "var(--candidate)", exponents: own });
    }
    chart.draw({ count: T + 1, first: 0, lines });
    for (const [name, value] of values) {
      value.parentElement.hidden = !names.includes(name);
      write(value, size(norms[name][0]));
      value.setAttribute("data-name", `waterfall ${name}`);
      value.setAttribute("data-step", 0);
      value.setAttribute("data-value", norms[name][0]);
    }
    shown = { T, H, state, unit, ...mapOf(found.waterfall, layer.plain, ran.run) };
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
    map.draw({
      columns: T,
      rows: H,
      height,
      numbers,
      ramp,
      low: 0,
      high: 1,
      ground: theme.ground,
      broken: theme.broken,
    });
    write(
      mapHow,
      " How to read this: one column a step, one row a unit; dark is 1 (kept), blank is 0 " +
        `(lost). Shown: ${shown.what}. Click a row to follow that unit.`,
    );
  }
  function showFactor(spot, event) {
    if (spot === null || shown === null) return stage.tip.hide();
    const value = shown.numbers[spot.t * shown.H + spot.row];
    stage.tip.show(event, `unit ${spot.row + 1}, step ${spot.t + 1}: ${short(value)}`);
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
      element("div", { class: "gutter-plot" }, chart.element),
      element("p", { class: "axis-word" }, "state after step → (0 is before the first)"),
      caption(HOW_CHART),
      map.element,
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
      chart.destroy();
      map.destroy();
    },
  };
}

/** What the map shows of each unit at each step, and what that is called. */
function mapOf({ factors, hasDirectPath, state }, plain, run) {
  if (hasDirectPath || !plain)
    return { numbers: factors, what: `∂${state}ₜ/∂${state}ₜ₋₁ along the direct path` };
  return { numbers: slopesOf(run, plain.function), what: "the slope of the function" };
}

function unitWords({ factors, direct, hasDirectPath }, unit, T, H) {
  if (!hasDirectPath) return "";
  let least = 0;
  for (let t = 0; t < T; t++)
    if (Math.abs(factors[t * H + unit]) < Math.abs(factors[least * H + unit])) least = t;
  return (
    `unit ${unit + 1} (× marks): ${size(Math.abs(direct[unit]))} arrives, its smallest ` +
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
  const gate = gateOf(layer);
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

function gateOf({ memory, parts }) {
  if (!memory) return "its factor";
  const gate = memory.keep.replace(/^b_/, "");
  const title = parts.get(gate)?.title ?? "gate";
  return memory.sign > 0 ? `the ${title} ${gate}` : `1 − ${gate} (${gate}: the ${title})`;
}

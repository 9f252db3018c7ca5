/**
 * How the gradient fades or grows on its way back: |dL/dh_t| and its like over time, in powers of
 * ten.
 */

import { element, mark, touches, write } from "../drawing/dom.js";
import { legendEntry, lineChart } from "../drawing/line_chart.js";
import { exact, short, tenTo } from "../drawing/number_format.js";
import { caption } from "../drawing/plot.js";
import { logAxis, stretches } from "../drawing/scales.js";
import { whenSeen } from "../drawing/seen.js";
import { symbolNode } from "./words.js";

const HOW =
  "Read from right to left: the size of the gradient at each step, one grid line per power of ten; " +
  "a line that falls to the left vanishes, one that rises explodes.";

/** @param {import("./stage.js").Stage} stage */
export function gradientView(stage) {
  const { header, model, store, controller, words, tip } = stage;
  const chart = lineChart(model.T, 132, {
    label: element("span", { class: "quiet" }, "size of the gradient"),
    enter(t, event) {
      controller.hover({ step: t });
      tip.show(
        event,
        [
          `step ${t + 1}`,
          ...norms().map(({ name, numbers }) => `|dL/d${name}| = ${exact(numbers[t])}`),
        ].join("   "),
      );
    },
    leave: () => {
      controller.hover(null);
      tip.hide();
    },
    press: (t) => controller.goTo(t),
  });
  const legend = element("div", { class: "entries" });
  const plain = element("p", { class: "plainly" });
  const title = element("h3", {}, "The gradient on its way back");
  const head = element("div", { class: "section-head" }, title, legend);
  const how = caption(`${HOW} ${header.loss?.text ?? ""}`);
  const under = element("div", { class: "under" }, how, plain);
  const section = element("section", { class: "gradients" }, head, chart.element, under);
  section.setAttribute("data-testid", "gradient-norms");
  section.setAttribute("aria-label", "gradient norms over time");
  const seen = whenSeen(section);
  let entries = [];

  function norms() {
    const { layer } = store.state;
    const ghosts = model.ghost.layers[layer].norms;
    return [...model.live.layers[layer].norms].map(([name, numbers]) => ({
      name,
      role: words(layer).role(name),
      numbers,
      ghost: model.isChanged ? ghosts.get(name) : null,
    }));
  }
  function build() {
    const about = words(store.state.layer);
    entries = norms().map(({ name, role }, k) => ({
      name,
      ...legendEntry(k, role, "|dL/d", symbolNode(about.symbol(name), role), "|"),
    }));
    legend.replaceChildren(...entries.map((entry) => entry.element));
  }
  function draw() {
    const lines = norms();
    const axis = logAxis(lines.flatMap(({ numbers, ghost }) => [...numbers, ...(ghost ?? [])]));
    chart.draw({ lines, axis, levels: levelsIn(header.marks ?? {}, axis), tick: tenTo });
    point();
  }
  const point = () => chart.point(store.state.step);

  function showNumbers() {
    const { step, layer } = store.state;
    for (const { name, show, value } of entries) {
      const norm = model.live.layers[layer].norms.get(name)[step];
      show(norm === 0 ? "exactly 0" : short(norm));
      mark(value, `norm.${name}`, 0, norm);
    }
  }
  return {
    element: section,
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "run", "layer")) write(plain, inWords(norms()));
      if (touches(changed, "run", "theme", "layer")) seen.draw(draw);
      else if (changed.has("step")) seen.draw(point);
      if (touches(changed, "step", "run", "layer", "mount")) showNumbers();
      if (changed.has("hover")) chart.hover(store.state.hover?.step);
    },
    resize() {
      chart.resize(chart.element.querySelector(".row-plot").clientWidth);
      seen.draw(draw);
    },
    destroy() {
      seen.destroy();
      chart.destroy();
    },
  };
}

/** The thresholds that lie within the axis. */
export function levelsIn({ float32 = null, clip = null }, axis) {
  const inRange = (value) => value > 0 && axis.place(value) >= 0 && axis.place(value) <= 1;
  return [
    { value: float32, label: "float32 ends here: smaller is exactly 0", kind: "underflow" },
    { value: clip, label: `clipping threshold ${clip}`, kind: "clip" },
  ].filter(({ value }) => value !== null && inRange(value));
}

/**
 * What a logarithmic axis cannot show, in words.
 * @param {Array<{name: string, numbers: ArrayLike<number>}>} lines
 */
export function inWords(lines) {
  const sentences = [];
  for (const { name, numbers } of lines) {
    const at = (test) => stretches([...numbers.keys()].filter((t) => test(numbers[t])));
    const zero = at((n) => n === 0),
      infinite = at((n) => Math.abs(n) === Infinity),
      broken = at(Number.isNaN);
    if (zero)
      sentences.push(`dL/d${name} is exactly 0 at step ${zero}: nothing of it reaches the loss.`);
    if (infinite)
      sentences.push(
        `dL/d${name} is infinite at step ${infinite}: it left what a number can hold.`,
      );
    if (broken) sentences.push(`dL/d${name} is not a number at step ${broken}.`);
  }
  return sentences.join(" ");
}

/** How large the gradient of a state is at each step, in powers of ten, under the same steps. */

import { element, mark, pressable, write } from "../drawing/dom.js";
import { short, tenTo } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { symbolNode } from "../stepper/words.js";
import { bandOf } from "./band.js";
import { timeStrip } from "./time_strip.js";

const MOST_DECADES = 8;

/**
 * The powers of ten that an axis shows of these sizes: at most eight, the largest among them.
 * @param {Float64Array[]} sizes
 */
export function decades(sizes) {
  const powers = sizes
    .flatMap((one) => [...one])
    .map(Math.log10)
    .filter(Number.isFinite);
  const high = powers.length > 0 ? Math.ceil(Math.max(...powers) - 1e-9) : 0;
  const least = powers.length > 0 ? Math.floor(Math.min(...powers) + 1e-9) : -1;
  return { low: Math.min(Math.max(least, high - MOST_DECADES), high - 1), high };
}

/**
 * @param {import("../stepper/context.js").Context} context
 * @param {import("./last_run.js").LastRun} last @param {string} state
 * @returns {import("./value_row.js").BenchRow}
 */
export function gradientRow(context, last, state) {
  const { model, store, controller, words, header } = context;
  const { role, symbol } = { role: words(0).role(state), symbol: words(0).symbol(state) };
  const strip = timeStrip(model.T, role, controller.goTo);
  const number = pressable(element("b", { class: "number" }), () =>
    controller.explain(state, store.state.unit, store.state.step),
  );
  const about = { class: "strip-note", "data-role": role, title: header.loss.text };
  const below = element("small", { class: "quiet" });
  const head = element("span", {}, "|dL/d", symbolNode(symbol, null), "|");
  const sizes = () => lookup(model.live.layers[0].norms, state);

  function showStep() {
    const { step } = store.state;
    strip.point(step);
    const value = sizes()[step];
    write(number, value === 0 ? _("exactly 0") : short(value));
    mark(number, `norm.${state}`, null, value);
  }
  return {
    nodes: [strip.element, element("div", about, head, number, below)],
    showRun() {
      const before = last.run()?.layers[0].norms.get(state) ?? null;
      const wanted = wantedOf(context, state, sizes());
      const ends = Float64Array.from(wanted.flatMap(({ low, high }) => [10 ** low, 10 ** high]));
      const range = decades([sizes(), ...(before ? [before] : []), ends]);
      const outside = [...sizes().keys()].filter(
        (t) => !(Math.log10(sizes()[t]) >= range.low - 1e-9),
      );
      strip.show(
        {
          value: sizes().map(Math.log10),
          others: [],
          before: before && before.map(Math.log10),
          wanted,
          below: outside,
          ends: [tenTo(range.low), tenTo(range.high)],
        },
        range,
      );
      write(below, outside.length > 0 ? _("▼ below the axis, or 0") : "");
      showStep();
    },
    showStep,
    destroy: strip.destroy,
  };
}

/**
 * Where an open challenge wants the size to be, in powers of ten: around that of the last step.
 * @param {import("../stepper/context.js").Context} context @param {string} state
 * @param {Float64Array} sizes
 */
function wantedOf({ header, model }, state, sizes) {
  const { challenge } = /** @type {import("./header.js").ByHandHeader} */ (header);
  const last = Math.log10(sizes[sizes.length - 1]);
  const isJudged = challenge?.measure === "gradient" && challenge.of === state;
  if (!isJudged || !Number.isFinite(last)) return [];
  return bandOf(challenge, model.item).map((band) => ({
    ...band,
    low: band.low + last,
    high: band.high + last,
  }));
}

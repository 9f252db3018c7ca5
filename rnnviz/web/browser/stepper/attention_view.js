/**
 * How much of each step there is in what the readout reads at the step in view: attention's weights
 * as bars over the steps, on the page's one time axis.
 */

import { niceCeiling } from "../drawing/colours.js";
import { assign, element, touches, write } from "../drawing/dom.js";
import { percent } from "../drawing/number_format.js";
import { caption, plotRow } from "../drawing/plot.js";
import { _ } from "../drawing/texts.js";
import { poolOf } from "../maths/pool_reasons.js";
import { labelAt } from "./sequence/sequence_labels.js";
import { columnOf, columnsOf } from "./time_window.js";
import { symbolNode } from "./words.js";

const NAMED = 3; // steps that are named with their weight
const ROOM = 26; // pixels that a number needs

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} context @returns {import("./views.js").View|null} */
export function attentionView(context) {
  const { model, store } = context;
  if (poolOf(model.live)?.kind !== "attention") return null;
  const columns = columnsOf(model.T);
  const label = element("span", {}, symbolNode("a_s", "other"), " ", _("attention"));
  const note = element("span", { class: "quiet" });
  const row = plotRow(columns, { label, note });
  const bars = Array.from({ length: columns }, barOf);
  const plot = { class: "attention-bars", "aria-hidden": "true" };
  row.plot.append(element("div", plot, ...bars.map(({ column }) => column)));
  const words = element("p", { class: "plainly", "data-testid": "attention-words" });
  const title = element("h3");

  function show() {
    const { step, from } = store.state;
    const weights = weightsAt(model.live, step);
    const before = model.isChanged ? weightsAt(model.ghost, step) : null;
    const top = Math.min(1, niceCeiling(Math.max(...weights, ...(before ?? []))));
    bars.forEach((bar, k) => {
      const weight = weights[from + k];
      bar.weight.style.height = `${(100 * weight) / top}%`;
      bar.ghost.hidden = before === null || Object.is(before[from + k], weight);
      bar.ghost.style.height = `${(100 * (before?.[from + k] ?? 0)) / top}%`;
      const shown = from + k > step ? "" : percent(weight);
      bar.column.title = shown;
      write(bar.number, shown);
      assign(bar.number, "data-value", shown ? weight : null);
    });
    write(title, _("What the answer at step {step} attends to", { step: step + 1 }));
    write(words, inWords(context, weights));
    write(note, `0 … ${percent(top)}`);
  }
  return {
    element: element(
      "section",
      {
        class: "attention",
        "data-testid": "attention",
        "aria-label": _("attention over the steps"),
      },
      element("div", { class: "section-head" }, title),
      row.element,
      words,
      caption(
        _("Each bar is a step's weight in the mean that the readout reads; together 100%."),
        null,
      ),
    ),
    resize: (width) => row.element.classList.toggle("with-numbers", width / columns >= ROOM),
    update(changed) {
      const { step, from, hover } = store.state;
      if (touches(changed, "run", "step", "from", "mount")) show();
      if (touches(changed, "step", "from", "mount")) row.point(step - from);
      if (touches(changed, "hover")) row.hover(columnOf(hover?.step, from, model.T));
    },
    destroy: () => {},
  };
}

function barOf() {
  const weight = element("i", { class: "attention-bar" });
  const ghost = element("i", { class: "attention-ghost", hidden: true });
  const number = element("span", { class: "attention-number", "data-name": "attention" });
  const well = element("div", { class: "attention-well" }, weight, ghost);
  return {
    weight,
    ghost,
    number,
    column: element("div", { class: "attention-column" }, well, number),
  };
}

/** @param {import("../maths/network.js").NetworkRun} network @param {number} step */
function weightsAt(network, step) {
  return poolOf(network)?.weightsAt(step, 0) ?? new Float64Array(network.T);
}

/** The steps with most weight, the largest first. @param {Context} context @param {Float64Array} weights */
function inWords({ header, model }, weights) {
  const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a] || a - b);
  const most = order.filter((t) => weights[t] > 0).slice(0, NAMED);
  const named = most.map((t) =>
    _("step {step} “{label}” {share}", {
      step: t + 1,
      label: labelAt(header, model, t),
      share: percent(weights[t]),
    }),
  );
  return _("Most weight: {steps}", { steps: named.join(", ") });
}

/**
 * The network unrolled over time, and the gradient's way back: forward from step to step, then
 * backward, with a bar of true size at each step.
 */

import { element, touches, write } from "../../drawing/dom.js";
import { roleColour } from "../../drawing/marks.js";
import { caption } from "../../drawing/plot.js";
import { whenSeen } from "../../drawing/seen.js";
import { N_, _ } from "../../drawing/texts.js";
import { poolOf } from "../../maths/pool_reasons.js";
import { wayBack } from "../../maths/way_back.js";
import { figureSection } from "../figures/figure_section.js";
import { passPlayer } from "./pass_player.js";
import { reached } from "./passes.js";
import { labelAt } from "../sequence/sequence_labels.js";
import { timeAxis } from "../lines/time_axis.js";
import { columnsOf } from "../time_window.js";
import { barRow, networkRow } from "./unrolled_rows.js";
import { barAxis } from "./unrolled_bars.js";
import { passInWords } from "./unrolled_words.js";

/** @typedef {import("../context.js").Context} Context */

const HOW = N_(
  "Below the cells, what each step reads; between them, what is handed on; above, L or what the layer above sends back. A thick line is the gradient on its way, the stronger the more solid.",
);
const LINEAR = N_("The bars begin at 0.");
const LOG = N_("The bars stand in powers of ten. ○ is exactly 0.");

/** @param {Context} context @returns {import("../views.js").View} */
export function unrolledView(context) {
  const title = _("Unrolled over time: the gradient’s way back, step by step");
  return figureSection(context, { figure: "unrolled", title }, () => unrolled(context));
}

/** @param {Context} context @returns {import("../figures/figure_section.js").Shown} */
function unrolled(context) {
  const { model, store } = context;
  const player = passPlayer(context);
  const rows = element("div", { class: "unrolled-rows" });
  const axis = timeAxis(columnsOf(model.T), () => store.state.from);
  const now = element("p", { class: "plainly pass-words", "data-testid": "pass-words" });
  const how = caption("", null);
  const seen = whenSeen(rows);
  /** @type {ReturnType<typeof networkRow>|null} */
  let network = null;
  /** @type {ReturnType<typeof barRow>[]} */
  let bars = [];
  let width = 0;

  function build() {
    const { norms } = layerNow(context);
    network = networkRow(context);
    bars = [...norms.keys()].map((name) => barRow(context, name));
    const all = [network.element, ...bars.map((row) => row.element), axis.element];
    rows.replaceChildren(...all);
  }
  function draw() {
    if (width === 0) return;
    const drawn = drawnOf(context);
    const columns = { from: store.state.from, count: columnsOf(model.T), width };
    network?.draw(drawn, columns);
    for (const row of bars) row.draw(drawn.axis, columns);
    write(how, `${_(HOW)} ${_(drawn.axis.isLog ? LOG : LINEAR)}`);
    show();
  }
  function show() {
    const { step, pass, layer } = store.state;
    const steps = reached({ step, pass }, model.T, Boolean(model.header.layers[layer].reverse));
    network?.show(steps);
    for (const row of bars) row.show(steps.backward);
    player.show();
    write(now, unrolledInWords(context));
  }
  return {
    nodes: [player.element, now, rows, how],
    update(changed) {
      if (touches(changed, "layer", "mount")) build();
      if (touches(changed, "run", "item", "from", "layer", "mount")) seen.draw(draw);
      else if (touches(changed, "step", "pass")) show();
      if (touches(changed, "playing", "mount")) player.show();
      if (touches(changed, "hover")) for (const row of bars) row.hover(store.state.hover?.step);
    },
    resize() {
      const room = axis.element.querySelector(".row-plot")?.clientWidth ?? 0;
      if (room === 0 || room === width) return;
      width = room;
      axis.resize(room);
      seen.draw(draw);
    },
    destroy: seen.destroy,
  };
}

/** The run of the layer in view. @param {Context} context */
const layerNow = ({ model, store }) => model.live.layers[store.state.layer];

/**
 * What is drawn of the layer in view.
 * @param {Context} context
 * @returns {import("./unrolled_plan.js").Unrolled}
 */
function drawnOf(context) {
  const { header, model, store, words } = context;
  const { layer } = store.state;
  const { run, norms } = layerNow(context);
  const isTop = header.layers[layer].layer === Math.max(...header.layers.map((one) => one.layer));
  const { steps } = header.loss;
  return {
    states: [...run.states.map(({ name }) => name)].reverse(),
    colour: (state) => roleColour(words(layer).role(state)),
    label: (t) => labelAt(header, model, t),
    asked: isTop && poolOf(model.live) === null ? steps : [],
    way: wayBack(run),
    isReverse: Boolean(header.layers[layer].reverse),
    axis: barAxis([...norms.values()].flatMap((sizes) => [...sizes])),
  };
}

/** What is shown now, for the eye and for a screen reader. @param {Context} context */
export function unrolledInWords(context) {
  const { header, model, store } = context;
  const { step, pass, layer } = store.state;
  return passInWords({
    place: { step, pass },
    norms: layerNow(context).norms,
    T: model.T,
    isReverse: Boolean(header.layers[layer].reverse),
    reads: labelAt(header, model, step),
    loss: model.live.loss,
  });
}

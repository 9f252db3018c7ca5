/**
 * The stepper as a component: what is looked at stands in the page's address, and is kept while the
 * tab is open.
 */

import { component } from "../drawing/component.js";
import { inAddress, keepInAddress, linked } from "./address.js";
import { mountWithBeside, parted } from "./beside.js";
import { filesView } from "./files_view.js";
import { VIEWS } from "./views.js";
// Whatever those import, asked for at once: a browser sees a module's imports only when it has it.
import "../drawing/address.js";
import "../drawing/chart.js";
import "../drawing/chart_plan.js";
import "../drawing/colours.js";
import "../drawing/dom.js";
import "../drawing/download.js";
import "../drawing/drag.js";
import "../drawing/heat_map.js";
import "../drawing/legend.js";
import "../drawing/line_ends.js";
import "../drawing/marks.js";
import "../drawing/number_format.js";
import "../drawing/paint.js";
import "../drawing/picture.js";
import "../drawing/plot.js";
import "../drawing/plotly_figure.js";
import "../drawing/root.js";
import "../drawing/saving.js";
import "../drawing/scales.js";
import "../drawing/seen.js";
import "../drawing/sheet.js";
import "../drawing/store.js";
import "../drawing/svg_file.js";
import "../drawing/texts.js";
import "../drawing/theme.js";
import "../drawing/tip.js";
import "../maths/arithmetic.js";
import "../maths/arrays.js";
import "../maths/effect.js";
import "../maths/engine.js";
import "../maths/holds.js";
import "../maths/layer.js";
import "../maths/lesions.js";
import "../maths/lookup.js";
import "../maths/losses.js";
import "../maths/matmul.js";
import "../maths/network.js";
import "../maths/norms.js";
import "../maths/payload.js";
import "../maths/readout.js";
import "../maths/rules.js";
import "../maths/stages.js";
import "./answer.js";
import "./change_editor.js";
import "./change_words.js";
import "./changes.js";
import "./changes_bar.js";
import "./context.js";
import "./controller.js";
import "./diagram_file.js";
import "./diagram_node.js";
import "./diagram_picture.js";
import "./diagram_places.js";
import "./diagram_shapes.js";
import "./diagram_view.js";
import "./equation_line.js";
import "./equations_view.js";
import "./explain_view.js";
import "./gradient_chart.js";
import "./gradient_lines.js";
import "./head_view.js";
import "./holding.js";
import "./input_bars.js";
import "./input_map.js";
import "./keys.js";
import "./latex_copy.js";
import "./lesion_choices.js";
import "./lesion_holds.js";
import "./lesion_order.js";
import "./lesion_runs.js";
import "./lesion_table.js";
import "./lesion_words.js";
import "./lesions_view.js";
import "./letter_choice.js";
import "./line_stages.js";
import "./lines_section.js";
import "./link.js";
import "./link_words.js";
import "./map_row.js";
import "./map_selection.js";
import "./maps.js";
import "./model.js";
import "./mount.js";
import "./narrator.js";
import "./notice_view.js";
import "./outcome.js";
import "./outcome_view.js";
import "./player.js";
import "./product_table.js";
import "./read_inputs.js";
import "./readout_view.js";
import "./reason_drawing.js";
import "./reason_lines.js";
import "./reason_numbers.js";
import "./room.js";
import "./selection.js";
import "./selection_bar.js";
import "./sequence_labels.js";
import "./softmax_lines.js";
import "./strip.js";
import "./table_file.js";
import "./unit_chart.js";
import "./unit_field.js";
import "./unit_sets.js";
import "./unit_strip.js";
import "./words.js";

const MOST_PLACES = 20;
/** Where the visitor was, by run: a page that is left forgets its elements. */
/** @type {Map<string, Partial<State>>} */
const PLACES = new Map();

/** @typedef {import("./context.js").StepHeader} StepHeader */
/** @typedef {import("../maths/payload.js").Payload<StepHeader>} Payload */
/** @typedef {import("./state.js").State} State */

export default component((host, /** @type {Payload} */ payload, tell, press) => {
  const makers = new Map([...VIEWS, ["files", filesView(() => press("page", address.text()))]]);
  const first = parted(payload);
  const start = keptOf(first.own, PLACES.get(payload.header.id) ?? {});
  let shown = mountWithBeside(host, first, makers, start);
  let address = keepInAddress(shown);
  let known = 0; // the sequence that the server knows to be in view
  let stop = follow();

  /** The server's question is about the sequence in view. */
  function follow() {
    const report = () => {
      const { item } = shown.state;
      if (item !== known) tell("item", (known = item));
    };
    report();
    return shown.subscribe(report);
  }

  /**
   * The same run goes on where it was left; another of the same shape at the same step.
   * @param {StepHeader} header
   * @returns {Partial<State>}
   */
  function keptFor(header) {
    const left = PLACES.get(header.id);
    if (left !== undefined) return left;
    if (!isAlike(shown.header, header)) return {};
    const { step, unit, layer, speed, item } = shown.state;
    return { step, unit, layer, speed, item: readsTheSame(shown.header, header) ? item : 0 };
  }
  function leave() {
    address.stop();
    const { step, unit, layer, item, speed, history } = shown.state;
    PLACES.delete(shown.header.id);
    PLACES.set(shown.header.id, { step, unit, layer, item, speed, history });
    for (const id of [...PLACES.keys()].slice(0, -MOST_PLACES)) PLACES.delete(id);
    stop();
    shown.destroy();
  }
  return {
    take(next) {
      const isSame = next.header.id === shown.header.id;
      if (isSame && hasSameBeside(next.header, shown.header)) return shown.refresh();
      const isLed = !isSame && inAddress() !== address.text(); // by a link, Back or Forward
      const kept = isSame ? shown.state : keptFor(next.header);
      leave();
      const parts = parted(next);
      shown = mountWithBeside(host, parts, makers, isLed ? keptOf(parts.own, kept) : kept);
      address = keepInAddress(shown);
      stop = follow();
    },
    refresh: () => shown.refresh(),
    destroy: leave,
  };
});

/**
 * Where a link leads; where there is none, what was kept.
 * @param {Payload} payload @param {Partial<State>} kept
 * @returns {Partial<State>}
 */
function keptOf(payload, kept) {
  const text = inAddress();
  return text === "" ? kept : linked(payload, text);
}

/** Beside both stands the same, or nothing. @param {StepHeader} one @param {StepHeader} other */
function hasSameBeside({ beside: one }, { beside: other }) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** @param {StepHeader} before @param {StepHeader} after */
function isAlike(before, after) {
  return shapeOf(before) === shapeOf(after);
}

/** @param {StepHeader} before @param {StepHeader} after */
function readsTheSame({ sequence: before }, { sequence: after }) {
  return JSON.stringify(before.item_labels) === JSON.stringify(after.item_labels);
}

/** @param {StepHeader} header */
function shapeOf({ sequence, layers }) {
  const cells = layers.map(({ hidden, reverse, cell }) => [hidden, reverse, cell.names]);
  return JSON.stringify([sequence.labels.length, cells]);
}

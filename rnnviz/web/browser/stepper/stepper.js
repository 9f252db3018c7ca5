/** The stepper as a component: where a visitor was in a run is kept while the tab is open. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";
// Whatever those import, asked for at once: a browser sees a module's imports only when it has it.
import "../drawing/chart.js";
import "../drawing/chart_plan.js";
import "../drawing/colours.js";
import "../drawing/dom.js";
import "../drawing/drag.js";
import "../drawing/heat_map.js";
import "../drawing/legend.js";
import "../drawing/marks.js";
import "../drawing/number_format.js";
import "../drawing/paint.js";
import "../drawing/picture.js";
import "../drawing/plot.js";
import "../drawing/root.js";
import "../drawing/saving.js";
import "../drawing/scales.js";
import "../drawing/seen.js";
import "../drawing/sheet.js";
import "../drawing/store.js";
import "../drawing/svg_file.js";
import "../drawing/theme.js";
import "../drawing/tip.js";
import "../maths/arithmetic.js";
import "../maths/arrays.js";
import "../maths/engine.js";
import "../maths/holds.js";
import "../maths/layer.js";
import "../maths/lookup.js";
import "../maths/losses.js";
import "../maths/matmul.js";
import "../maths/network.js";
import "../maths/norms.js";
import "../maths/payload.js";
import "../maths/readout.js";
import "../maths/rules.js";
import "../maths/stages.js";
import "./changes.js";
import "./changes_bar.js";
import "./controller.js";
import "./diagram_file.js";
import "./diagram_node.js";
import "./diagram_picture.js";
import "./diagram_places.js";
import "./diagram_shapes.js";
import "./diagram_view.js";
import "./equations_view.js";
import "./explain_view.js";
import "./gradient_chart.js";
import "./gradient_lines.js";
import "./head_view.js";
import "./input_bars.js";
import "./input_map.js";
import "./keys.js";
import "./latex_copy.js";
import "./lines_section.js";
import "./map_row.js";
import "./maps.js";
import "./model.js";
import "./narrator.js";
import "./player.js";
import "./readout_view.js";
import "./reason_drawing.js";
import "./reason_lines.js";
import "./sequence_labels.js";
import "./stage.js";
import "./strip.js";
import "./unit_chart.js";
import "./unit_strip.js";
import "./views.js";
import "./words.js";

const MOST_PLACES = 20;
const PLACES = new Map(); // where the visitor was, by run: a page that is left forgets its elements

export default component((host, payload) => {
  let shown = mount(host, payload, undefined, PLACES.get(payload.header.id));

  /** The same run goes on where it was left; another of the same shape at the same step. */
  function keptFor(header) {
    if (PLACES.has(header.id)) return PLACES.get(header.id);
    if (!isAlike(shown.header, header)) return {};
    const { step, unit, layer, speed } = shown.state;
    return { step, unit, layer, speed };
  }
  function leave() {
    const { step, unit, layer, item, speed, history } = shown.state;
    PLACES.delete(shown.header.id);
    PLACES.set(shown.header.id, { step, unit, layer, item, speed, history });
    if (PLACES.size > MOST_PLACES) PLACES.delete(PLACES.keys().next().value);
    shown.destroy();
  }
  return {
    take(next) {
      if (next.header.id === shown.header.id) return shown.refresh();
      const kept = keptFor(next.header);
      leave();
      shown = mount(host, next, undefined, kept);
    },
    refresh: () => shown.refresh(),
    destroy: leave,
  };
});

function isAlike(before, after) {
  const layers = (header) => header.layers.map((one) => [one.hidden, one.reverse, one.cell.names]);
  const shape = (header) => JSON.stringify([header.sequence.labels.length, layers(header)]);
  return shape(before) === shape(after);
}

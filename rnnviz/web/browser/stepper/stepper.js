/**
 * The component as Streamlit calls it: once at mount, again whenever the data or the theme changes.
 */

import { element } from "../drawing/dom.js";
import { unpack } from "../maths/payload.js";
import { mount } from "./mount.js";
// Whatever those import, asked for at once: a browser sees a module's imports only when it has it.
import "../drawing/colours.js";
import "../drawing/drag.js";
import "../drawing/line_chart.js";
import "../drawing/map_picture.js";
import "../drawing/number_format.js";
import "../drawing/plot.js";
import "../drawing/scales.js";
import "../drawing/seen.js";
import "../drawing/store.js";
import "../drawing/theme.js";
import "../drawing/tip.js";
import "../maths/arithmetic.js";
import "../maths/engine.js";
import "../maths/holds.js";
import "../maths/losses.js";
import "../maths/matmul.js";
import "../maths/network.js";
import "../maths/readout.js";
import "../maths/rules.js";
import "./changes.js";
import "./changes_bar.js";
import "./controller.js";
import "./diagram_node.js";
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
import "./words.js";

const LIVE = new WeakMap();
const MOST_PLACES = 20;
const PLACES = new Map(); // where the visitor was, by run: a page that is left forgets its elements

/** @param {{data: Uint8Array, parentElement: HTMLElement|ShadowRoot}} component */
export default function stepper({ data, parentElement }) {
  const known = LIVE.get(parentElement);
  if (known === undefined) LIVE.set(parentElement, place(parentElement, data));
  else known.take(data);
  return () => {
    LIVE.get(parentElement)?.destroy();
    LIVE.delete(parentElement);
  };
}

function place(parentElement, data) {
  const host = element("div", { class: "rnnviz-host" });
  parentElement.append(host);
  let bytes = null;
  let shown = null;

  function take(next) {
    if (next === bytes) return shown.refresh();
    const payload = unpack(next);
    bytes = next;
    if (shown?.header.id === payload.header.id) return shown.refresh();
    const kept = keptFor(payload.header);
    leave();
    shown = mount(host, payload, kept);
  }
  /** The same run goes on where it was left; another of the same shape at the same step. */
  function keptFor(header) {
    if (PLACES.has(header.id)) return PLACES.get(header.id);
    if (shown === null || !isAlike(shown.header, header)) return {};
    const { step, unit, layer, speed } = shown.state;
    return { step, unit, layer, speed };
  }
  function leave() {
    if (shown === null) return;
    const { step, unit, layer, item, speed, history } = shown.state;
    PLACES.delete(shown.header.id);
    PLACES.set(shown.header.id, { step, unit, layer, item, speed, history });
    if (PLACES.size > MOST_PLACES) PLACES.delete(PLACES.keys().next().value);
    shown.destroy();
    shown = null;
  }
  take(data);
  return {
    take,
    destroy() {
      leave();
      host.remove();
    },
  };
}

function isAlike(before, after) {
  const layers = (header) => header.layers.map((one) => [one.hidden, one.reverse, one.cell.names]);
  const shape = (header) => JSON.stringify([header.sequence.labels.length, layers(header)]);
  return shape(before) === shape(after);
}

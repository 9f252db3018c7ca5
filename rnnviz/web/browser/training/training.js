/** The component as Streamlit calls it: once at mount, again whenever the data or the theme changes. */

import { element } from "../drawing/dom.js";
import { unpack } from "../maths/payload.js";
import { leaving } from "./leaving.js";
import { mount } from "./mount.js";
// Whatever those import, asked for at once: a browser sees a module's imports only when it has it.
import "../drawing/chart.js";
import "../drawing/chart_plan.js";
import "../drawing/colours.js";
import "../drawing/drag.js";
import "../drawing/heat_map.js";
import "../drawing/legend.js";
import "../drawing/marks.js";
import "../drawing/number_format.js";
import "../drawing/paint.js";
import "../drawing/plot.js";
import "../drawing/saving.js";
import "../drawing/scales.js";
import "../drawing/sheet.js";
import "../drawing/theme.js";
import "./asking.js";
import "./charts.js";
import "./controls.js";
import "./panel.js";
import "./records.js";
import "./run_column.js";
import "./runs.js";
import "./scrubber.js";
import "./table.js";

const LIVE = new WeakMap();

/** @param {{data: Uint8Array, parentElement: HTMLElement|ShadowRoot, setStateValue: Function}} component */
export default function training({ data, parentElement, setStateValue }) {
  let known = LIVE.get(parentElement);
  if (known === undefined) {
    known = place(parentElement);
    LIVE.set(parentElement, known);
  }
  known.tell = setStateValue;
  known.take(data);
  return () => {
    LIVE.get(parentElement)?.destroy();
    LIVE.delete(parentElement);
  };
}

function place(parentElement) {
  const host = element("div", { class: "rnnviz-host" });
  parentElement.append(host);
  const leave = leaving();
  let bytes = null;
  const placed = {
    tell: null,
    take(next) {
      if (next === bytes) return shown.refresh();
      bytes = next;
      shown.take(unpack(next));
    },
    destroy() {
      leave.stop();
      shown.destroy();
      host.remove();
    },
  };
  const shown = mount(host, (question) => placed.tell("question", question), leave.isOn);
  return placed;
}

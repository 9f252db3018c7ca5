/** The runs in training as a component: bytes in, polls back. */

import { component } from "../drawing/component.js";
import { leaving } from "./leaving.js";
import { mount } from "./mount.js";
// Whatever those import, asked for at once: a browser sees a module's imports only when it has it.
import "../drawing/areas.js";
import "../drawing/chart.js";
import "../drawing/chart_plan.js";
import "../drawing/colours.js";
import "../drawing/dom.js";
import "../drawing/download.js";
import "../drawing/drag.js";
import "../drawing/growing_map.js";
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
import "../drawing/sheet.js";
import "../drawing/store.js";
import "../drawing/texts.js";
import "../drawing/theme.js";
import "../drawing/tip.js";
import "../maths/lookup.js";
import "../maths/payload.js";
import "./axes.js";
import "./charts.js";
import "./controls.js";
import "./doors.js";
import "./gates.js";
import "./link.js";
import "./live_knobs.js";
import "./looking.js";
import "./map_head.js";
import "./maps.js";
import "./panel.js";
import "./pictures.js";
import "./polling.js";
import "./records.js";
import "./runs.js";
import "./scrubber.js";
import "./table.js";
import "./words.js";

/** @type {import("../drawing/component.js").Show<import("./header.js").TrainHeader>} */
function show(host, payload, tell) {
  const leave = leaving();
  const shown = mount(host, (poll) => tell("poll", poll), leave.isOn);
  shown.take(payload);
  return {
    take: shown.take,
    refresh: shown.refresh,
    destroy() {
      leave.stop();
      shown.destroy();
    },
  };
}

export default component(show);

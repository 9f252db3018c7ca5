/**
 * The runs in training as a component: bytes in, polls back. The ring on the cliff is another mount
 * of it.
 */

import { component } from "../drawing/component.js";
import { cliffStart } from "./cliff_start.js";
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

/**
 * @typedef {import("../maths/payload.js").Payload<import("./header.js").PageHeader>} PagePayload
 * @typedef {import("../maths/payload.js").Payload<import("./header.js").TrainHeader>} Runs
 * @typedef {import("../drawing/component.js").Tell} Tell
 */

export default component((host, /** @type {PagePayload} */ { header, arrays }, tell, press) =>
  header.kind === "start"
    ? showStart(host, header, press)
    : showRuns(host, { header, arrays }, tell),
);

/** @param {HTMLElement} host @param {import("./header.js").StartHeader} first @param {Tell} press */
function showStart(host, first, press) {
  const ring = cliffStart(host, first, press);
  return {
    ...ring,
    /** @param {PagePayload} next */
    take({ header }) {
      if (header.kind === "start") ring.take(header);
    },
  };
}

/** @param {HTMLElement} host @param {Runs} payload @param {Tell} tell */
function showRuns(host, payload, tell) {
  const leave = leaving();
  const shown = mount(host, (poll) => tell("poll", poll), leave.isOn);
  shown.take(payload);
  return {
    /** @param {PagePayload} next */
    take({ header, arrays }) {
      if (header.kind === "runs") shown.take({ header, arrays });
    },
    refresh: shown.refresh,
    destroy() {
      leave.stop();
      shown.destroy();
    },
  };
}

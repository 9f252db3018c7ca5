/** What is said of the runs, as text. No DOM. */

import { percent, power, short, tenTo } from "../drawing/number_format.js";

/** @typedef {import("./header.js").TrainHeader} TrainHeader */

/** @param {number} value */
export function brief(value) {
  const size = Math.abs(value);
  return size !== 0 && Number.isFinite(size) && (size < 0.005 || size >= 1000)
    ? power(value, 1)
    : short(value);
}

/** @param {number} value @param {import("./header.js").TaskHeader} task  that it measures */
export function metric(value, task) {
  return task.kind === "classification" ? `${percent(value)} right` : `error ${brief(value)}`;
}

/** What became of a run. @param {import("./header.js").RunHeader} run */
export function endOf({ stopped, solvedAt, changes }) {
  if (stopped) return ` · ${stopped.text}`;
  const turned = changes.length ? ` · ${changes[changes.length - 1].text}` : "";
  return solvedAt === null ? turned : `${turned} · solved after ${solvedAt} updates`;
}

/**
 * Which update is looked at.
 * @param {number|null} at  null: the latest
 * @param {number} most  updates made
 * @param {TrainHeader} header
 */
export function whereWords(at, most, { planned, status }) {
  const shown = (at ?? most).toLocaleString("en");
  return at === null
    ? `after ${shown} of ${planned.toLocaleString("en")} updates${status ? ` · ${status}` : ""}`
    : `looking back: after ${shown} of ${most.toLocaleString("en")} updates made`;
}

/** What went wrong; nothing did: empty. @param {TrainHeader} header */
export function faultWords({ error, refusal }) {
  if (error) return `A worker process failed: ${error}. Reset, or choose something smaller.`;
  return refusal ? `It stays here: ${refusal}.` : "";
}

/**
 * How to read the charts.
 * @param {TrainHeader} header
 * @param {import("../drawing/scales.js").Axis} axis  of the maps' colours
 */
export function captionOf({ strides }, axis) {
  const every = strides.series > 1 ? ` One update in ${strides.series} is drawn.` : "";
  return `Computed now. How to read this: updates run from left to right. In the maps, ground is ${tenTo(axis.low)} or less and full colour ${tenTo(axis.high)}, the same for all runs: an empty top means that no gradient reaches the first steps. Click a chart to look back at an update, drag to zoom, double-click for all.${every}`;
}

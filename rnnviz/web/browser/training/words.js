/** What is said of the runs, as text. No DOM. */

import { percent, power, short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";

/**
 * @typedef {import("./header.js").TrainHeader} TrainHeader
 * @typedef {import("./header.js").RunHeader} RunHeader
 */

/** An exact 0 is one: what underflows is not to look like what is small. @param {number} value */
export function brief(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size !== 0 && Number.isFinite(size) && (size < 0.005 || size >= 1000)
    ? power(value, 1)
    : short(value);
}

/** @param {number} value @param {import("./header.js").TaskHeader} task  that it measures */
export function metric(value, task) {
  return task.kind === "classification"
    ? _("{share} right", { share: percent(value) })
    : _("error {error}", { error: brief(value) });
}

/** What happened to a run, in the order in which it did. @param {RunHeader} run */
export function happenings({ stopped, solvedAt, changes }) {
  const found = [
    ...changes.map(({ update, text }) => ({ update, text })),
    ...(solvedAt === null
      ? []
      : [
          {
            update: solvedAt,
            text: _("solved after {updates} updates", {
              updates: solvedAt.toLocaleString("en"),
            }),
          },
        ]),
    ...(stopped ? [stopped] : []),
  ];
  found.sort((a, b) => a.update - b.update);
  return found.map(({ text }) => text).join("; ");
}

/**
 * Which update is looked at.
 * @param {number|null} at  null: the latest
 * @param {number} most  updates made
 */
export const whereWords = (at, most) =>
  _("update {update}", { update: (at ?? most).toLocaleString("en") });

/** @param {number|null} at @param {number} most @param {number} planned */
export const placeWords = (at, most, planned) =>
  _("update {update} of {planned}", {
    update: (at ?? most).toLocaleString("en"),
    planned: planned.toLocaleString("en"),
  });

/** What went wrong; nothing did: empty. @param {TrainHeader} header */
export function faultWords({ error, refusal }) {
  if (error)
    return _("Training stopped: {error}. “Reset” begins again.", { error });
  return refusal ? _("It stays here: {refusal}.", { refusal }) : "";
}

/** How to read the charts. @param {TrainHeader} header */
export function captionOf({ strides, saved }) {
  const made = saved ? _("Saved runs.") : _("Computed now.");
  const how = _(
    "How to read this: updates run from left to right, on one axis for all charts. In the maps each step of the sequence is a row: white at the top means that no gradient reaches the first steps. Click a chart to look back at an update, drag to zoom, double-click for all; with the keyboard: arrows, plus, minus, 0.",
  );
  const every = _("One update in {stride} is drawn.", {
    stride: strides.series,
  });
  return strides.series > 1 ? `${made} ${how} ${every}` : `${made} ${how}`;
}

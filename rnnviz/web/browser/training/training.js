/**
 * The runs in training as a component: bytes in, polls back. The ring on the cliff is another mount
 * of it.
 */

import { component } from "../drawing/component.js";
import { cliffStart } from "./cliff_start.js";
import { leaving } from "../drawing/leaving.js";
import { mountRuns } from "./mount_runs.js";

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
  const shown = mountRuns(host, payload, {
    forward: (poll) => tell("poll", poll),
    isHeld: leaving(),
  });
  return {
    /** @param {PagePayload} next */
    take({ header, arrays }) {
      if (header.kind === "runs") shown.take({ header, arrays });
    },
    refresh: shown.refresh,
    destroy: shown.destroy,
  };
}

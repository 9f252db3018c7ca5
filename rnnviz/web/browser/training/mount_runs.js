/** The runs on a page, whoever trains them: this browser where the message says so, else the server. */

import { onButtons } from "./buttons.js";
import { trainingHere } from "./here.js";
import { mount } from "./mount.js";

/** @typedef {import("./records.js").Message} Message */

/**
 * @param {HTMLElement} host
 * @param {Message} first
 * @param {{forward: ((poll: import("./here.js").Forwarded) => void)|null,
 *   isHeld?: import("../drawing/polls.js").Held}} around  forward: to the server; null: there is none,
 *   as in a file
 */
export function mountRuns(host, first, { forward, isHeld = () => false }) {
  /** @type {import("./header.js").HereHeader|null} */
  let about = null;
  const shown = mount(host, (poll) => (about ? here.ask(poll) : forward?.(poll)), isHeld);
  const here = trainingHere((message) => about && shown.take(message), forward);
  /** @param {Message} message */
  function take(message) {
    about = message.header.here;
    if (about) here.take(message, about);
    else shown.take(message);
  }
  const ignore = onButtons(() => about?.beginning ?? null, here.begin);
  take(first);
  return {
    take,
    refresh: shown.refresh,
    destroy() {
      ignore();
      here.destroy();
      shown.destroy();
    },
  };
}

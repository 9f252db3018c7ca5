/** The runs on a page, whoever trains them: this browser where the message says so, else the server. */

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
  let isHere = false;
  const shown = mount(host, (poll) => (isHere ? here.ask(poll) : forward?.(poll)), isHeld);
  const here = trainingHere((message) => isHere && shown.take(message), forward);
  /** @param {Message} message */
  function take(message) {
    const { here: about } = message.header;
    isHere = Boolean(about);
    if (about) here.take(message, about);
    else shown.take(message);
  }
  take(first);
  return {
    take,
    refresh: shown.refresh,
    destroy() {
      here.destroy();
      shown.destroy();
    },
  };
}

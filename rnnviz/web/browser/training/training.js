/** The runs in training as a component: bytes in, polls back. */

import { component } from "../drawing/component.js";
import { leaving } from "./leaving.js";
import { mount } from "./mount.js";

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

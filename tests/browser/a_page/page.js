/** A page of its own: the input, the player, and one view that no other page has. */

import { component } from "/drawing/component.js";
import { mount } from "/stepper/mount.js";
import { some } from "/stepper/views.js";
import { totalView } from "./total_view.js";

const VIEWS = some("strip", "player").set("total", totalView);

export default component((host, payload) => {
  let shown = mount(host, payload, VIEWS);
  return {
    take(next) {
      shown.destroy();
      shown = mount(host, next, VIEWS);
    },
    refresh: () => shown.refresh(),
    destroy: () => shown.destroy(),
  };
});

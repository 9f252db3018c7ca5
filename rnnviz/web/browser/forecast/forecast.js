/**
 * Forecasts as a component: bytes in, the row of a chosen window, or the step ahead, back. What is
 * looked at stands in the page's address.
 */

import { followAddress } from "../drawing/address_keeper.js";
import { component } from "../drawing/component.js";
import { viewLink } from "../drawing/view_link.js";
import { ALL, read, write } from "./link.js";
import { mount } from "./mount.js";

/** @typedef {import("../maths/payload.js").Payload<import("./header.js").ForecastHeader>} Payload */

export default component((host, /** @type {Payload} */ payload, _tell, press) => {
  const link = viewLink();
  let text = "";
  const choices = {
    choose: (/** @type {number} */ row) => press("window", row),
    ahead: (/** @type {number} */ steps) => press("ahead", steps),
  };
  const looking = {
    sight: ALL,
    look(/** @type {import("./link.js").Sight} */ sight) {
      text = write(sight);
      link.write(text, "choice");
    },
  };
  const shown = mount(host, choices, looking);
  const lead = () =>
    link.read((found) => {
      text = found;
      shown.lookAt(read(found));
    });
  const repair = () => link.text() === "" && text !== "" && link.write(text, "place");
  const stop = followAddress({ moved: lead, rewritten: repair });
  shown.take(payload);
  lead();
  return {
    ...shown,
    destroy() {
      stop();
      link.stop();
      shown.destroy();
    },
  };
});

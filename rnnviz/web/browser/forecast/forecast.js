/** Forecasts as a component: bytes in, the row of a chosen window, or the step ahead, back. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";

/** @typedef {import("../maths/payload.js").Payload<import("./header.js").ForecastHeader>} Payload */

export default component((host, /** @type {Payload} */ payload, _tell, press) => {
  const shown = mount(host, {
    choose: (row) => press("window", row),
    ahead: (steps) => press("ahead", steps),
  });
  shown.take(payload);
  return shown;
});

/** Forecasts as a component: bytes in, the row of a chosen window back. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";

/** @typedef {import("../maths/payload.js").Payload<import("./header.js").ForecastHeader>} Payload */

export default component((host, /** @type {Payload} */ payload, _tell, press) => {
  const shown = mount(host, (row) => press("window", row));
  shown.take(payload);
  return shown;
});

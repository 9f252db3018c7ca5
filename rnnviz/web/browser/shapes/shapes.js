/** The Shapes page as a component: what is asked for goes to the server, which computes it. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";

/** @type {import("../drawing/component.js").Show<import("./header.js").ShapesHeader>} */
const show = (host, payload, _tell, press) =>
  mount(host, payload, (asked) => press("asked", asked));

export default component(show);

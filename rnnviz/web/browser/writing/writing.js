/** The writing place as a component: the equations in, what is typed back. */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";

/** @type {import("../drawing/component.js").Show<import("./header.js").WritingHeader>} */
function show(host, { header }, tell) {
  const shown = mount(host, header, (written) => tell("written", written));
  return { ...shown, take: (next) => shown.take(next.header) };
}

export default component(show);

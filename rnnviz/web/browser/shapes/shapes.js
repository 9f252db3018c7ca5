/**
 * The Shapes page as a component; it is mounted twice: the call with its picture, and what stands
 * below them. What is asked for goes to the server, which computes it.
 */

import { component } from "../drawing/component.js";
import { mount } from "./mount.js";
import { mountMore } from "./mount_more.js";

/**
 * @typedef {import("./header.js").ShapesHeader} ShapesHeader
 * @typedef {import("../maths/payload.js").Payload<ShapesHeader>} Payload
 */

/** @type {import("../drawing/component.js").Show<ShapesHeader>} */
function show(host, { header, arrays }, _tell, press, answers) {
  if (header.kind === "call") {
    const ask = (/** @type {object} */ asked) => press("asked", asked);
    const shown = mount(host, { header, arrays }, ask, { canPaste: answers("code") });
    return {
      ...shown,
      take(next) {
        if (next.header.kind === "call") shown.take({ ...next, header: next.header });
      },
    };
  }
  const shown = mountMore(host, header);
  return {
    ...shown,
    take(next) {
      if (next.header.kind === "more") shown.show(next.header);
    },
  };
}

export default component(show);

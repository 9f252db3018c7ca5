/** The same layers in other libraries, side by side: the code, and how each lays out its matrices. */

import { element } from "../drawing/dom.js";
import { _, _nodes } from "../drawing/texts.js";
import { copyButton } from "./copying.js";

/** @returns {import("./context.js").Section} */
export function tonguesView() {
  const room = element("div", { class: "tongues-room columns" });
  const root = element(
    "section",
    { class: "tongues", "data-testid": "tongues" },
    element("h2", {}, _("The same line elsewhere")),
    room,
  );
  return {
    element: root,
    show(header) {
      room.replaceChildren(...header.tongues.map(tongueNode));
    },
  };
}

/** @param {import("./header.js").TongueSpec} tongue */
function tongueNode({ tool, code, gates, arrays, notes }) {
  const copy = copyButton(() => code, _("copy the code for {library}", { library: tool }));
  return element(
    "div",
    { class: "tongue column", "data-tongue": tool },
    element("div", { class: "tongue-head" }, element("h3", {}, tool), code === "" ? null : copy),
    code === "" ? null : element("pre", { class: "code", tabindex: 0 }, code),
    gates === ""
      ? null
      : element("p", {}, ..._nodes("Gates are stacked so: {gates}", { gates: verbatim(gates) })),
    element(
      "p",
      { class: "array-shapes" },
      ...arrays.flatMap(({ name, shape }) => [verbatim(`${name} ${shape}`), " "]),
    ),
    ...notes.map((note) => element("p", {}, note)),
  );
}

/** @param {string} text */
const verbatim = (text) => element("code", { class: "code" }, text);

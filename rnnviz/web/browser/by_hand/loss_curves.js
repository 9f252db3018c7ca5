/** The loss of a training beside that of a random search: one line each, known by its dashes. */

import { assign, element, svg, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";

/** @typedef {import("./header.js").TrainingNews} TrainingNews */

/** Two lines of losses, named at their ends; the search is dashed. */
export function lossCurves() {
  const [descent, search] = ["descent", "search"].map((name) => svg("path", { class: name }));
  const picture = svg(
    "svg",
    { preserveAspectRatio: "none", "aria-hidden": "true" },
    search,
    descent,
  );
  const top = element("span", { class: "quiet" });
  const legend = element(
    "p",
    { class: "legend" },
    element("span", { class: "key descent" }, _("gradient descent (Adam)")),
    " ",
    element("span", { class: "key search" }, _("random search")),
  );
  const node = element("div", { class: "loss-curves" }, top, picture, legend);
  node.hidden = true;
  return {
    element: node,
    /** @param {TrainingNews} news */
    show({ losses, searched, planned }) {
      node.hidden = losses.length === 0;
      const most = Math.max(...[...losses, ...searched].map((loss) => loss ?? 0), 1e-12);
      assign(picture, "viewBox", `0 0 ${planned} 1`);
      assign(descent, "d", through(losses, most));
      assign(search, "d", through(searched, most));
      write(top, _("loss, from 0 to {most}", { most: short(most) }));
    },
  };
}

/** @param {Array<number|null>} losses @param {number} most */
function through(losses, most) {
  return losses
    .map((loss, k) => `${k === 0 ? "M" : "L"}${k} ${1 - Math.min((loss ?? most) / most, 1)}`)
    .join("");
}

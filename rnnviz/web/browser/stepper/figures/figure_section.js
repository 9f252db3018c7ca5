/**
 * A picture that opens on a press. Closed, it costs nothing; what it shows is made when it is opened
 * first, and drawn while it is open.
 *
 * @typedef {Object} Shown  the picture itself
 * @property {Array<Node|string>} nodes
 * @property {(changed: import("../state.js").Changed) => void} update  what changed, while it is open
 * @property {() => void} [resize]  it has another width
 * @property {() => void} [destroy]
 */

import { assign, element, touches } from "../../drawing/dom.js";

/** All that can change: it was closed, and has followed none of it. @type {import("../state.js").Topic[]} */
const ALL = ["mount", "run", "theme", "layer", "item", "unit", "from", "step", "pass", "figures"];

/**
 * @param {import("../context.js").Context} context
 * @param {{figure: import("../state.js").Figure, title: string}} what
 * @param {() => Shown} make
 * @returns {import("../views.js").View}
 */
export function figureSection({ store, controller }, { figure, title }, make) {
  const turn = { click: () => controller.turnFigure(figure) };
  const opener = element("button", { type: "button", class: "text opener", on: turn }, title);
  const body = element("div", { class: "figure-body", hidden: true });
  const about = { class: `figure figure-${figure}`, "data-testid": `figure-${figure}` };
  const section = element("section", { ...about, "aria-label": title }, opener, body);
  /** @type {Shown|null} */
  let shown = null;
  let wasOpen = false;

  function open() {
    if (shown === null) {
      shown = make();
      body.append(...shown.nodes);
    }
    body.hidden = false;
    shown.update(new Set(ALL));
    shown.resize?.();
  }
  return {
    element: section,
    update(changed) {
      const isOpen = store.state.figures.includes(figure);
      if (touches(changed, "figures", "mount")) assign(opener, "aria-expanded", String(isOpen));
      if (isOpen && !wasOpen) open();
      else if (isOpen) shown?.update(changed);
      else body.hidden = true;
      wasOpen = isOpen;
    },
    resize() {
      if (wasOpen) shown?.resize?.();
    },
    destroy: () => shown?.destroy?.(),
  };
}

/** What stands below the picture: each section is drawn from what the server sent, and that is all. */

import { nameControls } from "../drawing/hidden.js";
import { createRoot } from "../drawing/root.js";
import { _ } from "../drawing/texts.js";
import { callsView } from "./calls_view.js";
import { mistakesView } from "./mistakes_view.js";
import { paddingView } from "./padding_view.js";
import { parametersView } from "./parameters_view.js";
import { tonguesView } from "./tongues_view.js";

/** @typedef {import("./header.js").MoreHeader} MoreHeader */

const SECTIONS = {
  padding: paddingView,
  calls: callsView,
  parameters: parametersView,
  tongues: tonguesView,
  mistakes: mistakesView,
};

/** @param {HTMLElement} host @param {MoreHeader} first */
export function mountMore(host, first) {
  const about = { class: "shapes", "aria-label": _("more of this call"), "data-testid": "more" };
  const root = createRoot(host, about, { dress: () => {} });
  const named = Object.entries(SECTIONS).map(
    ([name, make]) => /** @type {const} */ ([name, make()]),
  );
  const sections = named.map(([, section]) => section);
  nameControls(
    "shapes",
    named.map(([name, section]) => [name, section.element]),
  );
  let shown = "";

  /** @param {MoreHeader} header */
  function show(header) {
    if (header.id === shown) return;
    shown = header.id;
    for (const section of sections) section.show(header);
  }
  root.element.append(...sections.map(({ element }) => element));
  show(first);
  return { show, refresh: root.refresh, destroy: root.destroy };
}

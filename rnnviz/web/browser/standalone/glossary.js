/** The glossary of a page in a file: its entries stand there, and their places lie elsewhere. */

import { mountGlossary } from "../corner/glossary.js";
import { element } from "../drawing/dom.js";
import { createRoot } from "../drawing/root.js";

/** To be called once the page's language is known. */
export function glossaryInPage() {
  const text = document.getElementById("glossary")?.textContent;
  if (!text) throw new Error("the page holds no glossary");
  /** @type {import("../corner/header.js").Entry[]} */
  const entries = JSON.parse(text);
  const place = element("div", { class: "page-corner" });
  document.body.prepend(place);
  const root = createRoot(place, { class: "corner" }, { dress: () => {} });
  mountGlossary(root.element, { entries }, { ask: () => {}, link: () => null });
  return root.refresh;
}

/** What all pages of the site begin with: their archive, their language, their head. */

import { element } from "../drawing/dom.js";
import { _, speak } from "../drawing/texts.js";
import { inflated, openArchive } from "./archive.js";
import { cornerOf } from "./corner.js";
import { schemeButton } from "./head.js";
import { settlePresenter, takeAlong } from "./places.js";
import { stripView } from "./strip.js";

/** @typedef {import("./archive.js").Archive} Archive */

/**
 * @param {(archive: Archive) => {elements: Node[], recolour: () => void}} start  makes what the page
 *   shows; recolour: called when the colours are others
 */
export async function openPage(start) {
  const main = byId("page");
  if (typeof DecompressionStream !== "function") {
    const sentence = _(
      "This page needs a browser of 2023 or later, which can unpack what is in it.",
    );
    return main.append(element("p", { role: "alert" }, sentence));
  }
  const archive = openArchive(await inflated(byId("archive").textContent ?? ""));
  speak(archive.page.texts);
  settlePresenter();
  takeAlong();
  let recolour = () => {};
  const corner = cornerOf(archive);
  byId("tools").append(
    corner.element,
    schemeButton(() => recolour()),
  );
  const strip = stripView(archive);
  const shown = start(archive);
  main.prepend(strip.element);
  main.append(...shown.elements);
  recolour = () => {
    corner.refresh();
    strip.refresh();
    shown.recolour();
  };
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

/** How a page's pictures are read. @param {Archive} archive */
export const reading = ({ page }) =>
  element("p", { class: "reading" }, element("b", {}, _("How to read this.")), " ", page.reading);

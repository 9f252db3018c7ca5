/** The glossary, at the head of every page: each term on it opens its entry. */

import { mountGlossary } from "../corner/glossary.js";
import { component } from "../drawing/component.js";
import { createRoot } from "../drawing/root.js";
import { bytesOf } from "./archive.js";
import { placed } from "./components.js";
import { sitePlaces } from "./places.js";

/** @typedef {import("../course/header.js").CourseHeader} CourseHeader */
/** @typedef {import("../course/header.js").Page} Page */
/**
 * @typedef {import("../corner/header.js").Glossary & {pages: Record<string, Page>,
 *   arrays: import("../maths/header.js").ArraySpec[]}} Header
 */

/** @param {import("./archive.js").Archive} archive */
export function glossaryOf(archive) {
  const places = sitePlaces(/** @type {CourseHeader} */ (archive.piece("course").header));
  const mount = component((host, /** @type {{header: Header}} */ { header }) => {
    const root = createRoot(host, { class: "corner" }, { dress: () => {} });
    const tool = mountGlossary(root.element, header, {
      ask: () => {},
      link: ({ page, query }) =>
        page in header.pages ? places.href(header.pages[page], `?${query}`) : null,
    });
    return {
      take: () => {},
      refresh: root.refresh,
      destroy() {
        tool.destroy();
        root.destroy();
      },
    };
  });
  const shown = placed(mount, "corner", { hear() {}, answers: () => false });
  shown.show(bytesOf(archive.piece("glossary")));
  return shown;
}

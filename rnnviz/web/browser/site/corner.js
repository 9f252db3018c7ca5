/**
 * The corner of every page: the app's own tools, as far as no server is needed for them. What it
 * would draw or remember, the browser does: a link's code, what the address says.
 */

import { mountGlossary } from "../corner/glossary.js";
import { mountLeaveOut } from "../corner/leave_out.js";
import { mountPresenter } from "../corner/presenter.js";
import { mountShare } from "../corner/share.js";
import { component } from "../drawing/component.js";
import { isAskedFor } from "../drawing/presented.js";
import { createRoot } from "../drawing/root.js";
import { LONGEST, codeOf } from "../maths/qr_code.js";
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
export function cornerOf(archive) {
  const places = sitePlaces(/** @type {CourseHeader} */ (archive.piece("course").header));
  const mount = component((host, /** @type {{header: Header}} */ { header }) => {
    const root = createRoot(host, { class: "corner" }, { dress: () => {} });
    const tools = [
      mountLeaveOut(root.element, { hide: "", isLocked: false }, () => {}),
      mountGlossary(root.element, header, {
        ask: () => {},
        link: ({ page, query }) =>
          page in header.pages ? places.href(header.pages[page], `?${query}`) : null,
      }),
      mountPresenter(root.element, { isOn: isAskedFor() }, () => {}),
      shareIn(root.element),
    ];
    return {
      take: () => {},
      refresh: root.refresh,
      destroy() {
        for (const tool of tools) tool.destroy();
        root.destroy();
      },
    };
  });
  const shown = placed(mount, "corner", { hear() {}, answers: () => false });
  shown.show(bytesOf(archive.piece("glossary")));
  return shown;
}

/** @param {HTMLElement} place */
function shareIn(place) {
  const none = { longest: LONGEST, link: null, code: null };
  const tool = mountShare(place, none, (link) =>
    tool.take({ longest: LONGEST, link, code: codeOf(link) }),
  );
  return tool;
}

/** How others come in, large enough for the last row: the word, and a code for a camera. */

import { HERE_ALONE, drawnCode, leadsHereAlone } from "../drawing/code.js";
import { button, element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @param {string} word @param {(link: string) => void} wantCode */
export function invitation(word, wantCode) {
  const link = linkInto(word);
  const picture = element("div", { class: "qr" });
  const panel = element(
    "div",
    {
      popover: "auto",
      class: "panel",
      role: "dialog",
      "aria-label": _("how to come into the room"),
      on: { beforetoggle: (event) => event.newState === "open" && wantCode(link) },
    },
    element("p", {}, _("On the page, choose “room” in the corner and type")),
    element("p", { class: "large", "data-verbatim": true }, word),
    element("p", {}, _("or open this link, with the camera or by hand:")),
    picture,
    element("p", { class: "quiet", "data-verbatim": true }, link),
    leadsHereAlone() ? element("p", { class: "quiet" }, _(HERE_ALONE)) : null,
  );
  const opener = button(
    _("how to come into the room {word}", { word }),
    element("span", { "data-verbatim": true }, word),
    () => {},
    { class: "word" },
  );
  opener.popoverTargetElement = panel;
  return {
    opener,
    panel,
    /** @param {import("../drawing/code.js").Code|null} code */
    update(code) {
      if (code) picture.replaceChildren(drawnCode(code));
    },
    destroy() {
      panel.remove();
    },
  };
}

/** The first page of this app, in the room. @param {string} word */
function linkInto(word) {
  const { origin, pathname } = globalThis.location;
  const folder = pathname.slice(0, pathname.lastIndexOf("/") + 1);
  return `${origin}${folder}?${new URLSearchParams({ room: word })}`;
}

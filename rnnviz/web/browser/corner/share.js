/**
 * A button that opens the page's address: to be copied, and as a QR code. The address is read when
 * it opens, with all that the browser alone put there.
 */

import { copied } from "../drawing/clipboard.js";
import { HERE_ALONE, ON_DISK, drawnCode, isOnDisk, leadsHereAlone } from "../drawing/code.js";
import { button, element, write } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";

/** @typedef {import("./header.js").Share} Share */

const COPIED = N_("Copied.");
const REFUSED = N_("The browser lets no page copy here. The link is selected: copy it by hand.");
const TOO_LONG = N_(
  "This view's link is too long for a code that a camera could read: copy it, or undo some changes.",
);

/**
 * @param {HTMLElement} place @param {Share} first
 * @param {(link: string) => void} ask  for the code of a link
 * @returns {import("./header.js").Tool<Share>}
 */
export function mountShare(place, first, ask) {
  const field = element("input", { readonly: true, "aria-label": _("link to this view") });
  const said = element("span", { class: "quiet", role: "status" });
  const picture = element("div", { class: "qr", "data-testid": "qr" });
  const about = element("p", { class: "quiet" });
  const copy = button(_("copy the link to this view"), _("copy link"), onCopy, { class: "small" });
  const panel = element(
    "div",
    {
      popover: "auto",
      class: "panel",
      role: "dialog",
      "aria-label": _("share this view"),
      on: {
        beforetoggle: (event) => event.newState === "open" && prepare(),
        toggle: (event) => event.newState === "open" && field.select(),
      },
    },
    element("div", { class: "row" }, field, copy),
    said,
    picture,
    about,
  );
  const opener = button(_("share this view: a link, and its QR code"), _("share"), () => {}, {
    class: "small",
  });
  opener.popoverTargetElement = panel;
  place.append(opener, panel);
  const { longest } = first;
  let { link, code } = first;

  /** Whatever is shown of it is of the address as it is now, from the first moment on. */
  function prepare() {
    field.value = globalThis.location.href;
    write(said, "");
    draw();
    if (hasCode()) ask(field.value);
  }
  const hasCode = () => field.value.length <= longest && !isOnDisk();
  function remark() {
    if (isOnDisk()) return _(ON_DISK);
    if (!hasCode()) return _(TOO_LONG);
    return leadsHereAlone() ? _(HERE_ALONE) : "";
  }
  function draw() {
    write(about, remark());
    picture.hidden = !hasCode();
    picture.replaceChildren(...(code && link === field.value ? [drawnCode(code)] : []));
  }
  async function onCopy() {
    write(said, _((await copied(field.value)) ? COPIED : REFUSED));
    field.select();
  }
  return {
    take(next) {
      ({ link, code } = next);
      draw();
    },
    destroy() {
      opener.remove();
      panel.remove();
    },
  };
}

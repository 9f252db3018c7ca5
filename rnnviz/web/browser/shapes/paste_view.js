/** A line of one's own, pasted: it is read, never run, and becomes the call above. */

import { assign, element, touches, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

const ROWS = 3;
const EXAMPLE = "rnn = nn.GRU(10, 20, 2, bidirectional=True)";

/** @param {import("./context.js").Context} context */
export function pasteView({ store, edits }) {
  const box = element("textarea", {
    ...{ rows: ROWS, spellcheck: "false", autocapitalize: "off", autocomplete: "off" },
    ...{ class: "paste-box", placeholder: EXAMPLE, "aria-label": _("your own code") },
  });
  const read = element(
    "button",
    { type: "button", on: { click: () => edits.paste(box.value) } },
    _("Read it"),
  );
  const found = element("p", {
    class: "paste-found soft",
    role: "status",
    "data-testid": "pasted",
  });
  const room = element(
    "div",
    { class: "paste", hidden: true },
    element(
      "p",
      { class: "soft" },
      _("Paste the lines of your model: the module, and how it is called. They are read, not run."),
    ),
    box,
    element("div", { class: "paste-row" }, read, found),
  );
  const opener = element(
    "button",
    {
      ...{ type: "button", class: "text opener", "aria-expanded": "false" },
      on: {
        click() {
          room.hidden = !room.hidden;
          assign(opener, "aria-expanded", String(!room.hidden));
          if (!room.hidden) box.focus();
        },
      },
    },
    _("Paste code"),
  );
  return {
    opener,
    element: room,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (!touches(changed, "header", "mount")) return;
      const { pasted, isRefused } = store.state.header;
      write(found, pasted);
      found.classList.toggle("refused", isRefused);
    },
  };
}

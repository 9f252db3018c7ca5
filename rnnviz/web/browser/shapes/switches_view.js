/** What stands around the call: each is put in or taken away by a press, and is then in the code. */

import { assign, element, touches } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";
import { pasteView } from "./paste_view.js";

/**
 * @typedef {import("./header.js").CallHeader} CallHeader
 * @typedef {{key: string, label: string, isOn: (header: CallHeader) => boolean, isOffered:
 *   (header: CallHeader) => boolean, next: (header: CallHeader) => string}} Switch
 */

const TOKENS = "1000";
const CLASSES = "5";

/** @type {Switch[]} */
const SWITCHES = [
  {
    key: "lengths",
    label: N_("sequences of different lengths"),
    isOn: ({ hasLengths }) => hasLengths,
    isOffered: ({ isBatched }) => isBatched,
    next: (header) => (header.hasLengths ? "" : falling(header)),
  },
  {
    key: "packed",
    label: N_("packed"),
    isOn: ({ net }) => net.isPacked,
    isOffered: ({ hasLengths }) => hasLengths,
    next: ({ net }) => (net.isPacked ? "False" : "True"),
  },
  {
    key: "initial",
    label: N_("initial state given"),
    isOn: ({ isGiven }) => isGiven,
    isOffered: () => true,
    next: ({ isGiven }) => (isGiven ? "zeros" : "given"),
  },
  {
    key: "vocabulary",
    label: N_("Embedding before"),
    isOn: ({ vocabulary }) => vocabulary > 0,
    isOffered: () => true,
    next: ({ vocabulary }) => (vocabulary > 0 ? "0" : TOKENS),
  },
  {
    key: "outputs",
    label: N_("Linear after"),
    isOn: ({ outputs }) => outputs > 0,
    isOffered: () => true,
    next: ({ outputs }) => (outputs > 0 ? "0" : CLASSES),
  },
  {
    key: "batch",
    label: N_("batch axis"),
    isOn: ({ isBatched }) => isBatched,
    isOffered: () => true,
    next: ({ isBatched }) => (isBatched ? "0" : "3"),
  },
];

/** The first sequence whole, each other shorter. @param {CallHeader} header */
function falling({ net: { length, batch } }) {
  const short = Math.max(1, Math.round(length / 3));
  const span = Math.max(batch - 1, 1);
  const lengths = Array.from({ length: batch }, (_one, item) =>
    Math.round(length - ((length - short) * item) / span),
  );
  return lengths.join(";");
}

/** @param {import("./context.js").Context} context */
export function switchesView(context) {
  const { store, edits } = context;
  const buttons = SWITCHES.map((one) => {
    const press = () => edits.set(one.key, one.next(store.state.header));
    const node = element(
      "button",
      { type: "button", class: "chip", "data-switch": one.key, on: { click: press } },
      _(one.label),
    );
    return { one, node };
  });
  const paste = pasteView(context);
  const opener = context.canPaste ? paste.opener : null;
  const root = element(
    "section",
    { class: "switches", role: "group", "aria-label": _("around the call") },
    element("div", { class: "switches-row" }, ...buttons.map(({ node }) => node), opener),
    paste.element,
  );
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      paste.update(changed);
      if (!touches(changed, "header", "mount")) return;
      const { header } = store.state;
      for (const { one, node } of buttons) {
        assign(node, "aria-pressed", String(one.isOn(header)));
        node.hidden = !one.isOffered(header);
      }
    },
  };
}

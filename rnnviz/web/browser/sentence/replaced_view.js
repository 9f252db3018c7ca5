/** What another token in the place of the chosen one would change: a sentence, and the largest. */

import { element, touches, write } from "../drawing/dom.js";
import { percent, signed } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { changesAt } from "./looks.js";
import { replacedSays } from "./words.js";

const MOST = 8;

/** @param {import("./context.js").Context} context @returns {import("./context.js").View} */
export function replacedView({ store }) {
  const says = element("p", { class: "replaced", "data-testid": "replaced" });
  const names = [_("In its place"), _("Probability then"), _("Change of ln P")];
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  const body = element("tbody", { "data-verbatim": true });
  const table = element("table", {}, element("thead", {}, head), body);
  const summary = element("summary", {}, _("The largest changes"));
  return {
    element: element("div", {}, says, element("details", { open: true }, summary, table)),
    update(changed) {
      if (!touches(changed, "payload", "place")) return;
      const { payload, place } = store.state;
      const { logarithm, others } = payload.header;
      const changes = changesAt(payload, place);
      const order = changes.map((_change, k) => k);
      order.sort((a, b) => Math.abs(changes[b]) - Math.abs(changes[a]));
      write(says, replacedSays(payload.header, place, changes));
      body.replaceChildren(
        ...order.slice(0, MOST).map((k) => {
          const cells = [others[k], percent(Math.exp(logarithm + changes[k])), signed(changes[k])];
          return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
        }),
      );
    },
  };
}

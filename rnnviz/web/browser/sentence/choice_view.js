/** What the tokens are coloured by, and which unit of it. */

import { element, touches } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { sourcesOf, unitsOf } from "./looks.js";
import { nameOf, togetherOf } from "./words.js";

/** @param {import("./context.js").Context} context @returns {import("./context.js").View} */
export function choiceView({ store }) {
  const source = element("select", {
    on: { change: () => store.set({ source: sources()[source.selectedIndex] }) },
  });
  const unit = element("select", {
    on: {
      change: () => store.set({ unit: unit.selectedIndex === 0 ? null : unit.selectedIndex - 1 }),
    },
  });
  const sources = () => sourcesOf(store.state.payload.header);
  const ofUnit = element("label", {}, _("Unit"), " ", unit);

  function build() {
    const names = sources().map((one) => element("option", {}, nameOf(one)));
    source.replaceChildren(...names);
  }
  function show() {
    const { source: chosen, unit: which } = store.state;
    const units = unitsOf(chosen);
    source.selectedIndex = sources().findIndex((one) => nameOf(one) === nameOf(chosen));
    ofUnit.hidden = units === 0;
    unit.replaceChildren(
      element("option", {}, togetherOf(chosen)),
      ...Array.from({ length: units }, (_one, k) => element("option", {}, String(k + 1))),
    );
    unit.selectedIndex = which === null ? 0 : which + 1;
  }
  return {
    element: element(
      "div",
      { class: "choices" },
      element("label", {}, _("Coloured by"), " ", source),
      ofUnit,
    ),
    update(changed) {
      if (touches(changed, "payload")) build();
      if (touches(changed, "payload", "source", "unit")) show();
    },
  };
}

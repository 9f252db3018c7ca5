/** What the maps show: which colours, and of which layer and direction, if there are several. */

import { element, segmented } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";
import { colourBar } from "./maps.js";

/** @typedef {import("./looking.js").View} View */

/** @type {Array<[choice: string, shown: string]>} */
const COLOURS = [
  ["length", N_("length")],
  ["share", N_("÷ the last step's")],
];

/** @param {{colour: (choice: string) => void, way: (prefix: string) => void}} choose */
export function mapHead({ colour, way: choose }) {
  const choices = COLOURS.map(([key, shown]) => /** @type {[string, string]} */ ([key, _(shown)]));
  const colours = segmented(_("colour of the maps"), choices, colour);
  const bar = colourBar();
  const ways = element("select", {
    "aria-label": _("layer that maps and gates are of"),
    on: { change: () => choose(ways.value) },
  });
  const note = element("span", { class: "quiet" }, _("steps down, updates across"));
  const symbol = element("span", { "data-verbatim": true }, "‖dL/dhₜ‖ ");
  const title = element("h3", {}, symbol, note);
  return {
    element: element("div", { class: "colours" }, title, colours.element, ways, bar.element),
    /** @param {View} view @param {import("../drawing/scales.js").Axis} scale */
    show(view, scale) {
      const { all, way, isShare } = view;
      colours.show(isShare ? "share" : "length");
      bar.show(scale, view);
      const found = [...all.values()].flatMap(({ about }) => about.ways);
      const titles = new Map(found.map(({ prefix, title }) => [prefix, title]));
      const offered = [...titles].flat().join();
      if (ways.dataset.offered !== offered) {
        ways.dataset.offered = offered;
        const options = [...titles].map(([value, title]) => element("option", { value }, title));
        ways.replaceChildren(...options);
      }
      ways.value = titles.has(way) ? way : "";
      ways.hidden = titles.size < 2;
    },
  };
}

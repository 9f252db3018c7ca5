/** What a forecast leans on, as a map below its window: a line for each column that is read. */

import { element, write } from "../drawing/dom.js";
import { growingMap } from "../drawing/growing_map.js";
import { _ } from "../drawing/texts.js";
import { panel } from "./panels.js";
import { brief, leaningMost, leaningOn } from "./pictures.js";

/**
 * @typedef {import("./header.js").ForecastHeader} ForecastHeader
 * @typedef {import("./pictures.js").View} View
 */

const LINE = 14; // pixels: of a column in the map
const BESIDE = 140; // for the names of columns

/** @param {import("../drawing/paint.js").Ink} ink @param {(row: number) => void} press */
export function leaningPanel(ink, press) {
  const map = growingMap();
  const caption = element("p", { class: "caption" });
  const node = element("div", { class: "leaning" });
  /** @type {ReturnType<typeof panel>|null} */
  let drawn = null;
  let many = 0;
  /** A map as high as there are columns. @param {number} columns */
  function sized(columns) {
    if (drawn !== null && columns === many) return drawn;
    drawn?.destroy();
    many = columns;
    drawn = panel(_("∂ŷ/∂x"), { height: 16 + LINE * columns, beside: BESIDE, bottom: 8 }, ink, {
      press,
    });
    node.replaceChildren(drawn.element, caption);
    return drawn;
  }
  return {
    element: node,
    /** @param {View} view @param {import("../drawing/theme.js").Theme} theme */
    show(view, theme) {
      const { header, numbers } = view;
      const [rows, most] = [header.leaning.inputs.length, leaningMost(view)];
      const values = Float64Array.from(numbers("leaning"));
      const look = { ramp: theme.signed, low: -most, high: most, ...theme };
      const of = (/** @type {number} */ k) => values.slice(k * rows, (k + 1) * rows);
      map.grow(header.window, rows, of, look, String(values));
      sized(rows).draw(leaningOn(view, map.lay));
      write(caption, captionOf(header, most));
    },
    destroy: () => drawn?.destroy(),
  };
}

/** @param {ForecastHeader} header @param {number} most */
function captionOf({ ahead, target, leaning }, most) {
  return _(
    "How far run {run}'s forecast {ahead} ahead moves, in the units of “{target}”, when a number that it read is one standard deviation larger: blue down, orange up, full colour at {most}.",
    { run: leaning.letter, ahead, target, most: brief(most) },
  );
}

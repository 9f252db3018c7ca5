/** A chart under its title, with a few words on how to read it. */

import { element, write } from "../drawing/dom.js";
import { chart } from "./chart.js";

/** @param {string} title @param {string} note @param {number} height in pixels @param {object} report  choose, hover, zoom, all */
export function panel(title, note, height, report) {
  const drawing = chart({ height, label: title, ...report });
  const noted = element("span", { class: "quiet" }, note);
  const node = element(
    "section",
    { class: "panel" },
    element("h3", {}, title, " ", noted),
    drawing.element,
  );
  return {
    element: node,
    draw: drawing.draw.bind(drawing),
    destroy: drawing.destroy,
    note: (text) => write(noted, text),
  };
}

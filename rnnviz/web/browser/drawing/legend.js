/** Legends: a line as it is drawn, its name, and its number. */

import { keyMarks } from "./chart_plan.js";
import { element, svg, write } from "./dom.js";
import { paintSvg } from "./paint.js";

/** @typedef {import("./chart_plan.js").Look} Look */

/** @param {Look} look */
export function lineKey(look) {
  const key = svg("svg", { class: "line-key", width: 30, height: 10, "aria-hidden": "true" });
  paintSvg(key, keyMarks(look));
  return key;
}

/** An entry with a number that changes. @param {Look} look @param {...(Node|string)} name */
export function legendEntry(look, ...name) {
  const value = element("b", { class: "value" });
  return {
    element: element("span", { class: "entry" }, lineKey(look), ...name, value),
    show: (/** @type {string} */ text) => write(value, text),
    value,
  };
}

/** A watched training in a file: its figure, in the colours of its reader's theme. */

import { recoloured } from "../drawing/recoloured.js";
import { onOtherColours } from "./data.js";

/** @typedef {{data: unknown[], layout: object}} Figure */
/** @typedef {(place: HTMLElement, data: unknown[], layout: object, config: object) => void} React */

const { Plotly } = /** @type {{Plotly: {react: React}}} */ (/** @type {unknown} */ (window));
const place = /** @type {HTMLElement} */ (document.getElementById("figure"));
/** @type {{figure: Figure, dark: Record<string, string>}} */
const { figure, dark } = JSON.parse(String(document.getElementById("drawn")?.textContent));

function draw() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const { data, layout } = recoloured(figure, isDark ? dark : {});
  Plotly.react(place, data, layout, { responsive: true });
}

onOtherColours(draw);
draw();

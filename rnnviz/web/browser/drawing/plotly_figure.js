/**
 * A chart as a Plotly figure, plain JSON: `plotly.io.read_json` opens it, to zoom, to compare and to
 * go on with. No DOM.
 */

import { ALPHA } from "./areas.js";
import { styled } from "./picture.js";
import { _ } from "./texts.js";

/**
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./picture.js").Styled & import("./picture.js").Numbers} Drawn
 * @typedef {import("./paint.js").Ink} Ink
 * @typedef {Record<string, unknown>} Trace
 */

/** @type {Record<import("./marks.js").Shape, string>} */
const SYMBOLS = {
  circle: "circle-open",
  square: "square-open",
  triangle: "triangle-up-open",
  diamond: "diamond-open",
  cross: "cross-thin-open",
  kite: "triangle-down-open",
};
const same = (/** @type {number} */ value) => value;

/**
 * Every number of every line, none thinned out; levels and signs as lines of their own. An infinite
 * number has no place in JSON: it is null, as what was not computed is.
 * @param {Picture} picture @param {string} title @param {Ink} ink  a colour as it is seen
 */
export function figureOf(picture, title, ink) {
  const { across, up, lines, areas = [], levels = [], signs = [] } = picture;
  const [x, y] = [across.number ?? same, up.number ?? same];
  const wide = [across.low, across.high].map(across.at).map(x);
  const tall = [up.low, up.high].map(up.at).map(y);
  const data = [
    ...areas.flatMap((area) => areaTraces(area, x, y, ink)),
    ...lines.map((line) => traceOf(styled(line), x, y, ink)),
    ...levels.map(({ value, label, colour }) =>
      ruleOf(wide, [y(value), y(value)], label, ink(colour ?? "var(--soft)")),
    ),
    ...signs.map(({ at, text, colour }) => ruleOf([x(at), x(at)], tall, text, ink(colour))),
  ];
  const layout = {
    title: { text: title },
    xaxis: { title: { text: across.unit ?? _("step") }, gridcolor: ink("var(--line)") },
    yaxis: {
      type: up.isLog ? "log" : "linear",
      range: [up.low, up.high],
      gridcolor: ink("var(--line)"),
    },
    font: { color: ink("var(--ink)") },
    paper_bgcolor: ink("var(--ground)"),
    plot_bgcolor: ink("var(--ground)"),
  };
  return { data, layout };
}

/**
 * @param {Drawn} line @param {(value: number) => number} x @param {(value: number) => number} y
 * @param {Ink} ink
 * @returns {Trace}
 */
function traceOf({ name, title, values, at, colour, dash, marker, width, alpha }, x, y, ink) {
  const seen = ink(colour);
  return {
    type: "scatter",
    mode: marker ? "lines+markers" : "lines",
    name: title ?? name,
    showlegend: title !== undefined,
    opacity: alpha,
    x: Array.from(values, (_, k) => x(at ? at[k] : k)),
    y: Array.from(values, y),
    line: { color: seen, width, dash: dash.length ? dash.map((n) => `${n}px`).join() : "solid" },
    ...(marker ? { marker: { symbol: SYMBOLS[marker], color: seen } } : {}),
  };
}

/**
 * A lower edge that is not named, and an upper one that is filled down to it.
 * @param {import("./picture.js").Area} area @param {(value: number) => number} x
 * @param {(value: number) => number} y @param {Ink} ink
 * @returns {Trace[]}
 */
function areaTraces({ title, colour, at, upper, lower }, x, y, ink) {
  const edge = { type: "scatter", mode: "lines", x: at.map(x), line: { width: 0 } };
  const numbers = (/** @type {ArrayLike<number>} */ values) => at.map((_, k) => y(values[k]));
  const fill = { fill: "tonexty", fillcolor: ink(colour), opacity: ALPHA };
  return [
    { ...edge, y: numbers(lower), showlegend: false, hoverinfo: "skip" },
    { ...edge, ...fill, y: numbers(upper), name: title },
  ];
}

/** @param {number[]} x @param {number[]} y @param {string} name @param {string} colour @returns {Trace} */
function ruleOf(x, y, name, colour) {
  const line = { color: colour, width: 1, dash: "dash" };
  return { type: "scatter", mode: "lines", name, x, y, line };
}

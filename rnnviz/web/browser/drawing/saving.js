/**
 * A chart as a file: PNG for a page, SVG for slides, a Plotly figure to zoom and compare, all in the
 * colours that are on the screen.
 */

import { element, svg } from "./dom.js";
import { download } from "./download.js";
import { paintCanvas, paintSvg } from "./paint.js";
import { contextOf } from "./plot.js";
import { figureOf } from "./plotly_figure.js";
import { sheetOf } from "./sheet.js";
import { _ } from "./texts.js";
import { resolver } from "./theme.js";

const FINE = 2; // pixels of a PNG for each of the sheet's

/**
 * @typedef {import("./chart_plan.js").Picture} Picture
 * @typedef {import("./paint.js").Ink} Ink
 * @typedef {{picture: Picture, at: number|null, title: string, ink: Ink, fontFamily: string}} Shown
 * @typedef {(shown: Shown) => Blob|Promise<Blob>} Filing
 */

/** What it is called where it is chosen → the ending of the file, and how it is made. */
/** @type {Record<string, {ending: string, file: Filing}>} */
const KINDS = {
  PNG: { ending: "png", file: png },
  SVG: { ending: "svg", file: svgFile },
  Plotly: { ending: "plotly.json", file: plotly },
};

/**
 * @param {string} title  also the file's name
 * @param {() => {picture: import("./chart_plan.js").Picture|null, at: number|null}} shown
 */
export function saving(title, shown) {
  const buttons = Object.keys(KINDS).map((kind) =>
    element("button", { type: "button", on: { click: () => save(kind) } }, kind),
  );
  const label = _("save the chart: {title}", { title });
  const summary = element("summary", { "aria-label": label }, _("save"));
  const menu = element("details", { class: "saving" }, summary, ...buttons);
  /** @param {string} kind */
  async function save(kind) {
    menu.open = false;
    const { picture, at } = shown();
    if (picture === null) return;
    const { fontFamily } = getComputedStyle(menu);
    const { ending, file } = KINDS[kind];
    const made = await file({ picture, at, title, ink: resolver(menu), fontFamily });
    download(made, `${named(title)}.${ending}`);
  }
  return menu;
}

/** @type {Filing} */
function png({ picture, at, title, ink, fontFamily }) {
  const { width, height, marks } = sheetOf(picture, at, title);
  const canvas = element("canvas", { width: FINE * width, height: FINE * height });
  const context = contextOf(canvas);
  context.scale(FINE, FINE);
  paintCanvas(context, marks, ink, fontFamily);
  return new Promise((done, fail) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : fail(new Error("the browser makes no PNG of it"))),
      "image/png",
    ),
  );
}

/** @type {Filing} */
function svgFile({ picture, at, title, ink, fontFamily }) {
  const { width, height, marks } = sheetOf(picture, at, title);
  const viewBox = `0 0 ${width} ${height}`;
  const sheet = svg("svg", { width, height, viewBox, "font-family": fontFamily });
  paintSvg(sheet, marks, ink);
  return new Blob([new XMLSerializer().serializeToString(sheet)], { type: "image/svg+xml" });
}

/** @type {Filing} */
function plotly({ picture, title, ink }) {
  return new Blob([JSON.stringify(figureOf(picture, title, ink))], { type: "application/json" });
}

/** A title as a file's name. @param {string} title */
const named = (title) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");

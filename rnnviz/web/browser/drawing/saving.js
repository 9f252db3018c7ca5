/** A chart as a file: PNG for a page, SVG for slides, in the colours that are on the screen. */

import { element, svg } from "./dom.js";
import { paintCanvas, paintSvg } from "./paint.js";
import { contextOf } from "./plot.js";
import { sheetOf } from "./sheet.js";
import { resolver } from "./theme.js";

const FINE = 2; // pixels of a PNG for each of the sheet's

/**
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./paint.js").Ink} Ink
 * @typedef {"PNG"|"SVG"} Kind
 * @typedef {(sheet: Sheet, ink: Ink, fontFamily: string) => Blob|Promise<Blob>} Filing
 */

/**
 * @param {string} title  also the file's name
 * @param {() => {picture: import("./chart_plan.js").Picture|null, at: number|null}} shown
 */
export function saving(title, shown) {
  const as = (/** @type {Kind} */ kind, /** @type {Filing} */ file) =>
    element("button", { type: "button", on: { click: () => save(kind, file) } }, kind);
  const summary = element("summary", { "aria-label": `save the chart: ${title}` }, "save");
  const menu = element("details", { class: "saving" }, summary, as("PNG", png), as("SVG", svgFile));
  /** @param {Kind} kind @param {Filing} file */
  async function save(kind, file) {
    menu.open = false;
    const { picture, at } = shown();
    if (picture === null) return;
    const { fontFamily } = getComputedStyle(menu);
    download(await file(sheetOf(picture, at, title), resolver(menu), fontFamily), title, kind);
  }
  return menu;
}

/** @type {Filing} */
function png({ width, height, marks }, ink, fontFamily) {
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
function svgFile({ width, height, marks }, ink, fontFamily) {
  const viewBox = `0 0 ${width} ${height}`;
  const picture = svg("svg", { width, height, viewBox, "font-family": fontFamily });
  paintSvg(picture, marks, ink);
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
}

/** @param {Blob} blob @param {string} title @param {Kind} kind */
function download(blob, title, kind) {
  const name = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
  const href = URL.createObjectURL(blob);
  const link = element("a", { href, download: `${name}.${kind.toLowerCase()}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

/** A chart as a file: PNG for a page, SVG for slides, in the colours that are on the screen. */

import { element, svg } from "./dom.js";
import { paintCanvas, paintSvg } from "./paint.js";
import { sheetOf } from "./sheet.js";
import { resolver } from "./theme.js";

const FINE = 2; // pixels of a PNG for each of the sheet's

/**
 * @param {string} title  also the file's name
 * @param {() => {picture: import("./chart_plan.js").Picture|null, at: number|null}} shown
 */
export function saving(title, shown) {
  const as = (kind, file) =>
    element("button", { type: "button", on: { click: () => save(kind, file) } }, kind);
  const summary = element("summary", { "aria-label": `save the chart: ${title}` }, "save");
  const menu = element("details", { class: "saving" }, summary, as("PNG", png), as("SVG", svgFile));
  async function save(kind, file) {
    menu.open = false;
    const { picture, at } = shown();
    if (picture === null) return;
    const { fontFamily } = getComputedStyle(menu);
    download(await file(sheetOf(picture, at, title), resolver(menu), fontFamily), title, kind);
  }
  return menu;
}

function png({ width, height, marks }, ink, fontFamily) {
  const canvas = element("canvas", { width: FINE * width, height: FINE * height });
  const context = canvas.getContext("2d");
  context.scale(FINE, FINE);
  paintCanvas(context, marks, ink, fontFamily);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function svgFile({ width, height, marks }, ink, fontFamily) {
  const viewBox = `0 0 ${width} ${height}`;
  const picture = svg("svg", { width, height, viewBox, "font-family": fontFamily });
  paintSvg(picture, marks, ink);
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
}

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

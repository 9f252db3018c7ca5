/** The diagram as an SVG file for slides: drawn anew in light colours, whatever the theme. */

import { css } from "../../drawing/colours.js";
import { element } from "../../drawing/dom.js";
import { download } from "../../drawing/download.js";
import { svgFile } from "../../drawing/svg_file.js";
import { readTheme } from "../../drawing/theme.js";
import { diagramPicture } from "./diagram_picture.js";
import { layerName } from "../words.js";

const LIGHT =
  "--st-background-color:#ffffff;--st-text-color:#1f2933;position:absolute;left:-9999px";

/**
 * @param {import("../context.js").Context} context @param {Element} place  on the page, where it is drawn
 *   for as long as this takes
 */
export function saveDiagram(context, place) {
  const { header, store, model } = context;
  const { layer, step, unit } = store.state;
  const title = `The cell of ${layerName(header, layer)} at step ${step + 1} of ${model.T}`;
  const description =
    `${header.title} Numbers are of unit ${unit + 1}; squares are units; faint wires carry ` +
    "little.";
  const text = inLight(context, place, { title, description });
  download(new Blob([text], { type: "image/svg+xml" }), `cell-step-${step + 1}.svg`);
}

/**
 * @param {import("../context.js").Context} context @param {Element} place
 * @param {{title: string, description: string}} words
 */
function inLight(context, place, words) {
  const host = element("div", { class: "rnnviz", style: LIGHT, "aria-hidden": "true" });
  place.append(host);
  const theme = readTheme(host);
  const picture = diagramPicture({ ...context, theme: () => theme });
  host.append(picture.element);
  picture.build();
  picture.show();
  picture.point();
  const about = { ...words, ground: css(theme.ground), resolve: theme.resolve };
  const text = svgFile(picture.element, about);
  host.remove();
  return text;
}

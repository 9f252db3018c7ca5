/**
 * An SVG of the page as a file of its own: what the style sheets say of it is written into it, in
 * words every program knows, and nothing in it points elsewhere.
 */

import { assign, svg } from "./dom.js";

const PAINTS = ["fill", "stroke"];
const LOOKS = [
  ...PAINTS,
  ...["stroke-width", "stroke-dasharray", "stroke-linejoin", "text-anchor"],
  ...["font-family", "font-size", "font-style", "font-weight"],
];
const PLACES = ["x", "y", "dx", "dy", "width", "height", "rx", "d", "transform"];
const MARGIN = 8;

/**
 * @param {SVGSVGElement} picture  on the page, where its styles hold
 * @param {{title: string, description: string, ground: string, resolve: Resolve}}
 *   about  ground: the colour behind it. resolve: any colour of CSS as rgb(…)
 * @returns {string}
 */
export function svgFile(picture, { title, description, ground, resolve }) {
  const { x, y, width, height } = picture.viewBox.baseVal;
  const box = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN];
  const sheet = { x: box[0], y: box[1], width: box[2], height: box[3] };
  const file = copied(picture, {}, resolve);
  if (file === null) throw new Error("the picture is not to be seen");
  const about = { viewBox: box.join(" "), width: box[2], height: box[3], role: "img" };
  for (const [name, value] of Object.entries(about)) assign(file, name, value);
  file.prepend(
    svg("title", {}, title),
    svg("desc", {}, description),
    svg("rect", { ...sheet, fill: ground, stroke: "none" }),
  );
  return new XMLSerializer().serializeToString(file);
}

/** @typedef {Record<string, string>} Looks  by name; what a style sheet says of an element */
/** @typedef {(colour: string) => string} Resolve */

/**
 * With all that is to be seen in it; said is what does not hold of the element around it already.
 * @param {SVGElement} node @param {Looks} around @param {Resolve} resolve
 * @returns {SVGElement|null}
 */
function copied(node, around, resolve) {
  const styles = getComputedStyle(node);
  if (styles.visibility === "hidden") return null;
  const looks = looksOf(node, styles, resolve);
  const said = Object.entries(looks).filter(([name, value]) => value !== around[name]);
  const places = PLACES.filter((name) => node.hasAttribute(name));
  const children = [...node.childNodes].map((child) => {
    if (child instanceof Text) return child.data;
    return child instanceof SVGElement ? copied(child, looks, resolve) : null;
  });
  const attributes = {
    ...Object.fromEntries(places.map((name) => [name, node.getAttribute(name)])),
    ...Object.fromEntries(said),
    opacity: styles.opacity === "1" ? null : styles.opacity,
    ...(node instanceof SVGTextElement ? roomOf(node) : {}),
  };
  const tag = /** @type {keyof SVGElementTagNameMap} */ (node.tagName);
  return svg(tag, attributes, ...children);
}

/**
 * Letters have no outline: few programs know to draw it behind them, as the page does.
 * @param {SVGElement} node @param {CSSStyleDeclaration} styles @param {Resolve} resolve
 */
function looksOf(node, styles, resolve) {
  /** @type {Looks} */
  const looks = {};
  for (const name of LOOKS) looks[name] = styles.getPropertyValue(name).replaceAll("px", "");
  for (const name of PAINTS) if (looks[name] !== "none") looks[name] = resolve(looks[name]);
  return node instanceof SVGTextContentElement ? { ...looks, stroke: "none" } : looks;
}

/**
 * A word is as wide as on the page, also where another font has to stand in for the page's.
 * @param {SVGTextElement} text
 */
function roomOf(text) {
  if ((text.textContent ?? "").length < 2) return {};
  const textLength = text.getComputedTextLength().toFixed(1);
  return { textLength, lengthAdjust: "spacingAndGlyphs" };
}

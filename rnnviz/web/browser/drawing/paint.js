/** Marks on a canvas or in an SVG: the only place that knows how either draws one. */

import { assign, element, svg, write } from "./dom.js";
import { outlinesOf, pathOf, symbolsOf } from "./marks.js";
import { magnification, planned } from "./magnified.js";
import { contextOf, fitCanvas } from "./plot.js";

const HALO = 3;
const SIZE = 12; // of text, in pixels

/**
 * @typedef {import("./marks.js").Kind} Kind
 * @typedef {import("./dom.js").Value} Value
 * @typedef {(colour: string) => string} Ink
 * @typedef {{"aria-label": string, height: number}} About  height: in pixels
 *
 * @typedef {Object} Surface  where marks are drawn
 * @property {HTMLElement|SVGElement} element
 * @property {(size: {width: number, height: number}, marks: Mark[], over: Mark[]) => void} paint
 *   over: what lies over the marks, and changes while they do not
 */
/**
 * @template {Kind} [K=Kind]
 * @typedef {import("./marks.js").Mark<K>} Mark
 */

/**
 * An SVG that is changed in place: what stays as it was is left alone.
 * @param {About} attributes
 * @returns {Surface}
 */
export function svgSurface({ height: high, ...attributes }) {
  const style = `height:${planned(high)}`;
  const [lasting, passing] = [svg("g"), svg("g", { class: "passing" })];
  const picture = svg(
    "svg",
    { class: "chart", role: "img", style, ...attributes },
    lasting,
    passing,
  );
  /** @type {Mark[]|null} */
  let drawn = null; // the same array again: it is there already
  return {
    element: picture,
    paint({ width, height }, marks, over) {
      assign(picture, "viewBox", `0 0 ${width} ${height}`);
      if (marks !== drawn) paintSvg(lasting, marks);
      drawn = marks;
      paintSvg(passing, over);
    },
  };
}

/**
 * A canvas, for what is drawn anew many times a second.
 * @param {About} about @param {Ink} ink
 * @returns {Surface}
 */
export function canvasSurface({ height, ...attributes }, ink) {
  const style = `height:${planned(height)}`;
  const canvas = element("canvas", { class: "chart", role: "img", style, ...attributes });
  return {
    element: canvas,
    paint({ width }, marks, over) {
      const times = magnification();
      const ratio = (globalThis.devicePixelRatio || 1) * times;
      fitCanvas(canvas, width * times, height * times);
      const context = contextOf(canvas);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      paintCanvas(context, [...marks, ...over], ink, getComputedStyle(canvas).fontFamily);
    },
  };
}

/** A line's colour in letters: where contrast counts most, nearer to the ink. @param {string} colour */
const lettered = (colour) => `color-mix(in oklab, ${colour} var(--hue, 100%), var(--ink))`;

/** @param {Element} group @param {Mark[]} marks @param {Ink} [ink]  unless given, as they are */
export function paintSvg(group, marks, ink = (colour) => colour) {
  while (group.children.length > marks.length) group.lastElementChild?.remove();
  marks.forEach((mark, k) => {
    let node = group.children[k];
    if (node?.getAttribute("data-mark") !== mark.kind) {
      node?.remove();
      node = svg(TAGS[mark.kind], { "data-mark": mark.kind });
      group.insertBefore(node, group.children[k] ?? null);
    }
    const attributes = attributesOf(mark, ink);
    for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
    if (mark.kind === "text") write(node, mark.text);
  });
}

/** @type {Record<Kind, keyof SVGElementTagNameMap>} */
const TAGS = {
  line: "path",
  area: "path",
  dots: "path",
  rule: "line",
  text: "text",
  rect: "rect",
  image: "image",
};
/** @type {{[K in Kind]: (mark: Mark<K>, ink: Ink) => Record<string, Value>}} */
const ATTRIBUTES = {
  line: ({ runs, colour, width, dash, alpha, name }, ink) => ({
    d: pathOf(runs),
    fill: "none",
    stroke: ink(colour),
    "stroke-width": width,
    "stroke-dasharray": dash.join(" "),
    "stroke-linecap": dash[0] === 1 ? "round" : "butt",
    "stroke-linejoin": "round",
    opacity: alpha,
    "data-line": name,
  }),
  area: ({ runs, fill, alpha, name }, ink) => ({
    d: outlinesOf(runs),
    fill: ink(fill),
    stroke: "none",
    opacity: alpha,
    "data-area": name,
  }),
  dots: (mark, ink) => ({
    d: symbolsOf(mark),
    fill: ink(mark.fill),
    stroke: ink(mark.colour),
    "stroke-width": mark.width,
  }),
  rule: ({ x1, y1, x2, y2, colour, width, dash = [] }, ink) => ({
    ...{ x1, y1, x2, y2 },
    stroke: ink(colour),
    "stroke-width": width,
    "stroke-dasharray": dash.join(" "),
  }),
  text: ({ x, y, anchor, colour, size = SIZE, weight, hasHalo }, ink) => ({
    ...{ x, y },
    "text-anchor": anchor,
    fill: ink(lettered(colour)),
    "font-size": size,
    "font-weight": weight,
    "paint-order": "stroke",
    stroke: hasHalo ? ink("var(--ground)") : "none",
    "stroke-width": HALO,
  }),
  rect: ({ x, y, width, height, fill }, ink) => ({ x, y, width, height, fill: ink(fill) }),
  image: ({ x, y, width, height, left, across, lay }) => {
    const paper = element("canvas", { width: 2 * width, height: 2 * height });
    const context = contextOf(paper);
    context.scale(2, 2);
    lay(context, { left: left - x, top: 0, width: across, height });
    return { x, y, width, height, href: paper.toDataURL() };
  },
};

/** @template {Kind} K @param {Mark<K>} mark @param {Ink} ink */
function attributesOf(mark, ink) {
  return ATTRIBUTES[mark.kind](mark, ink);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Mark[]} marks @param {Ink} ink
 * @param {string} fontFamily
 */
export function paintCanvas(context, marks, ink, fontFamily) {
  for (const mark of marks) {
    context.save();
    stroke(context, mark, ink, fontFamily);
    context.restore();
  }
}

/**
 * @template {Kind} K
 * @param {CanvasRenderingContext2D} context @param {Mark<K>} mark @param {Ink} ink
 * @param {string} fontFamily
 */
function stroke(context, mark, ink, fontFamily) {
  STROKES[mark.kind](context, mark, ink, fontFamily);
}

/**
 * @type {{[K in Kind]: (context: CanvasRenderingContext2D, mark: Mark<K>, ink: Ink, fontFamily:
 *   string) => void}}
 */
const STROKES = {
  line(context, { runs, colour, width, dash, alpha }, ink) {
    context.globalAlpha = alpha;
    context.lineJoin = "round";
    context.lineCap = dash[0] === 1 ? "round" : "butt";
    pen(context, ink(colour), width, dash);
    context.beginPath();
    for (const run of runs)
      for (let k = 0; k < run.length; k += 2) {
        if (k === 0) context.moveTo(run[0], run[1]);
        else context.lineTo(run[k], run[k + 1]);
      }
    context.stroke();
  },
  area(context, { runs, fill, alpha }, ink) {
    context.globalAlpha = alpha;
    context.fillStyle = ink(fill);
    context.fill(new Path2D(outlinesOf(runs)));
  },
  rule(context, { x1, y1, x2, y2, colour, width, dash = [] }, ink) {
    pen(context, ink(colour), width, dash);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  },
  dots(context, mark, ink) {
    const path = new Path2D(symbolsOf(mark));
    context.fillStyle = ink(mark.fill);
    context.fill(path);
    pen(context, ink(mark.colour), mark.width);
    if (mark.width > 0) context.stroke(path);
  },
  text(context, { x, y, text, anchor, colour, size = SIZE, weight = 400, hasHalo }, ink, family) {
    context.font = `${weight} ${size}px ${family}`;
    context.textAlign = anchor === "middle" ? "center" : anchor;
    pen(context, ink("var(--ground)"), HALO);
    context.lineJoin = "round";
    if (hasHalo) context.strokeText(text, x, y);
    context.fillStyle = ink(lettered(colour));
    context.fillText(text, x, y);
  },
  rect(context, { x, y, width, height, fill }, ink) {
    context.fillStyle = ink(fill);
    context.fillRect(x, y, width, height);
  },
  image(context, { x, y, width, height, left, across, lay }) {
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    lay(context, { left, top: y, width: across, height });
  },
};

/**
 * @param {CanvasRenderingContext2D} context @param {string} colour @param {number} width
 * @param {number[]} [dash]
 */
function pen(context, colour, width, dash = []) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
}

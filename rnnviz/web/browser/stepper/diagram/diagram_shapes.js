/**
 * The shapes of the diagram's nodes: ends of wires, boxes, circles and pills, each with its units.
 *
 * @typedef {import("./diagram_places.js").Box} Box
 * @typedef {import("./diagram_places.js").Point} Point
 * @typedef {import("../header.js").DiagramNode} DiagramNode
 *
 * @typedef {{boxes: Box[], wires: Point[][], exits: Point[]}} Around  exits: where its own wires
 *   leave
 * @typedef {{node: DiagramNode, number: SVGTextContentElement, size: number, title: string,
 *   words: import("../words.js").Words, around: Around}} What  number: where its number is to
 *   stand. size: how many units it has. words: what values are called
 * @typedef {{parts: Element[], strip: import("./unit_strip.js").UnitStrip, label: Box}} Shape
 *   label: the room it takes
 */

import { assign, svg } from "../../drawing/dom.js";
import { term } from "../../drawing/term.js";
import { boxAround, freePlace } from "./diagram_places.js";
import { unitStrip } from "./unit_strip.js";
import { splitSymbol } from "../words.js";

const LABEL = { width: 58, height: 27 };
const END_TEXT = 100;

/**
 * By kind of node: what is drawn.
 * @type {Map<DiagramNode["kind"], (what: What) => Shape>}
 */
export const SHAPES = new Map([
  ["leaf", ends],
  ["state", ends],
  ["gate", box],
  ["operator", circle],
  ["function", pill],
]);

/**
 * Where a state or the input comes in or goes out: its symbol and number over its units.
 * @param {What} what @returns {Shape}
 */
function ends({ node, number, size, title, around }) {
  const left = node.x - node.width / 2,
    top = node.y - node.height / 2;
  const goesUp = around.exits.some(([, y]) => y <= top);
  const y = goesUp ? top + 8 : node.y;
  const strip = unitStrip({
    name: node.name,
    size,
    x: left + 3,
    y: y - 6,
    width: node.width - 6,
    height: 12,
    role: node.role,
  });
  const ground = svg("rect", {
    class: "end-ground",
    x: left,
    y: y - 9,
    width: node.width,
    height: 18,
    rx: 4,
  });
  const at = { x: left + 2, y: goesUp ? y + 24 : y - 14 };
  const text = svg(
    "text",
    { class: "node-symbol", ...at },
    ...symbolSpans(title),
    svg("tspan", { class: "node-equals" }, " = "),
    number,
  );
  return {
    parts: [ground, text, strip.element],
    strip,
    label: withText(boxAround(node.x, node.y - 8, node.width, node.height + 8)),
  };
}

/** Its symbol and number may be wider than it is. @param {Box} box @returns {Box} */
function withText(box) {
  return { ...box, right: Math.max(box.right, box.left + END_TEXT) };
}

/**
 * A title, the units, what is computed with the chosen unit's number, and what it is for.
 * @param {What} what @returns {Shape}
 */
function box({ node, number, size, title, words }) {
  const left = node.x - node.width / 2,
    top = node.y - node.height / 2;
  const strip = unitStrip({
    name: node.name,
    size,
    x: left + 7,
    y: top + 24,
    width: node.width - 14,
    height: 14,
    role: node.role,
  });
  const outline = svg("rect", {
    class: "node-box",
    x: left,
    y: top,
    width: node.width,
    height: node.height,
    rx: 9,
  });
  const line = (/** @type {string} */ name, /** @type {number} */ down) => ({
    class: name,
    x: node.x,
    y: top + down,
    "text-anchor": "middle",
  });
  const isPart = node.name.includes(".");
  const spans = isPart ? symbolSpans(title) : [title];
  const text = svg("text", { ...line("node-title", 18), "data-room": node.width - 6 }, ...spans);
  if (!isPart) term(text, words.term(node.name), words.purpose(node.name));
  const about = { ...line("node-does", 74), "data-room": node.width - 6 };
  const purpose = svg("text", about, words.does(node.name));
  const room = node.width - 52; // what the number beside it needs is left
  const badge = svg(
    "text",
    { class: "node-badge", x: left + 6, y: top + 56, "data-room": room },
    node.text,
  );
  place(number, left + node.width - 6, top + 56, "end");
  return {
    parts: [outline, text, number, strip.element, badge, purpose],
    strip,
    label: boxAround(node.x, node.y, node.width, node.height),
  };
}

/** @param {What} what @returns {Shape} */
function circle(what) {
  return sign(what, { class: "sign", down: 6 });
}

/** @param {What} what @returns {Shape} */
function pill(what) {
  return sign(what, { class: "node-function", down: 4 });
}

/**
 * A text in a rounded outline. down: its baseline below the middle.
 * @param {What} what @param {{class: string, down: number}} look @returns {Shape}
 */
function sign({ node, number, size, around }, { down, ...look }) {
  const outline = svg("rect", {
    class: "node-sign",
    x: node.x - node.width / 2,
    y: node.y - node.height / 2,
    width: node.width,
    height: node.height,
    rx: node.height / 2,
  });
  const place = { x: node.x, y: node.y + down, "text-anchor": "middle" };
  const text = svg("text", { ...look, ...place }, node.text);
  return beside({ node, number, size, around, parts: [outline, text] });
}

/**
 * A number and its units where they cover no wire.
 * @param {Omit<What, "title"|"words"> & {parts: Element[]}} what  parts: what is drawn of it already
 * @returns {Shape}
 */
function beside({ node, number, size, around, parts }) {
  const dx = node.width / 2 + LABEL.width / 2 - 2,
    dy = node.height / 2 + LABEL.height / 2 - 4;
  const flat = node.width / 2 + LABEL.width / 2 + 4,
    steep = node.height / 2 + LABEL.height / 2 + 2;
  const offsets = [
    [dx, dy],
    [dx, -dy],
    [-dx, dy],
    [-dx, -dy],
    [flat, 0],
    [-flat, 0],
    [0, steep],
    [0, -steep],
  ];
  const places = offsets.map(([x, y]) =>
    boxAround(node.x + x, node.y + y, LABEL.width, LABEL.height),
  );
  const label = freePlace(places, around.boxes, around.wires);
  const strip = unitStrip({
    name: node.name,
    size,
    x: label.left + 4,
    y: label.bottom - 9,
    width: LABEL.width - 8,
    height: 7,
    role: node.role,
  });
  const anchor = label.left >= node.x ? "start" : label.right <= node.x ? "end" : "middle";
  place(
    number,
    { start: label.left + 4, end: label.right - 4, middle: (label.left + label.right) / 2 }[anchor],
    label.top + 14,
    anchor,
  );
  number.classList.add("beside");
  return { parts: [...parts, number, strip.element], strip, label };
}

/**
 * @param {SVGElement} text @param {number} x @param {number} y
 * @param {"start"|"middle"|"end"} anchor
 */
function place(text, x, y, anchor) {
  assign(text, "x", x);
  assign(text, "y", y);
  assign(text, "text-anchor", anchor);
}

/** Symbols with their subscripts, "U_n h_t−1 + b_hn". @param {string} text */
function symbolSpans(text) {
  return text.split(" ").flatMap((symbol, k) => {
    const [base, subscript] = splitSymbol(symbol);
    const before = k === 0 ? base : ` ${base}`;
    if (subscript === "") return [before];
    const below = svg("tspan", { class: "sub", dy: 3 }, subscript);
    return [before, below, svg("tspan", { dy: -3 }, "\u200b")];
  });
}

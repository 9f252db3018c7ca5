/** How a chart is drawn on its canvas: grid, lines, levels, marks, cursor. */

import { css } from "../drawing/colours.js";
import { fitCanvas } from "../drawing/plot.js";
import { thinned } from "./axes.js";

export const LEFT = 46;
export const RIGHT = 8;
const TOP = 8,
  BOTTOM = 20;

/** @param {HTMLCanvasElement} canvas @param {number} height @param {import("./chart.js").Picture} picture */
export function paint(canvas, height, picture) {
  const wide = canvas.clientWidth,
    ratio = globalThis.devicePixelRatio || 1;
  fitCanvas(canvas, wide, height);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, wide, height);
  const frame = frameOf(wide, height, picture);
  context.font = `11px ${getComputedStyle(canvas).fontFamily}`;
  drawGrid(context, frame, picture);
  context.save();
  context.beginPath();
  context.rect(
    frame.left - 1,
    frame.top - 3,
    frame.right - frame.left + 2,
    frame.bottom - frame.top + 6,
  );
  context.clip();
  picture.paint?.({ context, ...frame });
  for (const line of picture.lines) drawLine(context, frame, line);
  for (const mark of picture.marks ?? []) drawMark(context, frame, mark, picture.theme);
  if (picture.cursor !== null) drawCursor(context, frame, picture);
  context.restore();
  for (const level of picture.levels ?? []) drawLevel(context, frame, level, picture.theme);
}

function frameOf(wide, height, { range: [low, high], axis }) {
  const left = LEFT,
    right = wide - RIGHT,
    top = TOP,
    bottom = height - BOTTOM;
  const limited = (place) => Math.min(Math.max(place, 0), 1);
  return {
    left,
    right,
    top,
    bottom,
    x: (update) => left + ((update - low) / Math.max(high - low, 1e-9)) * (right - left),
    // An infinite number stands at the edge; NaN nowhere.
    y: (value) =>
      Number.isNaN(value) ? NaN : bottom - limited(axis.place(value)) * (bottom - top),
  };
}

function drawGrid(context, frame, { axis, tick, theme, range, unit = "update" }) {
  context.strokeStyle = css(theme.line);
  context.fillStyle = css(theme.soft);
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of axis.ticks) {
    const y = Math.round(frame.y(axis.at(value))) + 0.5;
    stroke(context, [frame.left, y, frame.right, y]);
    context.fillText(tick(value), frame.left - 6, y);
  }
  context.textBaseline = "top";
  const ticks = roundTicks(range, (frame.right - frame.left) / 70);
  ticks.forEach((value, k) => {
    context.textAlign = k === 0 && frame.x(value) < frame.left + 8 ? "left" : "center";
    const text =
      k === ticks.length - 1 && frame.x(value) > frame.right - 26
        ? `${unit} ${value.toLocaleString("en")}`
        : value.toLocaleString("en");
    if (text.length > 6) context.textAlign = "right";
    context.fillText(text, Math.min(frame.x(value), frame.right), frame.bottom + 5);
  });
}

/** Round whole numbers within a range. @param {[number, number]} range @param {number} most */
export function roundTicks([low, high], most) {
  const rough = Math.max((high - low) / Math.max(most, 1), 1e-9);
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((f) => f * ten).find((s) => s >= rough),
  );
  const ticks = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) ticks.push(k * step);
  return ticks;
}

function drawLine(
  context,
  frame,
  { xs, ys, colour, dash = [], width = 1.5, alpha = 1, dots = false },
) {
  context.strokeStyle = context.fillStyle = css(colour);
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  const across = Array.from(xs, frame.x),
    up = Array.from(ys, frame.y);
  for (const piece of thinned(across, up)) {
    if (piece.length === 2) context.fillRect(piece[0] - 1, piece[1] - 1, 2, 2);
    else stroke(context, piece);
  }
  context.setLineDash([]);
  if (dots) across.forEach((x, k) => Number.isFinite(up[k]) && disc(context, x, up[k], 2.2));
  context.globalAlpha = 1;
}

function drawLevel(context, frame, { value, label, colour }, theme) {
  const y = Math.round(frame.y(value)) + 0.5;
  context.strokeStyle = context.fillStyle = css(colour ?? theme.ink);
  context.lineWidth = 1;
  context.setLineDash([5, 4]);
  stroke(context, [frame.left, y, frame.right, y]);
  context.setLineDash([]);
  context.textAlign = "right";
  context.textBaseline = y < frame.top + 16 ? "top" : "bottom";
  context.lineWidth = 3;
  context.strokeStyle = css(theme.ground);
  const at = y + (y < frame.top + 16 ? 2 : -2);
  context.strokeText(label, frame.right - 2, at);
  context.fillText(label, frame.right - 2, at);
}

function drawMark(context, frame, { x, kind, colour }, theme) {
  const at = frame.x(x);
  context.strokeStyle = context.fillStyle = css(colour);
  context.lineWidth = kind === "stop" ? 2 : 1;
  context.setLineDash(kind === "change" ? [2, 3] : []);
  stroke(context, [at, frame.top, at, frame.bottom]);
  context.setLineDash([]);
  context.textAlign = at > frame.right - 60 ? "right" : "left";
  context.textBaseline = "top";
  const text = { stop: "✕ not finite", change: "", solved: "solved" }[kind];
  const beside = at + (context.textAlign === "right" ? -4 : 4);
  context.lineWidth = 3;
  context.strokeStyle = css(theme.ground);
  if (text) context.strokeText(text, beside, frame.top + 1);
  if (text) context.fillText(text, beside, frame.top + 1);
  if (kind === "change") disc(context, at, frame.top + 3, 3);
}

function drawCursor(context, frame, { cursor, theme }) {
  context.strokeStyle = css(theme.ink);
  context.lineWidth = 1;
  const at = Math.round(frame.x(cursor)) + 0.5;
  stroke(context, [at, frame.top - 3, at, frame.bottom + 3]);
}

function stroke(context, points) {
  context.beginPath();
  for (let k = 0; k < points.length; k += 2) {
    if (k === 0) context.moveTo(points[0], points[1]);
    else context.lineTo(points[k], points[k + 1]);
  }
  context.stroke();
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

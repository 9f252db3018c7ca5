/**
 * Lines over time steps on an axis of powers of ten. They are given as exponents, so that what lies
 * beyond float64 can be drawn too. A line is known by colour, dash and marker together.
 */

import { DASHES, MARKERS } from "../drawing/line_chart.js";
import { element, svg } from "../drawing/dom.js";
import { tenTo } from "../drawing/number_format.js";
import { linePath, timeTicks } from "../drawing/scales.js";

const EDGE = 8; // pixels left free above and below
const WIDEST = 400; // decades

/**
 * @typedef {{name: string, k: number, colour: string, exponents: ArrayLike<number>,
 *   kind?: "line"|"guide"|"faint"}} Line  a guide does not widen the axis by much
 * @typedef {{exponent: number, label: string, kind: string}} Level
 * @typedef {{t: number, exponent: number, text: string, colour: string}} Sign
 */

/**
 * @param {{height: number, label: string, press?: (t: number) => void, hover?: (t: number|null) =>
 *   void}} options
 */
export function logChart({ height, label, press = () => {}, hover = () => {} }) {
  const names = ["grid", "levels", "guides", "lines", "markers", "signs", "cursor", "dots"];
  const layers = Object.fromEntries(names.map((name) => [name, svg("g", { class: name })]));
  const picture = svg("svg", {
    class: "chart",
    height: height + 20,
    role: "img",
    "aria-label": label,
  });
  picture.append(...Object.values(layers));
  const plot = element("div", { class: "log-plot" }, picture);
  let width = 0,
    drawn = null,
    at = null,
    grid = "";

  const stepOf = (event) => {
    const box = picture.getBoundingClientRect();
    const part = (event.clientX - box.left) / box.width;
    return Math.min(Math.max(Math.floor(part * drawn.count), 0), drawn.count - 1);
  };
  picture.addEventListener("pointermove", (event) => drawn && hover(stepOf(event)));
  picture.addEventListener("pointerleave", () => hover(null));
  picture.addEventListener("click", (event) => drawn && press(stepOf(event)));
  const watch = new ResizeObserver(() => {
    if (plot.clientWidth === width) return;
    width = plot.clientWidth;
    if (drawn) draw(drawn);
  });
  watch.observe(plot);

  const x = (t) => ((t + 0.5) * width) / drawn.count;
  const y = (exponent) => {
    const { low, high } = drawn.axis;
    return EDGE + (1 - (exponent - low) / (high - low)) * (height - 2 * EDGE);
  };

  /**
   * @param {{count: number, first?: number, lines: Line[], levels?: Level[], signs?: Sign[],
   *   lowest?: number}} what
   *   count: how many points; first: what the first one is called; lowest: the axis goes so far
   */
  function draw(what) {
    drawn = { first: 1, levels: [], signs: [], ...what, axis: axisOf(what) };
    if (width === 0) return;
    drawGrid();
    layers.levels.replaceChildren(...drawn.levels.filter(isInside).flatMap(drawLevel));
    const of = (...kinds) => drawn.lines.filter(({ kind = "line" }) => kinds.includes(kind));
    layers.guides.replaceChildren(...of("guide", "faint").map(path));
    layers.lines.replaceChildren(...of("line").map(path));
    layers.markers.replaceChildren(...of("line").map(markers));
    layers.signs.replaceChildren(...drawn.signs.map(drawSign));
    point(at);
  }
  function isInside({ exponent }) {
    return exponent >= drawn.axis.low && exponent <= drawn.axis.high;
  }
  /** Labels cost a layout: they are made anew only where they changed. */
  function drawGrid() {
    const { ticks, low, high } = drawn.axis;
    const now = [low, high, drawn.count, drawn.first, width].join();
    if (now === grid) return;
    grid = now;
    const across = ticks.flatMap((exponent) => [
      svg("line", { x1: 0, x2: width, y1: y(exponent), y2: y(exponent) }),
      svg("text", { x: -6, y: y(exponent) + 3.5, "text-anchor": "end" }, tenTo(exponent)),
    ]);
    const below = timesOf(drawn, Math.floor(width / 42)).map((t) =>
      svg("text", { x: x(t), y: height + 14, "text-anchor": "middle" }, String(t + drawn.first)),
    );
    layers.grid.replaceChildren(...across, ...below);
  }
  function drawLevel({ exponent, label: text, kind }) {
    return [
      svg("line", { class: `level ${kind}`, x1: 0, x2: width, y1: y(exponent), y2: y(exponent) }),
      svg("text", { class: `level ${kind}`, x: 4, y: y(exponent) - 4 }, text),
    ];
  }
  function path({ name, k, colour, exponents, kind = "line" }) {
    return svg("path", {
      class: kind === "line" ? "line" : kind,
      style: `--role: ${colour}`,
      "data-line": name,
      "stroke-dasharray": kind === "line" ? DASHES[k % DASHES.length] : "1 4",
      d: linePath(kind === "line" ? exponents : inside(exponents), x, y),
    });
  }
  /** A guide or a faint line does not leave the chart. */
  function inside(exponents) {
    const { low, high } = drawn.axis;
    return Array.from(exponents, (e) => (e >= low && e <= high ? e : NaN));
  }
  function markers({ k, colour, exponents }) {
    const every = Math.max(1, Math.ceil((34 * drawn.count) / width));
    let d = "";
    for (let t = (k * 2) % every; t < drawn.count; t += every) {
      const level = y(exponents[t]);
      if (Number.isFinite(level)) d += MARKERS[k % MARKERS.length](x(t), level, 2.6);
    }
    return svg("path", { class: "marker", style: `--role: ${colour}`, d });
  }
  function drawSign({ t, exponent, text, colour }) {
    const level = y(exponent);
    const isRight = x(t) > width - 40;
    const place = {
      x: x(t) + (isRight ? -5 : 5),
      y: level - 7,
      "text-anchor": isRight ? "end" : "start",
    };
    return svg(
      "g",
      { class: "sign", style: `--role: ${colour}` },
      svg("line", { x1: x(t), x2: x(t), y1: level - 9, y2: level + 9 }),
      svg("text", place, text),
    );
  }
  /** @param {number|null} t */
  function point(t) {
    at = t;
    const isThere = drawn !== null && t !== null && t < drawn.count && width > 0;
    if (!isThere) return [layers.cursor, layers.dots].forEach((one) => one.replaceChildren());
    layers.cursor.replaceChildren(svg("line", { x1: x(t), x2: x(t), y1: 0, y2: height }));
    const dots = drawn.lines.flatMap(({ k, colour, exponents, kind = "line" }) => {
      const level = y(exponents[t]);
      if (kind !== "line" || !Number.isFinite(level)) return [];
      const d = MARKERS[k % MARKERS.length](x(t), level, 4.5);
      return [svg("path", { class: "dot", style: `--role: ${colour}`, d })];
    });
    layers.dots.replaceChildren(...dots);
  }
  return { element: plot, draw, point, destroy: () => watch.disconnect() };
}

/** The points to label: round numbers, whether the first point is called 0 or 1. */
function timesOf({ count, first }, room) {
  if (first === 1) return timeTicks(count, room);
  const round = timeTicks(count - 1, room).map((t) => t + 1);
  return [0, ...round.filter((t) => t > 1 || count < 8)];
}

/** Whole powers of ten around every line; guides may stand out by a few. */
export function axisOf({ lines, lowest = Infinity }) {
  const bounds = (kinds) => {
    let low = Infinity,
      high = -Infinity;
    for (const { exponents, kind = "line" } of lines) {
      if (!kinds.includes(kind)) continue;
      for (const e of exponents) {
        if (!Number.isFinite(e)) continue;
        low = Math.min(low, e);
        high = Math.max(high, e);
      }
    }
    return [low, high];
  };
  let [low, high] = bounds(["line", "faint"]);
  if (low > high) [low, high] = [-1, 0];
  const guides = bounds(["guide"])[1];
  if (Number.isFinite(guides)) high = Math.max(high, Math.min(guides, high + 2));
  low = Math.min(low, lowest);
  high = Math.ceil(high + 0.05);
  low = Math.max(Math.min(Math.floor(low - 0.05), high - 2), high - WIDEST);
  const every = [1, 2, 3, 5, 10, 20, 50, 100].find((n) => (high - low) / n <= 8) ?? 200;
  const ticks = [];
  for (let e = Math.ceil(low / every) * every; e <= high; e += every) ticks.push(e);
  return { low, high, ticks };
}

/** A legend entry's picture of a line. */
export function lineKey(k, colour) {
  return svg(
    "svg",
    { class: "line-key", width: 30, height: 10, "aria-hidden": "true", style: `--role: ${colour}` },
    svg("path", { class: "line", "stroke-dasharray": DASHES[k % DASHES.length], d: "M1 5L29 5" }),
    svg("path", { class: "marker", d: MARKERS[k % MARKERS.length](15, 5, 3) }),
  );
}

/** Decimal logarithms; zero gives −∞, which is not drawn. @param {ArrayLike<number>} values */
export function exponentsOf(values) {
  return Float64Array.from(values, Math.log10);
}

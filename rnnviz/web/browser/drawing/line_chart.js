/**
 * Lines over the page's time axis: axis, ghost, lines, markers, cursor dots, each a layer of its
 * own.
 * A line is known by colour, dash and marker together.
 */

import { assign, element, svg, write } from "./dom.js";
import { plotRow, stepAt } from "./plot.js";
import { linePath } from "./scales.js";

export const DASHES = ["", "6 3", "2 3", "9 3 2 3"];
export const MARKERS = [circle, square, triangle, diamond, cross, kite];

/**
 * @typedef {{name: string, role: string, numbers: ArrayLike<number>, ghost:
 *   ArrayLike<number>|null}} Line
 * @typedef {{value: number, label: string, kind: string}} Level  a horizontal line
 */

/**
 * @param {number} T
 * @param {number} height in pixels
 * @param {{label?: Node|null, enter: (t: number, event: PointerEvent) => void, leave: () => void,
 *   press: (t: number) => void}} options
 */
export function lineChart(T, height, { label = null, enter, leave, press }) {
  const row = plotRow(T, { label });
  const picture = svg("svg", { class: "chart", height, "aria-hidden": "true" });
  const layers = Object.fromEntries(
    ["grid", "levels", "ghosts", "lines", "markers", "dots"].map((name) => [
      name,
      svg("g", { class: name }),
    ]),
  );
  picture.append(...Object.values(layers));
  row.plot.append(picture);
  row.element.classList.add("chart-row");
  let width = 0,
    drawn = null,
    grid = "";
  const x = (t) => ((t + 0.5) * width) / T;
  const listeners = {
    pointermove: (event) => enter(stepAt(picture, event, T), event),
    pointerleave: leave,
    click: (event) => press(stepAt(picture, event, T)),
  };
  for (const [event, listener] of Object.entries(listeners))
    picture.addEventListener(event, listener);

  /**
   * @param {{lines: Line[], axis: object, levels: Level[], tick: (value: number) => string}} what
   */
  function draw(what) {
    drawn = what;
    if (width === 0) return;
    const y = (value) => (1 - what.axis.place(value)) * (height - 12) + 6;
    drawGrid(what, y);
    fill(
      layers.levels,
      what.levels.flatMap((one) => drawLevel(one, y(one.value), what.lines, y)),
    );
    trace(
      layers.ghosts,
      what.lines
        .filter(({ ghost }) => ghost)
        .map((line) => ({ class: "ghost", d: linePath(line.ghost, x, y) })),
    );
    trace(
      layers.lines,
      what.lines.map((line, k) => ({
        class: "line",
        "data-role": line.role,
        "data-line": line.name,
        "stroke-dasharray": DASHES[k % DASHES.length],
        d: linePath(line.numbers, x, y),
      })),
    );
    const every = Math.max(1, Math.ceil((26 * T) / width));
    trace(
      layers.markers,
      what.lines.map((line, k) => ({
        class: "marker",
        "data-role": line.role,
        d: markers(line.numbers, k, every, y),
      })),
    );
  }
  function drawGrid({ axis, tick }, y) {
    const unit = axis.ticks.map((value) => [y(axis.at(value)), tick(value)]);
    const ruled = JSON.stringify([width, unit]);
    if (ruled === grid) return;
    grid = ruled;
    fill(
      layers.grid,
      unit.flatMap(([height, text]) => [
        svg("line", { x1: 0, x2: width, y1: height, y2: height }),
        svg("text", { x: -6, y: height + 3.5, "text-anchor": "end" }, text),
      ]),
    );
  }
  /** The label stands at the end where the lines are further away. */
  function drawLevel({ label: text, kind }, height, lines, y) {
    const end = Math.ceil(T / 5);
    const room = (from) => {
      const near = lines.flatMap(({ numbers }) => [...numbers.slice(from, from + end)]);
      return Math.min(...near.map((number) => Math.abs(y(number) - height)));
    };
    const isLeft = room(0) > room(T - end);
    return [
      svg("line", { class: `level ${kind}`, x1: 0, x2: width, y1: height, y2: height }),
      svg(
        "text",
        {
          class: `level ${kind}`,
          x: isLeft ? 4 : width - 4,
          y: height - 4,
          "text-anchor": isLeft ? "start" : "end",
        },
        text,
      ),
    ];
  }
  function markers(numbers, k, every, y) {
    let path = "";
    for (let t = k % every; t < T; t += every) {
      const height = y(numbers[t]);
      if (Number.isFinite(height)) path += MARKERS[k % MARKERS.length](x(t), height, 2.6);
    }
    return path;
  }
  function point(step) {
    row.point(step);
    if (drawn === null || width === 0) return;
    const y = (value) => (1 - drawn.axis.place(value)) * (height - 12) + 6;
    const dots = drawn.lines.flatMap((line, k) => {
      const h = y(line.numbers[step]);
      return Number.isFinite(h)
        ? [{ class: "dot", "data-role": line.role, d: MARKERS[k % MARKERS.length](x(step), h, 4.5) }]
        : [];
    });
    trace(layers.dots, dots);
  }
  return {
    element: row.element,
    draw,
    point,
    hover: row.hover,
    /** @param {number} now in pixels */
    resize: (now) => {
      width = now;
    },
    destroy() {
      for (const [event, listener] of Object.entries(listeners))
        picture.removeEventListener(event, listener);
    },
  };
}

/**
 * A legend entry that shows a line as it is drawn.
 * @param {number} k its place
 * @param {string} role
 */
export function lineKey(k, role) {
  return svg(
    "svg",
    { class: "line-key", width: 30, height: 10, "aria-hidden": "true" },
    svg("path", {
      class: "line",
      "data-role": role,
      "stroke-dasharray": DASHES[k % DASHES.length],
      d: "M1 5L29 5",
    }),
    svg("path", { class: "marker", "data-role": role, d: MARKERS[k % MARKERS.length](15, 5, 3) }),
  );
}

/** An entry of a legend with the number at the current step. */
export function legendEntry(k, role, ...name) {
  const value = element("b", { class: "value" });
  return {
    element: element("span", { class: "entry" }, lineKey(k, role), ...name, " = ", value),
    show: (text) => write(value, text),
    value,
  };
}

function fill(group, nodes) {
  group.replaceChildren(...nodes);
}

/** One path for each of these: those that are there are changed, not made anew. */
function trace(group, paths) {
  while (group.children.length > paths.length) group.lastChild.remove();
  paths.forEach((path, k) => {
    const node = group.children[k];
    if (node === undefined) group.append(svg("path", path));
    else for (const [name, value] of Object.entries(path)) assign(node, name, value);
  });
}
function circle(x, y, r) {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}
function square(x, y, r) {
  return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
}
function triangle(x, y, r) {
  return `M${x} ${y - 1.2 * r}l${1.2 * r} ${2 * r}h${-2.4 * r}z`;
}
function cross(x, y, r) {
  return `M${x - r} ${y}h${2 * r}M${x} ${y - r}v${2 * r}`;
}
function kite(x, y, r) {
  return `M${x} ${y + 1.2 * r}l${1.2 * r} ${-2 * r}h${-2.4 * r}z`;
}
function diamond(x, y, r) {
  return `M${x} ${y - 1.3 * r}l${1.2 * r} ${1.3 * r}l${-1.2 * r} ${1.3 * r}l${-1.2 * r} ${-1.3 * r}z`;
}

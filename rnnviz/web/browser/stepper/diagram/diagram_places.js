/** Geometry of the diagram: corners rounded, arrow heads, and room for a label. No DOM. */

/** @typedef {import("../header.js").Diagram} Diagram */
/** @typedef {[x: number, y: number]} Point */
/** @typedef {[from: number, to: number]} Span */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/**
 * A path through the corners, each rounded.
 * @param {Point[]} points @param {number} radius
 */
export function roundedPath(points, radius) {
  const end = points[points.length - 1];
  let path = `M${points[0].join(" ")}`;
  for (let k = 1; k < points.length - 1; k++) {
    const [before, corner, after] = [points[k - 1], points[k], points[k + 1]];
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    path += `L${towards(corner, before, r).join(" ")}Q${corner.join(" ")} ${towards(corner, after, r).join(" ")}`;
  }
  return `${path}L${end.join(" ")}`;
}

/** A small triangle at the end of a wire. @param {Point[]} points @param {number} size */
export function arrowHead(points, size) {
  const tip = points[points.length - 1];
  const [x, y] = towards(tip, points[points.length - 2], size);
  const [dx, dy] = [(tip[0] - x) * 0.5, (tip[1] - y) * 0.5];
  return `M${tip.join(" ")}L${x - dy} ${y + dx}L${x + dy} ${y - dx}Z`;
}

/**
 * The first of the places around a node where a label covers no box and no wire, or the one that
 * covers least.
 * @param {Box[]} places @param {Box[]} boxes @param {Point[][]} wires
 */
export function freePlace(places, boxes, wires) {
  const cost = (/** @type {Box} */ place) =>
    boxes.filter((box) => overlaps(place, box)).length * 3 +
    wires.filter((wire) =>
      wire.some((point, k) => k > 0 && overlaps(place, spanned(wire[k - 1], point))),
    ).length;
  return places.reduce((best, place) => (cost(place) < cost(best) ? place : best), places[0]);
}

/**
 * @param {number} x @param {number} y  its centre @param {number} width @param {number} height
 * @returns {Box}
 */
export function boxAround(x, y, width, height) {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/**
 * The diagram with its empty heights narrowed: boxes keep their size, wires stay upright.
 * @param {Diagram} diagram
 * @param {number} share  what is left of each height that no box takes
 * @returns {Diagram}
 */
export function squeezed(diagram, share) {
  const y = narrowing(
    diagram.nodes.map((node) => [node.y - node.height / 2, node.y + node.height / 2]),
    share,
  );
  const { frame } = diagram;
  const top = y(frame.y);
  return {
    ...diagram,
    nodes: diagram.nodes.map((node) => ({
      ...node,
      y: y(node.y - node.height / 2) + node.height / 2,
    })),
    edges: diagram.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(([x, height]) => [x, y(height)]),
    })),
    frame: { ...frame, y: top, height: y(frame.y + frame.height) - top },
    height: y(diagram.height),
  };
}

/**
 * A map of heights: one to one within the spans, `share` to one between them.
 * @param {Span[]} spans @param {number} share
 * @returns {(height: number) => number}
 */
function narrowing(spans, share) {
  /** @type {Span[]} */
  const merged = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return (height) => {
    let kept = 0;
    for (const [from, to] of merged) kept += Math.min(Math.max(height - from, 0), to - from);
    return kept + share * (height - kept);
  };
}

/** What a straight wire covers. @param {Point} from @param {Point} to @returns {Box} */
function spanned([x1, y1], [x2, y2]) {
  return {
    left: Math.min(x1, x2) - 2,
    top: Math.min(y1, y2) - 2,
    right: Math.max(x1, x2) + 2,
    bottom: Math.max(y1, y2) + 2,
  };
}

/** @param {Box} a @param {Box} b */
function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** @param {Point} from @param {Point} to */
function distance([x1, y1], [x2, y2]) {
  return Math.hypot(x2 - x1, y2 - y1);
}

/** @param {Point} from @param {Point} to @param {number} length @returns {Point} */
function towards(from, to, length) {
  const whole = distance(from, to) || 1;
  return [
    from[0] + ((to[0] - from[0]) * length) / whole,
    from[1] + ((to[1] - from[1]) * length) / whole,
  ];
}

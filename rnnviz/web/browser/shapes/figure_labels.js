/** What is written in the picture: names, steps, and the size of everything that moves. */

import { svg } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/**
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./figure_plan.js").Plan} Plan
 * @typedef {import("./header.js").CallHeader} CallHeader
 * @typedef {import("./in_view.js").InView} InView
 */

const NAME_HEIGHT = 12; // pixels between two names that can both be read

/** @type {Record<import("./arrows_plan.js").Towards, (x: number, y: number) => string>} */
const HEADS = {
  up: (x, y) => `M${x - 4} ${y + 7}L${x} ${y}L${x + 4} ${y + 7}z`,
  right: (x, y) => `M${x - 7} ${y - 3.5}L${x} ${y}L${x - 7} ${y + 3.5}z`,
  left: (x, y) => `M${x + 7} ${y - 3.5}L${x} ${y}L${x + 7} ${y + 3.5}z`,
};

/** @param {import("./arrows_plan.js").Arrow} arrow */
export function arrowNodes({ role, path, heads, isGap = false, isPassing = false }) {
  return svg(
    "g",
    { class: `arrow ${role}` },
    role === "line" || isPassing ? null : svg("path", { d: path, class: "halo" }),
    svg("path", { d: path, class: isGap || isPassing ? "shaft gap" : "shaft" }),
    ...heads.map(({ x, y, towards }) => svg("path", { d: HEADS[towards](x, y), class: "point" })),
  );
}

/** The name of a state that comes in or goes out, and how many numbers it has. @param {CallHeader} header @param {Net} net @param {import("./arrows_plan.js").Ending} ending */
export function endingNodes(header, net, { state, lane, at, x, y, side }) {
  const row = lane.layer * net.directions + lane.direction;
  const isRight = side === "right";
  const anchor = isRight ? "start" : "end";
  const place = {
    x: x + (isRight ? 5 : -5),
    y: y + 4.5,
    "text-anchor": anchor,
    "data-verbatim": true,
  };
  if (at === "start") {
    const text = header.isGiven ? `${state}_0[${row}]` : "0";
    return svg("text", { ...place, class: "code start" }, text);
  }
  const size = state === "c" ? net.hidden : net.out;
  return svg(
    "g",
    { class: `ending ${state}` },
    svg("text", { ...place, class: "code name" }, `${state}_n[${row}]`),
    svg(
      "text",
      {
        x: x + (isRight ? -9 : 9),
        y: y - 4,
        "text-anchor": isRight ? "end" : "start",
        class: "code size",
      },
      String(size),
    ),
  );
}

/** @param {CallHeader} header @param {Net} net @param {Plan} plan @param {InView} view */
export function labelNodes(header, net, plan, view) {
  return [
    ...stepNames(net, plan, view),
    ...rowNames(header, net, plan),
    ...sizes(header, net, plan, view),
    ...sheetNames(header, net, plan, view),
    ...bands(header, plan),
  ];
}

/** @param {number} x @param {number} y @param {string} text @param {string} kind @param {"start"|"middle"|"end"} [anchor] */
const write = (x, y, text, kind, anchor = "start") =>
  svg(
    "text",
    { x, y, class: kind, "text-anchor": anchor, "data-verbatim": kind.startsWith("code") },
    text,
  );

/** Above and below each column. @param {Net} net @param {Plan} plan @param {InView} view */
function stepNames(net, plan, { steps, items }) {
  const over = plan.depth(items[0]);
  return [...plan.columns].flatMap(([step, x], place) => {
    const text = net.isBatchFirst ? `[:, ${step}]` : `[${step}]`;
    const gap = place > 0 && steps[place - 1] + 1 < step;
    const before = x - (x - (plan.columns.get(steps[place - 1]) ?? x)) / 2;
    return [
      write(x + over / 2, 12, text, "code step-name", "middle"),
      write(x, plan.bottom, text, "code", "middle"),
      ...(gap ? [write(before, plan.bottom, "…", "code", "middle")] : []),
    ];
  });
}

/** @param {CallHeader} header @param {Net} net @param {Plan} plan */
function rowNames(header, net, plan) {
  const height = plan.cells[0].height;
  const rows = Array.from({ length: net.layers }, (_one, layer) => {
    const lanes = plan.lanes.filter((lane) => lane.layer === layer);
    const ys = lanes.map(({ y }) => y + height / 2);
    const middle = ys.reduce((sum, y) => sum + y, 0) / ys.length;
    return [
      write(0, middle + 4, _("layer {layer}", { layer }), "ink"),
      ...(net.directions === 1
        ? []
        : lanes.map(({ direction, y }) =>
            write(
              0,
              y + height / 2 + (direction === 1 ? -6 : 14),
              direction === 1 ? _("← backward") : _("forward →"),
              "small",
            ),
          )),
    ];
  }).flat();
  const input = plan.inputs[plan.inputs.length - 1];
  const [x, tokens, y] = ["x", "tokens", "y"].map((name) => tensor(header, name));
  return [
    ...rows,
    write(0, header.outputs > 0 ? plan.top + 10 : 12, "output", "code ink"),
    ...(y ? [write(0, 12, `y ${y.shape}`, "code ink")] : []),
    write(0, input.y + 10, "x", "code ink"),
    ...(x
      ? [write(16, input.y + 10, x.shape, "code"), write(0, input.y + 25, x.symbols, "code small")]
      : []),
    ...(tokens && plan.embedding
      ? [write(0, plan.bottom - 24, `tokens ${tokens.shape}`, "code ink")]
      : []),
    write(0, plan.bottom, _("step"), "small"),
  ];
}

/** How many numbers go up each arrow, in symbols and here, at the first step. @param {CallHeader} header @param {Net} net @param {Plan} plan @param {InView} view */
function sizes(header, net, plan, { steps, items }) {
  const x =
    (plan.columns.get(steps[0]) ?? 0) +
    8 +
    (items.length > 1 ? plan.depth(items[items.length - 1]) : 0);
  const wide = net.directions === 2 ? `D·H_out = 2·${net.out}` : `H_out = ${net.out}`;
  const height = plan.cells[0].height;
  const bottoms = plan.lanes
    .filter(({ direction }) => direction === 0)
    .map((lane) => lane.y + height);
  const deepest = plan.depth(items[0]);
  const fork = net.directions === 2 ? 30 : 22;
  const inner = bottoms.slice(0, -1).map((y) => write(x, y + fork, wide, "code size"));
  const top = plan.lanes[0].y - deepest - 20;
  return [
    write(x, top, wide, "code size"),
    ...inner,
    write(x, bottoms[bottoms.length - 1] + fork, `H_in = ${header.inputs}`, "code size"),
  ];
}

/** Which sequence each sheet is. @param {CallHeader} header @param {Net} net @param {Plan} plan @param {InView} view */
function sheetNames(header, net, plan, { items, steps }) {
  if (!header.isBatched) return [];
  const last = steps[steps.length - 1];
  const areApart = plan.depth(items[0]) >= NAME_HEIGHT * (items.length - 1);
  const shown = areApart ? items : [items[0], items[items.length - 1]];
  return plan.inputs
    .filter(({ step, item }) => step === last && shown.includes(item))
    .map(({ x, y, width, height, item }) => {
      const [text, place] = [`b = ${item}`, x + width + 6];
      return write(place, item === items[0] ? y + 9 : y + height - 1, text, "code small");
    });
}

/** The embedding and the linear layer: the same at every step. @param {CallHeader} header @param {Plan} plan */
function bands(header, { embedding, linear, columns, bottom }) {
  const found = [];
  const band = (/** @type {import("./figure_plan.js").Box} */ box, /** @type {string} */ text) => [
    svg("rect", { ...box, rx: 3, class: "layer-band" }),
    write(box.x + box.width / 2, box.y + box.height / 2 + 4, text, "code ink", "middle"),
  ];
  if (embedding) {
    found.push(...band(embedding, `Embedding(${header.vocabulary}, ${header.inputs})`));
    for (const x of columns.values()) {
      found.push(upArrow(x, embedding.y, embedding.y - 17));
      found.push(upArrow(x, bottom - 36, embedding.y + embedding.height));
      found.push(write(x, bottom - 24, "▫", "code", "middle"));
    }
  }
  if (linear) {
    found.push(...band(linear, `Linear(${header.features}, ${header.outputs})`));
    for (const x of columns.values()) found.push(upArrow(x, linear.y, linear.y - 13));
  }
  return found;
}

/** @param {number} x @param {number} from @param {number} to */
const upArrow = (x, from, to) =>
  arrowNodes({
    role: "line",
    path: `M${x} ${from}V${to + 7}`,
    heads: [{ x, y: to + 2, towards: "up" }],
  });

/** @param {CallHeader} header @param {string} name */
const tensor = ({ tensors }, name) => tensors.find((one) => one.name === name);

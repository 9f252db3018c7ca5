/** The boxes of the picture: cells and inputs, each with what it is part of written on it. */

import { svg } from "../drawing/dom.js";
import { isLast, isPadding, isSkipped, isTop } from "./net.js";

/**
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./figure_plan.js").Plan} Plan
 * @typedef {import("./figure_plan.js").PlacedCell} PlacedCell
 * @typedef {import("./figure_plan.js").Box} Box
 */

const SHEET = { rx: 3 };

/** The sheet of one sequence in every lane, and its inputs. @param {Net} net @param {Plan} plan @param {number} item @param {boolean} areSkipped  those at which nothing is computed, or the others */
export function sheet(net, plan, item, areSkipped) {
  const inputs = areSkipped ? [] : plan.inputs.filter((one) => one.item === item);
  const cells = plan.cells.filter((one) => one.item === item && isSkipped(net, one) === areSkipped);
  return svg(
    "g",
    { class: "sheet", "data-item": item },
    ...inputs.map((one) =>
      svg("rect", {
        ...boxOf(one),
        ...SHEET,
        class: isPadding(net, one) ? "input padding" : "input",
      }),
    ),
    ...cells.map((one) => cellNode(net, plan, one)),
  );
}

/** @param {Net} net @param {Plan} plan @param {PlacedCell} cell */
function cellNode(net, plan, cell) {
  const skipped = isSkipped(net, cell);
  const about = {
    class: skipped ? "cell skipped" : "cell",
    "data-layer": cell.layer,
    "data-direction": cell.direction,
    "data-step": cell.step,
    "data-item": cell.item,
    "data-output": isTop(net, cell),
    "data-last": !skipped && isLast(net, cell),
    "data-padding": isPadding(net, cell),
  };
  const strips = [
    stripNodes(cell.hidden, "h", cell, skipped),
    ...(cell.memory ? [stripNodes(cell.memory, "c", cell, skipped)] : []),
  ].flat();
  const frame = svg("rect", { ...inset(cell.hidden), rx: 2.5, class: "frame" });
  return svg("g", about, ...strips, frame, ...letters(net, plan, cell), sign(net, cell));
}

/** @param {Box} box @param {"h"|"c"} state @param {PlacedCell} cell @param {boolean} skipped */
function stripNodes(box, state, cell, skipped) {
  const strip = svg("rect", { ...boxOf(box), ...SHEET, class: `strip ${state}` });
  if (cell.direction === 0 || skipped) return [strip];
  return [strip, svg("rect", { ...boxOf(box), ...SHEET, class: "hatch", fill: "url(#hatch)" })];
}

/** What a strip is, on the sheet that is seen whole. @param {Net} net @param {Plan} plan @param {PlacedCell} cell */
function letters(net, plan, cell) {
  const shown = plan.inputs.filter(
    (one) => one.step === cell.step && !isSkipped(net, { ...cell, item: one.item }),
  );
  if (shown.at(-1)?.item !== cell.item || cell.width < 14) return [];
  const write = (/** @type {Box} */ box, /** @type {string} */ text) =>
    svg(
      "text",
      { x: box.x + box.width / 2, y: box.y + box.height / 2 + 4.5, class: `letter ${text}` },
      text,
    );
  return [write(cell.hidden, "h"), ...(cell.memory ? [write(cell.memory, "c")] : [])];
}

/** At the end of a padded sequence: ✗ what output[-1] reads, ✓ its last real step. @param {Net} net @param {PlacedCell} cell */
function sign(net, cell) {
  const { lengths, outputLength } = net;
  const ends = lengths[cell.item];
  if (!isTop(net, cell) || cell.direction === 1 || ends === outputLength) return null;
  const { x, y, width, height } = cell.hidden;
  if (cell.step === outputLength - 1)
    return svg("text", { x: x + 8, y: y + height - 5, class: "sign wrong" }, "✗");
  if (cell.step === ends - 1)
    return svg("text", { x: x + width - 8, y: y + 11, class: "sign right" }, "✓");
  return null;
}

/** @param {Box} box */
const boxOf = ({ x, y, width, height }) => ({ x, y, width, height });
/** @param {Box} box */
const inset = ({ x, y, width, height }) => ({
  ...{ x: x + 1, y: y + 1, width: width - 2 },
  height: height - 2,
});

/** Lines that tell the backward direction apart, without colour. */
export const hatching = () =>
  svg(
    "defs",
    {},
    svg(
      "pattern",
      {
        ...{ id: "hatch", width: 5, height: 5 },
        ...{ patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      },
      svg("path", { d: "M0 0V5", class: "hatch-line" }),
    ),
  );

/**
 * The pins of the two entries: a needle from the unit's place in its cell to a sign above the stack.
 * @param {Net} net @param {Plan} plan
 * @param {{cell: import("./net.js").Cell, unit: number}} at @param {"output"|"state"} kind
 */
export function pin(net, plan, { cell, unit }, kind) {
  const place = plan.cells.find(
    (one) =>
      one.layer === cell.layer &&
      one.direction === cell.direction &&
      one.step === cell.step &&
      one.item === cell.item,
  );
  if (!place) return null;
  const lane = plan.lanes.find(
    (one) => one.layer === cell.layer && one.direction === cell.direction,
  );
  const deepest = Math.max(...plan.inputs.map(({ item }) => plan.depth(item)));
  const x = place.x + ((unit + 0.5) / net.out) * place.width;
  const y = (lane?.y ?? place.y) - deepest - 11;
  const low = place.y + 8;
  const head =
    kind === "output"
      ? svg("circle", { cx: x, cy: y, r: 7, class: "pin-ring" })
      : svg("path", { d: `M${x} ${y - 5}l5 5l-5 5l-5-5z`, class: "pin-diamond" });
  const needle = kind === "output" ? y + 7 : y + 5;
  return svg(
    "g",
    { class: `pin ${kind}`, "data-step": cell.step },
    svg("path", { d: `M${x} ${low}V${needle}`, class: "pin-halo" }),
    svg("path", { d: `M${x} ${low}V${needle}`, class: "pin-needle" }),
    head,
  );
}

/** Which cell a node of the picture belongs to. @param {EventTarget|null} target @returns {import("./net.js").Cell|null} */
export function cellUnder(target) {
  const node = target instanceof Element ? target.closest(".cell") : null;
  if (!(node instanceof SVGElement)) return null;
  const { layer, direction, step, item } = node.dataset;
  return {
    ...{ layer: Number(layer), direction: Number(direction) },
    ...{ step: Number(step), item: Number(item) },
  };
}

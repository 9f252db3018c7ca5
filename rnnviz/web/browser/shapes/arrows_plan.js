/**
 * What leads from box to box for one sequence: upwards through the layers, along time through each
 * lane, in from the initial state, out to `h_n` and `c_n`. No DOM.
 *
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./figure_plan.js").Plan} Plan
 * @typedef {import("./figure_plan.js").Lane} Lane
 * @typedef {import("./figure_plan.js").PlacedCell} PlacedCell
 * @typedef {"up"|"left"|"right"} Towards
 * @typedef {"line"|"hidden"|"cell"} Role
 *
 * @typedef {Object} Arrow
 * @property {Role} role
 * @property {string} path
 * @property {Array<{x: number, y: number, towards: Towards}>} heads
 * @property {boolean} [isGap]  it leads over steps that are not drawn
 * @property {boolean} [isPassing]  it leads past steps that the sequence does not have
 *
 * @typedef {Object} Ending  where a state comes in or goes out, and its name is written
 * @property {"h"|"c"} state
 * @property {Lane} lane
 * @property {"start"|"end"} at
 * @property {number} x
 * @property {number} y
 * @property {"left"|"right"} side
 */

import { lastStep, readSteps } from "./net.js";

const HEAD = 8; // how long the point of an arrow is
const REACH = 24; // how far out an initial state stands

/**
 * Between the boxes of a step, from its input to its output.
 * @param {Net} net @param {Plan} plan @param {number} item @returns {Arrow[]}
 */
export function upward(net, plan, item) {
  const at = placesOf(plan, item);
  return [...plan.columns].flatMap(([step, column]) => {
    if (step >= readSteps(net, item)) return [];
    const middle = column + plan.depth(item);
    return Array.from({ length: net.layers + 1 }, (_one, layer) =>
      net.directions === 1
        ? straight(net, plan, { at, step, layer, middle, item })
        : forked(net, plan, { at, step, layer, middle, item }),
    );
  });
}

/** @param {Plan} plan @param {number} item */
function placesOf(plan, item) {
  const cells = plan.cells.filter((one) => one.item === item);
  const key = (
    /** @type {number} */ layer,
    /** @type {number} */ direction,
    /** @type {number} */ step,
  ) => `${layer} ${direction} ${step}`;
  const known = new Map(cells.map((one) => [key(one.layer, one.direction, one.step), one]));
  return (
    /** @type {number} */ layer,
    /** @type {number} */ direction,
    /** @type {number} */ step,
  ) => /** @type {PlacedCell} */ (known.get(key(layer, direction, step)));
}

/**
 * @typedef {{at: ReturnType<typeof placesOf>, step: number, layer: number, middle: number, item:
 *   number}} Going  layer: that it leads to; one more than there are is the output
 */

/** @param {Net} net @param {Plan} plan @param {Going} going @returns {Arrow} */
function straight(net, plan, { at, step, layer, middle, item }) {
  const from = layer === 0 ? inputTop(plan, step, item) : at(layer - 1, 0, step).y;
  const to = layer === net.layers ? plan.top : bottomOf(at(layer, 0, step));
  const path = `M${middle} ${from}V${to + HEAD}`;
  return { role: "line", path, heads: [{ x: middle, y: to + 2, towards: "up" }] };
}

/** Two directions: out of both into one line, and that into both. @param {Net} net @param {Plan} plan @param {Going} going @returns {Arrow} */
function forked(net, plan, { at, step, layer, middle, item }) {
  const [left, right] = [middle - plan.middle, middle + plan.middle];
  let path = "";
  let from = inputTop(plan, step, item);
  if (layer > 0) {
    const [forward, backward] = [at(layer - 1, 0, step), at(layer - 1, 1, step)];
    from = backward.y - 9 - (deepest(plan) - plan.depth(item));
    path += `M${left} ${forward.y}V${from}H${right}V${backward.y}`;
  }
  if (layer === net.layers) {
    path += `M${middle} ${from}V${plan.top + HEAD}`;
    return { role: "line", path, heads: [{ x: middle, y: plan.top + 2, towards: "up" }] };
  }
  const [forward, backward] = [bottomOf(at(layer, 0, step)), bottomOf(at(layer, 1, step))];
  const fork = forward + 16;
  path += `M${middle} ${from}V${fork}M${left} ${forward + HEAD}V${fork}H${right}V${backward + HEAD}`;
  const heads = [
    { x: left, y: forward + 2, towards: /** @type {const} */ ("up") },
    { x: right, y: backward + 2, towards: /** @type {const} */ ("up") },
  ];
  return { role: "line", path, heads };
}

/** @param {Plan} plan */
const deepest = (plan) => Math.max(...plan.cells.map(({ item }) => plan.depth(item)));
/** @param {PlacedCell} cell */
const bottomOf = (cell) => cell.y + cell.height;
/** @param {Plan} plan @param {number} step @param {number} item */
const inputTop = (plan, step, item) =>
  /** @type {import("./figure_plan.js").PlacedInput} */ (
    plan.inputs.find((one) => one.step === step && one.item === item)
  ).y;

/** Along time, in every lane. @param {Net} net @param {Plan} plan @param {number} item @returns {Arrow[]} */
export function alongTime(net, plan, item) {
  const at = placesOf(plan, item);
  const steps = [...plan.columns.keys()].filter((step) => step < readSteps(net, item));
  return plan.lanes.flatMap((lane) =>
    statesOf(net).flatMap((state) =>
      steps.slice(1).map((step, place) => {
        const [one, other] = [
          at(lane.layer, lane.direction, steps[place]),
          at(lane.layer, lane.direction, step),
        ];
        const y = middleOf(one, state);
        const ends = /** @type {[number, number]} */ ([one.x + one.width, other.x]);
        return {
          ...across(lane.direction === 1 ? [ends[1], ends[0]] : ends, y, state),
          isGap: step > steps[place] + 1,
        };
      }),
    ),
  );
}

/** In from the initial state and out to what is given back. @param {Net} net @param {Plan} plan @param {number} item */
export function inAndOut(net, plan, item) {
  const at = placesOf(plan, item);
  const steps = [...plan.columns.keys()];
  const real = steps.filter((step) => step < readSteps(net, item));
  /** @type {Arrow[]} */
  const arrows = [];
  /** @type {Ending[]} */
  const endings = [];
  for (const lane of plan.lanes)
    for (const state of statesOf(net)) {
      const isBack = lane.direction === 1;
      const first = at(lane.layer, lane.direction, isBack ? real[real.length - 1] : real[0]);
      const last = at(lane.layer, lane.direction, lastStep(net, lane.direction, item));
      const y = middleOf(first, state);
      const from = isBack ? first.x + first.width : first.x;
      const start = isBack ? from + REACH : from - REACH;
      arrows.push(across([start, from], y, state));
      endings.push({ state, lane, at: "start", x: start, y, side: isBack ? "right" : "left" });
      const out = isBack ? last.x : last.x + last.width;
      const end = isBack ? lane.left : lane.right;
      const isPassing = !isBack && last.step !== steps[steps.length - 1];
      arrows.push({ ...across([out, end], y, state), isPassing });
      endings.push({ state, lane, at: "end", x: end, y, side: isBack ? "left" : "right" });
    }
  return { arrows, endings };
}

/** @param {Net} net @returns {Array<"h"|"c">} */
const statesOf = (net) => (net.kind === "LSTM" ? ["h", "c"] : ["h"]);

/** @param {PlacedCell} cell @param {"h"|"c"} state */
function middleOf(cell, state) {
  const strip = state === "c" && cell.memory ? cell.memory : cell.hidden;
  return strip.y + strip.height / 2;
}

/** @param {[from: number, to: number]} ends @param {number} y @param {"h"|"c"} state @returns {Arrow} */
function across([from, to], y, state) {
  const isRight = to > from;
  return {
    role: state === "c" ? "cell" : "hidden",
    path: `M${from} ${y}H${to + (isRight ? -HEAD : HEAD)}`,
    heads: [{ x: to + (isRight ? -1 : 1), y, towards: isRight ? "right" : "left" }],
  };
}

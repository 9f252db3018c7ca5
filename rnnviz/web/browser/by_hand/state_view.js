/**
 * Where the state goes from here while the input stays as it is: the map of one number with its
 * staircase, or arrows in the plane of two; the states at rest, and what becomes of a push away from
 * each. Pressed, the run starts from that place.
 */

import { assign, element, menu, touches, write } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { niceCeiling } from "../drawing/colours.js";
import { short } from "../drawing/number_format.js";
import { largestSize } from "../drawing/scales.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { describe } from "../stepper/changes/change_words.js";
import { splitSymbol } from "../stepper/words.js";
import { holdsAt } from "./held_view.js";
import { MOST_NUMBERS, createPortraits } from "./portrait.js";
import { restList } from "./rest_list.js";
import { arrayOf } from "./start_table.js";
import { statePicture } from "./state_picture.js";

/** @typedef {import("../stepper/context.js").Context} Context */
/** @typedef {{state: string, unit: number, text: string}} Coordinate */

const ROOM = 1.15; // beyond the furthest number of the run

/**
 * @param {Context} context @param {HTMLElement|null} start  where the first state is set
 * @returns {import("../stepper/views.js").View|null} null: nothing is carried from step to step
 */
export function stateView(context, start) {
  const { header, model, store } = context;
  const [layer] = header.layers;
  if (layer.cell.states.length === 0) return null;
  const portraits = createPortraits(layer);
  const coordinates = coordinatesOf(context);
  const picture = statePicture(portraits);
  const list = restList(coordinates, { isLine: portraits.isLine }, (state) =>
    startAt(context, coordinates, [...state.entries()], false),
  );
  const how = element("p", { class: "quiet" });
  const held = element("p", { class: "quiet", "data-testid": "held in the map" });
  const choice = axesChoice(coordinates, () => draw());
  const stop = startFrom(context, picture, coordinates, () => choice.axes);

  function draw() {
    const reach = reachOf(context, coordinates);
    const { step } = store.state;
    const states = trajectory(context);
    const before = states.slice(step * portraits.size, (step + 1) * portraits.size);
    const input = model.values(0, "x").slice(step * model.inputs, (step + 1) * model.inputs);
    const holds = holdsAt(store, step);
    const moment = { params: paramsOf(context), input, holds, before, reach, axes: choice.axes };
    const portrait = portraits.of(moment);
    picture.show(portrait, moment, { states, step, coordinates });
    list.show(portrait.points, portraits.size <= MOST_NUMBERS);
    write(how, howToRead(portraits, input, step));
    held.hidden = holds.length === 0;
    write(held, heldText(context, holds));
  }
  return {
    element: element(
      "div",
      { class: "state-map" },
      element("div", { class: "state-picture" }, picture.element, choice.element),
      element(
        "div",
        { class: "state-words" },
        element("h3", {}, _("Where the state goes from here")),
        how,
        held,
        list.element,
        start,
      ),
    ),
    update(changed) {
      if (touches(changed, "run", "step", "mount")) draw();
    },
    destroy: stop,
  };
}

/** Each number of the state, in the order of the map. @param {Context} context @returns {Coordinate[]} */
function coordinatesOf({ header, words }) {
  const [{ cell, hidden }] = header.layers;
  return cell.states.flatMap((state) =>
    Array.from({ length: hidden }, (unused, unit) => {
      const [base] = splitSymbol(words(0).symbol(state));
      const index = hidden === 1 ? "" : "₁₂₃₄₅₆₇₈₉"[unit];
      return { state, unit, text: `${base}${index}` };
    }),
  );
}

/** The state before the first step and after each, (T + 1) x size. @param {Context} context */
function trajectory({ header, model }) {
  const [{ cell, hidden }] = header.layers;
  const size = cell.states.length * hidden;
  const found = new Float64Array((model.T + 1) * size);
  cell.states.forEach((state, s) => {
    const [before, after] = [model.values(0, `${state}_prev`), model.values(0, state)];
    found.set(before.subarray(0, hidden), s * hidden);
    for (let t = 0; t < model.T; t++)
      found.set(after.subarray(t * hidden, (t + 1) * hidden), (t + 1) * size + s * hidden);
  });
  return found;
}

/** How far each coordinate is shown: a round number that the run stays within. @param {Context} context @param {Coordinate[]} coordinates */
function reachOf({ model }, coordinates) {
  return Float64Array.from(coordinates, ({ state }) => {
    const largest = Math.max(
      largestSize(model.values(0, state)),
      largestSize(model.values(0, `${state}_prev`)),
    );
    return ROOM * Math.max(1, niceCeiling(largest));
  });
}

/** The first layer's parameters in force. @param {Context} context */
function paramsOf({ header, model }) {
  const names = [...header.layers[0].cell.parameters.keys()];
  return new Map(names.map((name) => [name, lookup(model.liveArrays, `0.${name}`)]));
}

/** @param {Context} context @param {ReturnType<typeof holdsAt>} holds */
const heldText = (context, holds) =>
  _("Held here as at this step: {holds}.", {
    holds: holds.map((hold) => describe(context, hold)).join("; "),
  });

/**
 * @param {{isLine: boolean, size: number}} portraits @param {Float64Array} input @param {number} step
 */
function howToRead({ isLine, size }, input, step) {
  const holes = { input: [...input].map(short).join(", "), step: step + 1 };
  if (isLine)
    return _(
      "If the input stayed at {input}, as at step {step}, the staircase from ■ would lead on; △ where the run starts. Dashed: the state would stay as it is. Press a place to start there.",
      holes,
    );
  if (size === 2)
    return _(
      "Arrows: where a step leads if the input stayed at {input}, as at step {step}. Line: the states of this run, from △; ■ before this step. Press a place to start there.",
      holes,
    );
  return _(
    "A slice through a state of {size} numbers: two are shown, the others are as they are before step {step}, and the input stays at {input}. Line: the states of this run, from △; ■ before this step. The other marks are states at rest, of the whole state. Press a place to start there.",
    { ...holes, size },
  );
}

/**
 * Which two numbers are shown, where there are more.
 * @param {Coordinate[]} coordinates @param {() => void} follow
 */
function axesChoice(coordinates, follow) {
  const last = coordinates.length - 1;
  /** @type {[number, number]} */
  const axes = [0, Math.min(1, last)];
  /** @type {Array<[string, string]>} */
  const options = coordinates.map(({ text }, k) => [String(k), text]);
  /** @param {0|1} k @param {string} label */
  const choose = (k, label) => {
    const one = menu(label, options, (value) => {
      axes[k] = Number(value);
      if (axes[0] === axes[1]) axes[1 - k] = axes[k] === 0 ? 1 : 0;
      show();
      follow();
    });
    return one;
  };
  const [across, up] = [choose(0, _("across")), choose(1, _("up"))];
  function show() {
    across.show(axes[0]);
    up.show(axes[1]);
  }
  show();
  const menus = element(
    "div",
    { class: "axes" },
    element("label", { class: "labelled" }, _("across"), across.element),
    element("label", { class: "labelled" }, _("up"), up.element),
  );
  return { axes, element: last > 1 ? menus : null };
}

/**
 * The run starts from here: these numbers of the state before the first step are set.
 * @param {Context} context @param {Coordinate[]} coordinates
 * @param {Array<[axis: number, value: number]>} places @param {boolean} going
 */
function startAt({ model, controller }, coordinates, places, going) {
  places.forEach(([axis, value], k) => {
    const { state, unit } = coordinates[axis];
    const array = arrayOf(state);
    if (!model.arrays.has(array)) return;
    controller.change({ kind: "weight", array, index: unit, value }, { going: going || k > 0 });
  });
  controller.goTo(0);
}

/**
 * A press, or a drag, puts the state before the first step there.
 * @param {Context} context @param {ReturnType<typeof statePicture>} picture
 * @param {Coordinate[]} coordinates @param {() => [number, number]} axesNow
 */
function startFrom(context, picture, coordinates, axesNow) {
  /** @param {PointerEvent} event @param {boolean} going */
  function start(event, going) {
    const places = picture.placeAt(event).map((value) => Number(value.toFixed(2)));
    const axes = [...new Set(axesNow())];
    startAt(
      context,
      coordinates,
      axes.map((axis, k) => [axis, places[k]]),
      going,
    );
  }
  assign(picture.element, "title", _("press or drag: the run starts from there"));
  return draggable(picture.element, {
    begin: () => ({ going: false }),
    move(grip, _dx, _dy, event) {
      start(event, grip.going);
      grip.going = true;
    },
    click: (event) => start(event, false),
  });
}

/** First, back, play, step, last, scrub, speed, and how much one press shows. */

import { assign, button, element, menu, segmented, svg, touches, write } from "../drawing/dom.js";

/** @typedef {import("./context.js").Context} Context */

/** @type {Array<[string, string]>} */
const SPEEDS = [
  ["0.5", "½ per s"],
  ["1", "1 per s"],
  ["2", "2 per s"],
  ["5", "5 per s"],
  ["10", "10 per s"],
  ["20", "20 per s"],
];

const ICONS = {
  first: "M3 3v10M13 3L6 8l7 5z",
  left: "M11 3L4 8l7 5z",
  right: "M5 3l7 5-7 5z",
  last: "M13 3v10M3 3l7 5-7 5z",
  play: "M4 2.5l9 5.5-9 5.5z",
  pause: "M5 3v10M11 3v10",
};

/** @param {keyof typeof ICONS} name */
function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

/** @param {Context} context @returns {import("./views.js").View} */
export function playerView(context) {
  const { store, controller } = context;
  const buttons = buttonsOf(context);
  const level = segmented(
    "what one press shows",
    [
      ["steps", "whole steps"],
      ["inside", "inside one step"],
    ],
    controller.setLevel,
  );
  const speed = menu("speed", SPEEDS, (value) => controller.setSpeed(Number(value)));
  const where = element("output", { class: "where", "data-testid": "where" });
  const scrub = scrubberOf(context);
  const clock = playClock(controller);
  return {
    element: element(
      "div",
      { class: "player" },
      buttons.element,
      where,
      element("span", { class: "spring" }),
      level.element,
      element("label", { class: "labelled" }, "speed", speed.element),
    ),
    scrub: scrub.element,
    update(changed) {
      const { state } = store;
      if (touches(changed, "step", "part", "level", "layer", "mount")) {
        write(where, placeOf(context));
        scrub.show(state.step);
      }
      if (touches(changed, "level", "layer", "mount")) buttons.showDirection();
      if (touches(changed, "playing", "mount")) buttons.showPlaying(state.playing);
      level.show(state.level);
      speed.show(state.speed);
      if (touches(changed, "playing", "speed")) clock.set(state.playing ? state.speed : 0);
    },
    destroy: () => clock.set(0),
  };
}

/** @param {Context} context */
function buttonsOf({ header, model, store, controller }) {
  const first = button("first step (Home)", icon("first"), () => controller.goTo(0));
  const left = button("back (←)", icon("left"), () => controller.press(-1));
  const toggle = () => controller.play(!store.state.playing);
  const about = { class: "primary", "data-testid": "play" };
  const play = button("play (space)", "", toggle, about);
  const right = button("step (→)", icon("right"), () => controller.press(1));
  const last = button("last step (End)", icon("last"), () => controller.goTo(model.T - 1));
  const group = { class: "transport", role: "group", "aria-label": "player" };

  /** @param {Element} node @param {string} name */
  function call(node, name) {
    assign(node, "aria-label", name);
    assign(node, "title", name);
  }
  return {
    element: element("div", group, first, left, play, right, last),

    /** Where a layer reads from right to left, a step leads to the left. */
    showDirection() {
      const { level, layer } = store.state;
      const isBack = Boolean(header.layers[layer].reverse) && level === "steps";
      call(left, isBack ? "step (←)" : "back (←)");
      call(right, isBack ? "back (→)" : "step (→)");
    },
    /** @param {boolean} playing */
    showPlaying(playing) {
      const name = playing ? "pause" : "play";
      play.replaceChildren(icon(name), ` ${name}`);
      assign(play, "aria-label", `${name} (space)`);
    },
  };
}

/** The slider over the time steps, in the row of the sequence. @param {Context} context */
function scrubberOf({ model: { T }, controller }) {
  const scrub = element("input", {
    type: "range",
    min: 0,
    max: T - 1,
    step: 1,
    class: "scrub",
    "aria-label": "time step",
    style: `--columns:${T}`,
    on: { input: () => controller.goTo(Number(scrub.value)) },
  });
  return {
    element: element(
      "div",
      { class: "row scrub-row" },
      element("div", { class: "row-label" }),
      element("div", { class: "row-plot" }, scrub),
      element("div", { class: "row-note" }),
    ),
    /** @param {number} step */
    show(step) {
      scrub.value = String(step);
      assign(scrub, "aria-valuetext", `step ${step + 1} of ${T}`);
    },
  };
}

/** "step 3 / 8, read 6th · 2 of 5". @param {Context} context */
function placeOf({ header, model: { T }, store }) {
  const { step, level, part, layer } = store.state;
  const { cell, reverse } = header.layers[layer];
  const turn = reverse ? `, read ${ordinal(T - step)}` : "";
  const inside = level === "inside" ? ` · ${part} of ${cell.names.length}` : "";
  return `step ${step + 1} / ${T}${turn}${inside}`;
}

/** One advance per beat until the end. @param {Context["controller"]} controller */
function playClock(controller) {
  let timer = 0;
  function beat() {
    if (!controller.advance(1)) controller.play(false);
  }
  return {
    /** @param {number} speed  beats per second; 0: none */
    set(speed) {
      clearInterval(timer);
      if (speed > 0) timer = setInterval(beat, 1000 / speed);
    },
  };
}

/** @param {number} n */
function ordinal(n) {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

/** First, back, play, step, last, scrub, speed, and how much one press shows. */

import { assign, button, element, menu, segmented, svg, touches, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { columnsOf } from "./time_window.js";

/** @typedef {import("./context.js").Context} Context */

const SPEEDS = ["0.5", "1", "2", "5", "10", "20"]; // steps per second

const ICONS = {
  first: "M3 3v10M13 3L6 8l7 5z",
  left: "M11 3L4 8l7 5z",
  right: "M5 3l7 5-7 5z",
  last: "M13 3v10M3 3l7 5-7 5z",
  play: "M4 2.5l9 5.5-9 5.5z",
  pause: "M5 3v10M11 3v10",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
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
    _("what one press shows"),
    [
      ["steps", _("whole steps")],
      ["inside", _("inside one step")],
    ],
    controller.setLevel,
  );
  const speed = menu(_("speed"), SPEEDS.map(speedOf), (value) =>
    controller.setSpeed(Number(value)),
  );
  const where = element("output", { class: "where", "data-testid": "where" });
  const pages = pagesOf(context);
  const scrub = scrubberOf(context);
  const clock = playClock(controller);
  return {
    element: element(
      "div",
      { class: "player" },
      element("div", { class: "player-main" }, buttons.element, where),
      element(
        "div",
        { class: "player-more" },
        pages.element,
        level.element,
        element("label", { class: "labelled" }, _("speed"), speed.element),
      ),
    ),
    scrub: scrub.element,
    update(changed) {
      const { state } = store;
      if (touches(changed, "step", "part", "level", "layer", "mount")) {
        write(where, placeOf(context));
        scrub.show(state.step);
      }
      if (touches(changed, "from", "mount")) pages.show();
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
  const first = button(_("first step (Home)"), icon("first"), () => controller.goTo(0));
  const left = button(_("back (←)"), icon("left"), () => controller.press(-1));
  const toggle = () => controller.play(!store.state.playing);
  const about = { class: "primary", "data-testid": "play" };
  const play = button(_("play (space)"), "", toggle, about);
  const right = button(_("step (→)"), icon("right"), () => controller.press(1));
  const last = button(_("last step (End)"), icon("last"), () => controller.goTo(model.T - 1));
  const group = { class: "transport", role: "group", "aria-label": _("player") };

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
      call(left, isBack ? _("step (←)") : _("back (←)"));
      call(right, isBack ? _("back (→)") : _("step (→)"));
    },
    /** @param {boolean} playing */
    showPlaying(playing) {
      play.replaceChildren(icon(playing ? "pause" : "play"), " ", playing ? _("pause") : _("play"));
      assign(play, "aria-label", playing ? _("pause (space)") : _("play (space)"));
    },
  };
}

/** Which steps of a long run are in view, and the way to those before and after. @param {Context} context */
function pagesOf({ model: { T }, store, controller }) {
  const columns = columnsOf(T);
  const back = button(_("earlier steps"), "‹", () => controller.turnPage(-1));
  const on = button(_("later steps"), "›", () => controller.turnPage(1));
  const text = element("span", { class: "quiet" });
  const about = { class: "pages", role: "group", "aria-label": _("steps in view") };
  const group = element("div", { ...about, "data-testid": "pages" }, back, text, on);
  group.hidden = columns === T;
  return {
    element: group,
    show() {
      const { from } = store.state;
      const holes = { first: from + 1, last: from + columns, steps: T };
      write(text, _("in view: {first} to {last} of {steps}", holes));
      back.disabled = from === 0;
      on.disabled = from + columns === T;
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
    "aria-label": _("time step"),
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
      assign(scrub, "aria-valuetext", _("step {step} of {steps}", { step: step + 1, steps: T }));
    },
  };
}

/** "step 3 / 8 · read as number 6 · 2 of 5": places with dots between. @param {Context} context */
function placeOf({ header, model: { T }, store }) {
  const { step, level, part, layer } = store.state;
  const { cell, reverse } = header.layers[layer];
  const places = [_("step {step} / {steps}", { step: step + 1, steps: T })];
  if (reverse) places.push(_("read as number {turn}", { turn: T - step }));
  if (level === "inside") places.push(_("{part} of {parts}", { part, parts: cell.names.length }));
  return places.join(" · ");
}

/** @param {string} steps  per second @returns {[value: string, shown: string]} */
function speedOf(steps) {
  return [steps, _("{steps} per s", { steps: steps === "0.5" ? "½" : steps })];
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

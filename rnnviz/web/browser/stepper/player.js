/** First, back, play, step, last, scrub, speed, and how much one press shows. */

import { assign, button, element, menu, segmented, svg, write } from "../drawing/dom.js";

const SPEEDS = [
  ["0.5", "½ per s"],
  ["1", "1 per s"],
  ["2", "2 per s"],
  ["5", "5 per s"],
  ["10", "10 per s"],
  ["20", "20 per s"],
];

const ICONS = new Map([
  ["first", "M3 3v10M13 3L6 8l7 5z"],
  ["left", "M11 3L4 8l7 5z"],
  ["right", "M5 3l7 5-7 5z"],
  ["last", "M13 3v10M3 3l7 5-7 5z"],
  ["play", "M4 2.5l9 5.5-9 5.5z"],
  ["pause", "M5 3v10M11 3v10"],
]);

function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: ICONS.get(name) }),
  );
}

/** @param {import("./stage.js").Stage} stage */
export function playerView({ header, model, store, controller }) {
  const T = model.T;
  const first = button("first step (Home)", icon("first"), () => controller.goTo(0));
  const left = button("back (←)", icon("left"), () => controller.press(-1));
  const play = button("play (space)", "", () => controller.play(!store.state.playing), {
    class: "primary",
    "data-testid": "play",
  });
  const right = button("step (→)", icon("right"), () => controller.press(1));
  const last = button("last step (End)", icon("last"), () => controller.goTo(T - 1));
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
  const clock = playClock(store, controller);

  function names() {
    const isBack =
      Boolean(header.layers[store.state.layer].reverse) && store.state.level === "steps";
    const [toLeft, toRight] = isBack ? ["step", "back"] : ["back", "step"];
    for (const [node, name, key] of [
      [left, toLeft, "←"],
      [right, toRight, "→"],
    ]) {
      assign(node, "aria-label", `${name} (${key})`);
      assign(node, "title", `${name} (${key})`);
    }
  }
  function position() {
    const { step, level: seen, part, layer } = store.state;
    const { cell, reverse } = header.layers[layer];
    const turn = reverse ? `, read ${ordinal(T - step)}` : "";
    const inside = seen === "inside" ? ` · ${part} of ${cell.names.length}` : "";
    write(where, `step ${step + 1} / ${T}${turn}${inside}`);
    scrub.value = String(step);
    assign(scrub, "aria-valuetext", `step ${step + 1} of ${T}`);
  }
  return {
    element: element(
      "div",
      { class: "player" },
      element(
        "div",
        { class: "transport", role: "group", "aria-label": "player" },
        first,
        left,
        play,
        right,
        last,
      ),
      where,
      element("span", { class: "spring" }),
      level.element,
      element("label", { class: "labelled" }, "speed", speed.element),
    ),
    scrub: element(
      "div",
      { class: "row scrub-row" },
      element("div", { class: "row-label" }),
      element("div", { class: "row-plot" }, scrub),
      element("div", { class: "row-note" }),
    ),
    update(changed) {
      const { state } = store;
      if (
        changed.has("step") ||
        changed.has("part") ||
        changed.has("level") ||
        changed.has("layer") ||
        changed.has("mount")
      )
        position();
      if (changed.has("level") || changed.has("layer") || changed.has("mount")) names();
      level.show(state.level);
      speed.show(state.speed);
      if (changed.has("playing") || changed.has("mount")) {
        play.replaceChildren(
          icon(state.playing ? "pause" : "play"),
          state.playing ? " pause" : " play",
        );
        assign(play, "aria-label", state.playing ? "pause (space)" : "play (space)");
      }
      if (changed.has("playing") || changed.has("speed"))
        clock.set(state.playing ? state.speed : 0);
    },
    destroy: () => clock.set(0),
  };
}

/** One advance per beat until the end. */
function playClock(store, controller) {
  let timer = null;
  return {
    set(speed) {
      clearInterval(timer);
      timer =
        speed === 0
          ? null
          : setInterval(() => {
              if (!controller.advance(1)) controller.play(false);
            }, 1000 / speed);
    },
  };
}

function ordinal(n) {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

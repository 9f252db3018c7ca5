/** What plays the forward and the backward pass: first, back, play, on, last, and a scrubber. */

import { assign, button, element, listen, write } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { momentsOf } from "./passes.js";
import { icon } from "../player.js";

/** @param {import("../context.js").Context} context */
export function passPlayer({ model, store, controller }) {
  const last = momentsOf(model.T) - 1;
  const go = (/** @type {number} */ by) => controller.toMoment(controller.moment() + by);
  const isPlaying = () => store.state.playing && Boolean(store.state.pass);
  const turn = () => (isPlaying() ? controller.play(false) : controller.playPasses());
  const about = { class: "primary", "data-testid": "play-passes" };
  const play = button(_("play both passes"), "", turn, about);
  const scrub = element("input", {
    ...{ type: "range", min: 0, max: last, step: 1, "aria-label": _("moment of both passes") },
    on: { input: () => controller.toMoment(Number(scrub.value)) },
  });
  const where = element("span", { class: "quiet", "data-testid": "moment" });
  const first = button(_("begin of the forward pass"), icon("first"), () => controller.toMoment(0));
  const back = button(_("one moment back"), icon("left"), () => go(-1));
  const on = button(_("one moment on"), icon("right"), () => go(1));
  const end = button(_("both passes whole"), icon("last"), () => controller.toMoment(last));
  const group = element("div", { class: "transport", role: "group" }, first, back, play, on, end);
  assign(group, "aria-label", _("passes"));
  const keys = new Map([
    ["ArrowRight", () => go(1)],
    ["ArrowLeft", () => go(-1)],
    ["Home", () => controller.toMoment(0)],
    ["End", () => controller.toMoment(last)],
  ]);
  const node = element("div", { class: "pass-player" }, group, scrub, where);
  /** @param {KeyboardEvent} event */
  function press(event) {
    const move = event.key === " " && event.target === scrub ? turn : keys.get(event.key);
    if (move === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }
  listen(node, { keydown: press });
  return {
    element: node,
    show() {
      const moment = controller.moment();
      scrub.value = String(moment);
      const text = nameOf(store.state, model.T);
      assign(scrub, "aria-valuetext", text);
      write(where, text);
      const isOn = isPlaying();
      if (play.dataset.playing === String(isOn)) return;
      assign(play, "data-playing", String(isOn));
      const shown = isOn ? _("pause") : _("play both passes");
      play.replaceChildren(icon(isOn ? "pause" : "play"), " ", isOn ? _("pause") : _("play"));
      for (const name of ["aria-label", "title"]) assign(play, name, shown);
    },
  };
}

/** @param {import("../state.js").State} state @param {number} T */
function nameOf({ step, pass }, T) {
  if (!pass) return _("both passes, whole");
  const holes = { step: step + 1, steps: T };
  return pass === "forward"
    ? _("forward, step {step} of {steps}", holes)
    : _("backward, step {step} of {steps}", holes);
}

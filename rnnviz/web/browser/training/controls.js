/**
 * Play and pause, single updates, slow or fast, back to the first weights; what can be changed while
 * it trains; what is going on, and a look back that is being computed can be left.
 */

import { assign, button, element, segmented, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { liveKnobs } from "./live_knobs.js";
import { faultWords } from "./words.js";

/**
 * @typedef {import("./polling.js").Order} Order
 * @typedef {import("./header.js").TrainHeader} TrainHeader
 * @typedef {(name: Order, value?: import("./polling.js").Pressed["value"]) => void} Press
 */

/** @param {Press} press */
export function controls(press) {
  const running = runningControls(press);
  const leave = button(_("look back no more"), _("cancel"), () => press("leave"));
  const live = liveKnobs(press);
  const status = element("span", { class: "status", role: "status" });
  const where = element("span", { class: "where", "data-testid": "where-it-trains" });
  const failed = element("p", { class: "failed", role: "alert" });
  const going = [
    element("div", { class: "group" }, ...running.elements),
    element(
      "div",
      { class: "group live-knobs", role: "group", "aria-label": _("change while it trains") },
      ...live.elements,
    ),
  ];
  const about = element("div", { class: "going-on" }, where, status, leave);
  return {
    element: element("div", { class: "controls" }, ...going, about, failed),
    /** @param {TrainHeader} header */
    show(header) {
      for (const one of going) one.hidden = header.saved === true;
      running.show(header);
      leave.hidden = header.lookBack === "";
      live.show(header.runs);
      where.hidden = header.saved === true;
      write(where, header.where);
      const said = header.lookBack || header.status;
      write(status, said);
      assign(status, "title", said);
      const fault = faultWords(header);
      failed.hidden = fault === "";
      write(failed, fault);
    },
  };
}

/** Of all runs at once. @param {Press} press */
function runningControls(press) {
  let isPlaying = false;
  const play = button(_("play"), "", () => press(isPlaying ? "pause" : "play"), {
    class: "primary",
  });
  const one = button(_("1 update"), _("1 update"), () => press("play", 1));
  const ten = button(_("10 updates"), "10", () => press("play", 10));
  const pace = segmented(
    _("speed"),
    [
      ["slow", _("slow")],
      ["full", _("fast")],
    ],
    (chosen) => press("pace", chosen),
  );
  assign(pace.element, "title", _("slow: one update a second"));
  const reset = button(_("back to the very same weights"), _("↺ reset"), () => press("reset"));
  return {
    elements: [play, one, ten, pace.element, reset],
    /** @param {TrainHeader} header */
    show({ playing, stepping, ended, slow }) {
      isPlaying = playing;
      const label = playing ? _("pause") : _("play");
      write(play, playing ? _("❚❚ pause") : _("▶ play"));
      assign(play, "aria-label", label);
      assign(play, "title", label);
      play.disabled = ended && !playing;
      one.disabled = ten.disabled = (playing && !stepping) || ended;
      pace.show(slow ? "slow" : "full");
    },
  };
}

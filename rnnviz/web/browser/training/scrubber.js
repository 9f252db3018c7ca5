/** The way back: a slider over all updates planned, on the axis of the charts above and below it. */

import { button, element, listen, write } from "../drawing/dom.js";
import { magnification, planned } from "../drawing/magnified.js";
import { linearAxis } from "../drawing/scales.js";
import { _ } from "../drawing/texts.js";
import { drawingOf, edgesOf } from "./panel.js";
import { placeWords, whereWords } from "./words.js";

const THUMB = 16; // pixels
const NOTHING = { ...linearAxis(0, 1), ticks: () => [] };

/**
 * @typedef {Object} Moves
 * @property {(update: number) => void} look  while it moves
 * @property {(update: number|null) => void} choose  when it rests; null: the latest
 * @property {() => void} all  show all updates
 */

/** @param {Moves} moves @param {import("../drawing/paint.js").Ink} ink */
export function scrubber({ look, choose, all }, ink) {
  const slider = element("input", {
    type: "range",
    min: 0,
    max: 0,
    value: 0,
    "aria-label": _("update looked at"),
    "data-testid": "scrubber",
  });
  const axis = drawingOf(_("updates"), { height: 20, top: 0, bottom: 18 }, { ink });
  const where = element("output", { class: "scrub-status", "aria-live": "off" });
  const latest = button(_("look at the latest update"), _("latest"), () => choose(null), {
    class: "text",
  });
  const whole = button(_("show all updates"), _("all updates"), all, { class: "text" });
  const side = element("div", { class: "scrub-side" }, where, latest, whole);
  const node = element("div", { class: "scrubber" }, slider, axis.element, side);
  const stopAligning = align(node);
  let isHeld = false;
  const stop = listen(slider, {
    pointerdown: () => {
      isHeld = true;
    },
    pointerup: () => {
      isHeld = false;
    },
    input: () => look(Number(slider.value)),
    change: () => {
      isHeld = false;
      choose(Number(slider.value));
    },
  });
  return {
    element: node,
    /**
     * @param {import("./looking.js").View} view
     * @param {{most: number, shown: number}} updates  made, and shown where none was chosen
     * @param {import("../drawing/scales.js").Axis} across
     */
    show({ at, zoom, header }, { most, shown }, across) {
      const { low, high } = across;
      slider.min = String(low);
      slider.max = String(high);
      if (!isHeld) slider.value = String(at ?? shown);
      slider.disabled = most === 0;
      const done = Math.min(Math.max(across.place(most), 0), 1);
      slider.style.setProperty("--done", `${100 * done}%`);
      latest.hidden = at === null;
      whole.hidden = zoom === null;
      write(where, whereWords(at, shown));
      slider.setAttribute("aria-valuetext", placeWords(at, shown, header.planned));
      axis.draw({ across: { ...across, unit: "" }, up: NOTHING, lines: [] }, null);
    },
    destroy() {
      stop();
      stopAligning();
      axis.destroy();
    },
  };
}

/** Keep its ends under those of the charts. @param {HTMLElement} node @returns {() => void} to stop */
function align(node) {
  const watch = new ResizeObserver(() => {
    const { left, right } = edgesOf(node.clientWidth / magnification());
    node.style.setProperty("--left", planned(left - THUMB / 2));
    node.style.setProperty("--right", planned(right - THUMB / 2));
    node.classList.toggle("narrow", right < 60);
  });
  watch.observe(node);
  return () => watch.disconnect();
}

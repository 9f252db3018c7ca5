/** The pointer on a table of numbers: a number is dragged sideways, a slider follows. */

import { listen } from "../drawing/dom.js";
import { draggable } from "../drawing/drag.js";
import { LARGEST } from "./number_text.js";
import { rounded, valueAt } from "./slider_law.js";
import { entryAt } from "./table_typing.js";

/** @typedef {import("./table.js").Entries} Entries */
/**
 * @typedef {{index: number, from: number, track: DOMRect|null, going: boolean}} Grip  track: where
 *   the slider is that was taken; null: the number was
 */

const PER_PIXEL = 0.01;
const FINE = 5; // up to here, a number goes by hundredths

/**
 * @param {HTMLElement} table @param {Entries} entries @param {import("./table.js").TableSpec} spec
 * @returns {() => void} to stop
 */
export function pointing(table, entries, spec) {
  /** @param {PointerEvent} event @returns {Grip|null} */
  function begin({ target }) {
    const slider = target instanceof Element ? target.closest(".weight-slider") : null;
    const index = entryAt(slider?.previousElementSibling ?? target);
    if (index < 0 || (!slider && index === entries.focused)) return null;
    const track = slider?.getBoundingClientRect() ?? null;
    return { index, from: entries.values[index], track, going: false };
  }
  /** @param {Grip} grip @param {number} value */
  function change(grip, value) {
    entries.complain("");
    spec.change(grip.index, value, grip.going);
    grip.going = true;
  }
  /** @param {Grip} grip @param {DOMRect} track @param {PointerEvent} event */
  function follow(grip, track, { clientX }) {
    change(grip, valueAt((2 * (clientX - track.left)) / track.width - 1, entries.reach));
  }
  const stop = draggable(table, {
    begin,
    move(grip, dx, dy, event) {
      if (grip.track) return follow(grip, grip.track, event);
      const size = Math.max(1, Math.abs(grip.from));
      const to = rounded(grip.from + dx * PER_PIXEL * size, FINE * size);
      change(grip, Math.min(Math.max(to, -LARGEST), LARGEST));
    },
    click(event, grip) {
      if (grip?.track) follow(grip, grip.track, event);
      else if (grip) entries.texts[grip.index].focus();
    },
  });
  /** A press that may become a drag selects no text, and moves no focus. @param {MouseEvent} event */
  function mousedown(event) {
    const { target } = event;
    const isSlider = target instanceof Element && target.closest(".weight-slider") !== null;
    const index = entryAt(target);
    if (isSlider || (index >= 0 && index !== entries.focused)) event.preventDefault();
  }
  const stopMouse = listen(table, { mousedown });
  return () => {
    stop();
    stopMouse();
  };
}

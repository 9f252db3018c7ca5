/** The way back: a slider over all updates made, and a button to the latest. */

import { button, element, listen, write } from "../drawing/dom.js";
import { whereWords } from "./words.js";

/**
 * @param {{look: (update: number) => void, choose: (update: number|null) => void}} options  look
 *   while it moves, choose when it rests
 */
export function scrubber({ look, choose }) {
  const slider = element("input", {
    type: "range",
    min: 0,
    max: 0,
    value: 0,
    "aria-label": "update looked at",
    "data-testid": "scrubber",
  });
  const status = element("output", { class: "scrub-status", "aria-live": "off" });
  const latest = button("look at the latest update", "latest", () => choose(null), {
    class: "latest",
  });
  const node = element("div", { class: "scrubber" }, slider, status, latest);
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
     * @param {number|null} at  null: the latest
     * @param {number} most  updates made
     * @param {import("./header.js").TrainHeader} header
     */
    show(at, most, header) {
      slider.max = String(most);
      if (!isHeld) slider.value = String(at ?? most);
      slider.disabled = most === 0;
      latest.hidden = at === null;
      write(status, whereWords(at, most, header));
    },
    destroy: stop,
  };
}

/** The way back: a slider over all updates made, and a button to the latest. */

import { button, element, write } from "../drawing/dom.js";

/** @param {{look: (update: number) => void, choose: (update: number|null) => void}} options  look while it moves, choose when it rests */
export function scrubber({ look, choose }) {
  const slider = element("input", {
    type: "range",
    min: 0,
    max: 0,
    value: 0,
    "aria-label": "update looked at",
    "data-testid": "scrubber",
  });
  const told = element("output", { class: "scrub-told", "aria-live": "off" });
  const latest = button("look at the latest update", "latest", () => choose(null), {
    class: "latest",
  });
  const node = element("div", { class: "scrubber" }, slider, told, latest);
  let isHeld = false;
  const listeners = {
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
  };
  for (const [event, listener] of Object.entries(listeners))
    slider.addEventListener(event, listener);
  return {
    element: node,
    show(at, most, { planned, told: status }) {
      slider.max = String(most);
      if (!isHeld) slider.value = String(at ?? most);
      slider.disabled = most === 0;
      latest.hidden = at === null;
      const shown = (at ?? most).toLocaleString("en");
      const text =
        at === null
          ? `after ${shown} of ${planned.toLocaleString("en")} updates${status ? ` · ${status}` : ""}`
          : `looking back: after ${shown} of ${most.toLocaleString("en")} updates made`;
      write(told, text);
    },
    destroy() {
      for (const [event, listener] of Object.entries(listeners))
        slider.removeEventListener(event, listener);
    },
  };
}

/** The current step in words for a screen reader, once it has settled. */

import { element, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { labelAt } from "./sequence_labels.js";

const SETTLED = 250,
  FAST = 2; // milliseconds; steps per second

/** @param {import("./stage.js").Stage} stage */
export function narrator({ header, model, store, words, answer }) {
  const region = element("div", {
    class: "unseen",
    role: "status",
    "aria-live": "polite",
    "data-testid": "narration",
  });
  let timer = null;

  function tell() {
    const { step, unit, layer, level } = store.state;
    const { cell } = header.layers[layer];
    const about = words(layer);
    const active = level === "inside" ? [cell.names[store.state.part - 1]] : cell.names;
    const values = active.map(
      (name) =>
        `${about.title(name)} ${short(model.number(layer, name, Math.min(unit, model.size(layer, name) - 1), step))}`,
    );
    const told = answer();
    write(
      region,
      `Step ${step + 1} of ${model.T}, reads ${labelAt(header, model, step)}. Unit ${unit + 1}: ${values.join(", ")}.${told ? ` Answer: ${told}.` : ""}`,
    );
  }
  return {
    element: region,
    update(changed) {
      if (!["step", "part", "unit", "layer", "run", "level"].some((key) => changed.has(key)))
        return;
      clearTimeout(timer);
      if (store.state.playing && store.state.speed >= FAST) return;
      timer = setTimeout(tell, SETTLED);
    },
    destroy: () => clearTimeout(timer),
  };
}

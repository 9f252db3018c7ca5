/** The current step in words for a screen reader, once it has settled. */

import { element, touches, write } from "../drawing/dom.js";
import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { answerAt, sentenceOf } from "./answer.js";
import { selectionInWords } from "./maps/selection.js";
import { labelAt } from "./sequence/sequence_labels.js";
import { unrolledInWords } from "./unrolled/unrolled_view.js";

const SETTLED = 250,
  FAST = 2; // milliseconds; steps per second

/** @param {import("./context.js").Context} context @returns {import("./views.js").View} */
export function narrator(context) {
  const { store } = context;
  const region = element("div", {
    class: "unseen",
    role: "status",
    "aria-live": "polite",
    "data-testid": "narration",
  });
  let timer = 0;
  return {
    element: region,
    update(changed) {
      const { playing, speed, selection, pass } = store.state;
      const isPaused = touches(changed, "playing") && pass && !playing;
      const isNew = touches(changed, "step", "part", "unit", "layer", "run", "level", "selection");
      if (!isNew && !touches(changed, "pass") && !isPaused) return;
      clearTimeout(timer);
      if (playing && speed >= FAST) return;
      const isOfMap = touches(changed, "selection") && selection !== null;
      const isOfPasses = pass || (touches(changed, "pass") && !touches(changed, "mount"));
      const say = () => {
        if (isOfMap) return selectedIn(context, selection);
        return isOfPasses ? unrolledInWords(context) : narrationOf(context);
      };
      timer = setTimeout(() => write(region, say()), SETTLED);
    },
    destroy: () => clearTimeout(timer),
  };
}

/**
 * @param {import("./context.js").Context} context
 * @param {import("./maps/selection.js").Selection} selection
 */
function selectedIn({ store, words }, selection) {
  return selectionInWords(selection, words(store.state.layer).title(selection.name));
}

/** @param {import("./context.js").Context} context */
function narrationOf({ header, model, store, words }) {
  const { step, unit, layer, level, part } = store.state;
  const { cell } = header.layers[layer];
  const active = level === "inside" ? [cell.names[part - 1]] : cell.names;
  const unitsNumber = (/** @type {string} */ name) => {
    const column = Math.min(unit, model.size(layer, name) - 1);
    return `${words(layer).title(name)} ${short(model.number(layer, name, column, step))}`;
  };
  const symbol = labelAt(header, model, step);
  const holes = { step: step + 1, steps: model.T, symbol };
  const sentences = [
    symbol
      ? _("Step {step} of {steps}, reads {symbol}.", holes)
      : _("Step {step} of {steps}.", holes),
    _("Unit {unit}: {values}.", { unit: unit + 1, values: active.map(unitsNumber).join(", ") }),
  ];
  if (header.readout) {
    const answer = sentenceOf(header.readout, answerAt(header, model, step));
    sentences.push(_("Answer: {answer}.", { answer }));
  }
  return sentences.join(" ");
}

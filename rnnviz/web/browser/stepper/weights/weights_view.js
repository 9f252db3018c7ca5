/** The network's weights, to be typed, dragged, copied and pasted: every one is a change. */

import { assign, element, touches, write } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { readArrays, textView } from "../../weights/text_view.js";
import { numbersNow, wholeArrays } from "./weights.js";
import { weightsActions } from "./weights_actions.js";
import { weightsTables } from "./weights_tables.js";

/** @typedef {import("../context.js").Context} Context */

const FEW = 4; // units: so few have sliders, and all tables in sight
const ALL = "all";

/**
 * @param {() => void} [train]  has a run begin at these weights; where there is nobody to ask, there
 *   is no such button
 * @returns {import("../views.js").MakeView}
 */
export function weightsView(train) {
  return (context) => panel(context, train);
}

/** @param {Context} context @param {(() => void)|undefined} train @returns {import("../views.js").View} */
function panel(context, train) {
  const { header, model, store, controller } = context;
  const { parameters } = header.weights;
  const isSmall = header.layers.every(({ hidden }) => hidden <= FEW);
  const selected = () => store.state.weights ?? ALL;
  const set = (/** @type {Map<string, Float64Array>} */ arrays) =>
    controller.setParameters(wholeArrays(model, arrays));
  const tables = weightsTables(context, { sliders: isSmall, paste });
  const actions = weightsActions(context, { selected, set, train });
  const numbers = () => numbersNow(model);
  const text = textView({ layout: header.weights, selected, numbers, set });
  const hint = element("p", { class: "hint" });
  const asText = element("details", { on: { toggle: () => text.show(false) } });
  asText.append(element("summary", {}, _("As text: copy, paste")), text.element);
  const about = { type: "button", class: "text opener", on: { click: open } };
  const turn = element("button", about, _("Weights"));
  const parts = [actions.element, hint, tables.element, asText];
  const body = element("div", { class: "weights-body" }, ...parts);

  function open() {
    const first = isSmall ? ALL : parameters[0].array;
    controller.openWeights(store.state.weights === null ? first : null);
  }
  /** @param {string} array @param {string} pasted */
  function paste(array, pasted) {
    const { arrays, problem } = readArrays(pasted, array, header.weights);
    if (arrays !== null) set(arrays);
    return problem;
  }
  function choose() {
    const isOpen = store.state.weights !== null;
    const chosen = parameters.filter(({ array }) => array === selected());
    body.hidden = !isOpen;
    assign(turn, "aria-expanded", String(isOpen));
    actions.show();
    tables.choose(!isOpen ? [] : selected() === ALL && isSmall ? parameters : chosen);
    write(hint, hintOf(isSmall, selected()));
    if (asText.open) text.show(false);
  }
  return {
    element: element("section", { class: "weights", "data-testid": "weights" }, turn, body),
    update(changed) {
      if (touches(changed, "weights", "mount")) choose();
      if (store.state.weights === null) return;
      if (touches(changed, "run", "item", "weights", "mount")) tables.show();
      if (touches(changed, "history", "item") && asText.open) text.showSoon();
    },
    destroy() {
      tables.destroy();
      text.destroy();
    },
  };
}

/** @param {boolean} isSmall @param {string} selected */
function hintOf(isSmall, selected) {
  if (selected === ALL && !isSmall)
    return _(
      "Choose one parameter to see its numbers. All of them can be set to zero, copied and pasted here.",
    );
  return isSmall
    ? _(
        "Type a number, drag it sideways, step it with ↑ ↓ (Shift: ten times as far), or take a slider. ← → and Enter go to the next one.",
      )
    : _(
        "Type a number, drag it sideways, or step it with ↑ ↓ (Shift: ten times as far). ← → and Enter go to the next one.",
      );
}

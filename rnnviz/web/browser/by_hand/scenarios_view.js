/** Behaviours in words: a press sets the gates that do it, and a sentence says what to look for. */

import { assign, button, element, touches, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";

/** @typedef {import("./header.js").ScenarioSpec} ScenarioSpec */

/** @type {import("../stepper/views.js").MakeView} */
export function scenariosView({ header, model, controller }) {
  const { scenarios } = /** @type {import("./header.js").ByHandHeader} */ (header);
  if (scenarios.length === 0) return null;
  const ask = _("Pick a behaviour in words: it sets the gates, and one undo takes it back.");
  const look = element("p", { class: "look", role: "status", "data-testid": "look" });
  const buttons = scenarios.map((one) => {
    const press = () => controller.setParameters(new Map(Object.entries(one.arrays)));
    const node = button(one.title, one.title, press, { class: "chip", "data-scenario": one.key });
    return { one, node };
  });

  /** Which one holds, as long as its weights stand as it set them. */
  function show() {
    const isSet = (/** @type {ScenarioSpec} */ one) => isInForce(one, model.liveArrays);
    for (const { one, node } of buttons) assign(node, "aria-pressed", String(isSet(one)));
    write(
      look,
      scenarios
        .filter(isSet)
        .map((one) => one.look)
        .join(" ") || ask,
    );
  }
  return {
    element: element(
      "section",
      { class: "scenarios", "aria-label": _("behaviours in words") },
      element("div", { class: "chips" }, ...buttons.map(({ node }) => node)),
      look,
    ),
    update(changed) {
      if (touches(changed, "run", "mount")) show();
    },
    destroy() {},
  };
}

/** @param {ScenarioSpec} one @param {Map<string, Float64Array>} arrays */
function isInForce(one, arrays) {
  return Object.entries(one.arrays).every(([name, numbers]) => {
    const now = lookup(arrays, name);
    return numbers.every((number, k) => now[k] === number);
  });
}

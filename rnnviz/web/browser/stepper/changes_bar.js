/** What the visitor changed: a chip each, undo, how far a change reaches, and what came of it. */

import { assign, button, element, menu, touches, write } from "../drawing/dom.js";
import { describe } from "./change_words.js";
import { concerns, keyOf } from "./changes.js";

/** @typedef {import("./context.js").Context} Context */

const HINT = "Drag an input, a square or a bold number; the untouched run stays as a ghost.";
/** @type {Array<[import("./state.js").Reach["units"], string]>} */
const UNITS = [
  ["one", "this unit"],
  ["all", "every unit"],
];
/** @type {Array<[import("./state.js").Reach["steps"], string]>} */
const STEPS = [
  ["one", "this step"],
  ["on", "from here on"],
  ["every", "every step"],
];

/** @param {Context} context @returns {import("./views.js").View} */
export function changesBar(context) {
  const { store, controller } = context;
  const chips = chipsOf(context);
  const undo = button("undo (Ctrl+Z)", "↶ undo", controller.undo, { class: "text" });
  const all = button("release everything", "release", controller.releaseAll, { class: "text" });
  const units = menu("units a held value reaches", UNITS, (value) =>
    controller.setReach({ units: value }),
  );
  const steps = menu("steps a held value reaches", STEPS, (value) =>
    controller.setReach({ steps: value }),
  );
  return {
    element: element(
      "div",
      { class: "changes-bar", role: "group", "aria-label": "your changes" },
      chips.element,
      element("span", { class: "reach" }, "hold ", units.element, steps.element),
      element("span", {}, undo, all),
    ),
    update(changed) {
      const { history, reach } = store.state;
      if (touches(changed, "history", "item", "mount")) chips.show();
      if (touches(changed, "history", "mount")) {
        assign(undo, "disabled", history.past.length === 0);
        assign(all, "disabled", history.present.length === 0);
      }
      units.show(reach.units);
      steps.show(reach.steps);
    },
    destroy: () => {},
  };
}

/** A chip for each change; one that goes on keeps its chip. @param {Context} context */
function chipsOf(context) {
  const { model, store, controller } = context;
  const chips = element("div", { class: "chips", "data-testid": "changes" });
  /** @type {ReturnType<typeof chip>[]|null} */
  let shown = null;

  /** @param {string} key */
  function chip(key) {
    const text = element("span");
    const release = button("release this", "×", () => controller.release(key), { class: "small" });
    return { key, text, node: element("span", { class: "chip" }, text, release) };
  }
  /** @param {string[]} keys */
  function chipsFor(keys) {
    if (shown !== null && keys.join() === shown.map(({ key }) => key).join()) return shown;
    shown = keys.map(chip);
    const hint = element("span", { class: "hint" }, HINT);
    chips.replaceChildren(...(shown.length > 0 ? shown.map(({ node }) => node) : [hint]));
    return shown;
  }
  return {
    element: chips,
    show() {
      const mine = store.state.history.present.filter((change) => concerns(change, model.item));
      const texts = chipsFor(mine.map(keyOf));
      mine.forEach((change, k) => write(texts[k].text, describe(context, change)));
    },
  };
}

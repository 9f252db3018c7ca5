/** The keys, heard by the stepper's own root. Tab is never touched. */

import { listen } from "../drawing/dom.js";
import { layOutNow } from "../drawing/drag.js";

const OWN_KEYS = "select, textarea, input[type=number]";
const OWN_SPACE = "button, select, input, textarea";

/**
 * @param {HTMLElement} root
 * @param {import("./controller.js").Controller} controller
 * @param {() => import("./state.js").State} state
 */
export function listenToKeys(root, controller, state) {
  const keys = new Map([
    ["ArrowRight", () => controller.press(1)],
    ["ArrowLeft", () => controller.press(-1)],
    ["Home", () => controller.goTo(0)],
    ["End", () => controller.goTo(Infinity)],
    [" ", () => controller.play(!state().playing)],
  ]);
  /** @param {KeyboardEvent} event */
  function press(event) {
    const [target] = event.composedPath();
    const isIn = (/** @type {string} */ fields) =>
      target instanceof Element && target.matches(fields);
    const move = keys.get(event.key);
    if (event.altKey || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "z") return;
      (event.shiftKey ? controller.redo : controller.undo)();
    } else if (event.key === "Escape" && state().explained !== null) controller.closeExplanation();
    else if (move === undefined || isIn(OWN_KEYS) || (event.key === " " && isIn(OWN_SPACE))) return;
    else move();
    layOutNow(root);
    event.preventDefault();
    event.stopPropagation();
  }
  return listen(root, { keydown: press });
}

/** The keys, heard by the stepper's own root. Tab is never touched. */

import { layOutNow } from "../drawing/drag.js";

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
  function press(event) {
    const target = event.composedPath()[0];
    if (event.altKey || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "z") return;
      (event.shiftKey ? controller.redo : controller.undo)();
    } else if (event.key === "Escape" && state().explained !== null) controller.closeExplanation();
    else if (
      !keys.has(event.key) ||
      target.matches?.("select, textarea") ||
      (event.key === " " && target.matches?.(OWN_SPACE))
    )
      return;
    else keys.get(event.key)();
    layOutNow(root);
    event.preventDefault();
    event.stopPropagation();
  }
  root.addEventListener("keydown", press);
  return () => root.removeEventListener("keydown", press);
}

/**
 * Behaviours in words: a press sets the gates that do it, and a sentence says what to look for. The
 * last chooses another cell: one unit at its bifurcation.
 */

import { assign, button, element, touches, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { holdsOf } from "./held_view.js";

/** @typedef {import("./header.js").ScenarioSpec} ScenarioSpec */
/** @typedef {import("./header.js").ByHandHeader} ByHandHeader */

/**
 * @param {import("../stepper/run_component.js").Server|null} server  null: in a file, where no
 *   other cell can be chosen
 * @returns {import("../stepper/views.js").MakeView}
 */
export const scenariosView = (server) => (context) => {
  const { model, store, controller } = context;
  const header = /** @type {ByHandHeader} */ (context.header);
  const { scenarios, isBifurcation } = header;
  const bifurcation =
    server &&
    bifurcationChip(isBifurcation, () => {
      controller.releaseAll();
      server.press("begin", "bifurcation");
    });
  if (scenarios.length === 0 && !bifurcation) return null;
  const look = element("p", { class: "look", role: "status", "data-testid": "look" });
  const buttons = scenarios.map((one) => {
    const press = () => controller.setParameters(new Map(Object.entries(one.arrays)));
    const node = button(one.title, one.title, press, { class: "chip", "data-scenario": one.key });
    return { one, node };
  });

  /** Which one holds, as long as its weights stand as it set them. */
  function show() {
    const set = buttons.filter(({ one }) => isInForce(one, model.liveArrays));
    for (const one of buttons) assign(one.node, "aria-pressed", String(set.includes(one)));
    const isHeld = set.length > 0 && holdsOf(store).length > 0;
    const looks = set.map(({ one }) => one.look);
    write(look, isHeld ? despiteHolds() : looks.join(" ") || atFirst(header));
  }
  return {
    element: element(
      "section",
      { class: "scenarios", "aria-label": _("behaviours in words") },
      element("div", { class: "chips" }, ...buttons.map(({ node }) => node), bifurcation),
      look,
    ),
    update(changed) {
      if (touches(changed, "run", "mount")) show();
    },
    destroy() {},
  };
};

/** @param {boolean} isShown @param {() => void} press */
function bifurcationChip(isShown, press) {
  const title = _("A bifurcation: one tanh unit whose recurrent weight crosses 1");
  const node = button(title, _("a bifurcation"), press, {
    class: "chip",
    "data-testid": "bifurcation",
  });
  assign(node, "aria-pressed", String(isShown));
  return node;
}

const despiteHolds = () =>
  _("The weights are those of this behaviour, but what is held does not follow them.");

/** What stands there where no behaviour is set. @param {ByHandHeader} header */
function atFirst({ challenge, scenarios, missing, isBifurcation }) {
  if (challenge) return challenge.task;
  if (isBifurcation)
    return _("Push its recurrent weight above and below 1, and watch the states at rest.");
  const none = _("No gate was found in this cell that sets: {behaviours}.", {
    behaviours: missing.join(", "),
  });
  return [
    scenarios.length > 0
      ? _("Pick a behaviour in words: it sets the gates, and one undo takes it back.")
      : "",
    missing.length > 0 ? none : "",
  ]
    .join(" ")
    .trim();
}

/** @param {ScenarioSpec} one @param {Map<string, Float64Array>} arrays */
function isInForce(one, arrays) {
  return Object.entries(one.arrays).every(([name, numbers]) => {
    const now = lookup(arrays, name);
    return numbers.every((number, k) => now[k] === number);
  });
}

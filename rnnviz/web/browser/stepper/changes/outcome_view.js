/** The loss and what changes did, always in sight; and experiments that a click starts. */

import { assign, button, element, touches, write } from "../../drawing/dom.js";
import { short } from "../../drawing/number_format.js";
import { _, _nodes } from "../../drawing/texts.js";
import { isOfWeights, keyOf } from "./changes.js";
import { lossNumber } from "../loss_line.js";
import { besideLoss } from "./outcome.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../header.js").Experiment} Experiment */

/** @param {Context} context @returns {import("../views.js").View} */
export function outcomeView(context) {
  const { header, model, store, controller } = context;
  const effect = effectOf(context);
  const trials = element("div", { class: "trials", "data-testid": "experiments" });
  /** @type {Array<{key: string, node: HTMLElement}>} */
  let buttons = [];

  /** Pressed again, it is taken back. @param {Experiment} experiment */
  function trial({ text, changes }) {
    const key = keysOf(changes);
    const press = () => (underWay() === key ? controller.releaseAll() : controller.try(changes));
    return { key, node: button(text, text, press, { class: "small" }) };
  }
  /** Weights that are typed are none of an experiment's. */
  function underWay() {
    const { present } = store.state.history;
    const { typed } = header.weights;
    return keysOf(typed ? present.filter((change) => !isOfWeights(change)) : present);
  }
  /** Of the unit in view. @returns {Experiment} */
  function silence() {
    const { layer } = store.state;
    const unit = Math.min(store.state.unit, model.size(layer, "h") - 1);
    const text = _("Always silence unit {unit}: h = 0", { unit: unit + 1 });
    const hold = { layer, name: "h", unit, from: 0, to: model.T, value: 0 };
    return { text, changes: [{ kind: "hold", ...hold }] };
  }
  function build() {
    buttons = [...(header.experiments[store.state.item] ?? []), silence()].map(trial);
    trials.replaceChildren(
      element("span", { class: "quiet" }, _("Try:")),
      ...buttons.map(({ node }) => node),
    );
  }
  /** One that is under way is pressed. */
  function point() {
    const now = underWay();
    for (const { key, node } of buttons) assign(node, "aria-pressed", String(key === now));
  }
  return {
    element: element(
      "section",
      { class: "outcome", "aria-label": _("loss and experiments") },
      effect.element,
      trials,
    ),
    update(changed) {
      if (touches(changed, "item", "layer", "unit", "mount")) build();
      if (touches(changed, "history", "item", "layer", "unit", "mount")) point();
      if (touches(changed, "run", "layer", "mount")) effect.show();
    },
    destroy: () => {},
  };
}

/**
 * What the loss is and what became of it; its number opens its arithmetic, and stays where it is
 * while what is around it changes.
 * @param {Context} context
 */
function effectOf(context) {
  const { header, model, store } = context;
  const loss = lossNumber(context);
  const [before, after] = [element("span"), element("span")];
  const about = { class: "effect", role: "status", "data-testid": "effect" };
  return {
    element: element("p", about, before, loss.element, after),
    show() {
      const { answers, rest } = besideLoss(header, model, store.state.layer);
      const nodes = model.isChanged
        ? _nodes("Loss {before} → {now}.", { before: short(model.ghost.loss), now: loss.element })
        : _nodes("Loss L = {loss}.", { loss: loss.element });
      const at = nodes.indexOf(loss.element);
      write(before, [...answers, nodes.slice(0, at).join("")].join(" "));
      write(after, [nodes.slice(at + 1).join(""), ...rest].join(" "));
      loss.show(model.live.loss);
    },
  };
}

/** What changes do, to be compared. @param {import("./changes.js").Changes} changes */
function keysOf(changes) {
  return JSON.stringify(
    changes.map((change) => [keyOf(change), "value" in change && change.value]),
  );
}

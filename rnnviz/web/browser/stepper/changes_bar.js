/** What the visitor changed: a chip each, undo, how far a change reaches, and what came of it. */

import { assign, button, element, menu, write } from "../drawing/dom.js";
import { keyOf } from "./changes.js";
import { layerName } from "./head_view.js";
import { short, signed } from "../drawing/number_format.js";

const HINT = "Drag an input, a square or a bold number; the untouched run stays as a ghost.";

/** @param {import("./stage.js").Stage} stage */
export function changesBar({ header, model, store, controller, words }) {
  const chips = element("div", { class: "chips", "data-testid": "changes" });
  const effect = element("span", { class: "effect", "data-testid": "effect" });
  const undo = button("undo (Ctrl+Z)", "↶ undo", controller.undo, { class: "text" });
  const all = button("release everything", "release", controller.releaseAll, { class: "text" });
  const units = menu(
    "units a held value reaches",
    [
      ["one", "this unit"],
      ["all", "every unit"],
    ],
    (value) => controller.setReach({ units: value }),
  );
  const steps = menu(
    "steps a held value reaches",
    [
      ["one", "this step"],
      ["on", "from here on"],
      ["every", "every step"],
    ],
    (value) => controller.setReach({ steps: value }),
  );
  let shown = null;

  function describe(change) {
    if (change.kind === "input")
      return `${header.sequence.input_names[change.input] ?? "x"} at step ${change.step + 1} = ${short(change.value)}`;
    if (change.kind === "symbol")
      return `step ${change.step + 1} = ${header.sequence.alphabet[change.value]}`;
    if (change.kind === "weight") return `${weightName(change)} = ${short(change.value)}`;
    const who = change.unit === null ? "every unit" : `unit ${change.unit + 1}`;
    const single = change.to - change.from === 1;
    const when = single
      ? `step ${change.from + 1}`
      : change.from === 0 && change.to === model.T
        ? "every step"
        : `steps ${change.from + 1}–${change.to}`;
    const where = header.layers.length > 1 ? `, ${layerName(header, change.layer)}` : "";
    return `${words(change.layer).title(change.name)}, ${who}, ${when}${where} = ${short(change.value)}`;
  }
  function weightName({ array, index }) {
    const { shape } = header.arrays.find(({ name }) => name === array);
    const name = array.split(".").slice(1).join(".");
    const place =
      shape.length > 1
        ? `${Math.floor(index / shape[1]) + 1}, ${(index % shape[1]) + 1}`
        : index + 1;
    return `${name}[${place}]`;
  }
  function showChips() {
    const { present } = store.state.history;
    const mine = present.filter(
      (change) => change.item === undefined || change.item === model.item,
    );
    const keys = mine.map(keyOf);
    if (shown === null || keys.join() !== shown.map(({ key }) => key).join()) {
      shown = mine.map((change) => chip(keyOf(change)));
      chips.replaceChildren(
        ...(shown.length
          ? shown.map(({ node }) => node)
          : [element("span", { class: "hint" }, HINT)]),
      );
    }
    mine.forEach((change, k) => write(shown[k].text, describe(change)));
  }
  function chip(key) {
    const text = element("span");
    const node = element(
      "span",
      { class: "chip" },
      text,
      button("release this", "×", () => controller.release(key), { class: "small" }),
    );
    return { key, text, node };
  }
  function showEffect() {
    if (!model.isChanged) return write(effect, "");
    const { layer } = store.state;
    const now = model.values(layer, "h"),
      before = model.ghosts(layer, "h");
    let most = 0;
    for (let k = 0; k < now.length; k++) most = Math.max(most, Math.abs(now[k] - before[k]));
    write(
      effect,
      `L ${short(model.ghost.loss)} → ${short(model.live.loss)} (Δ ${signed(model.live.loss - model.ghost.loss)}), h moved by up to ${short(most)}`,
    );
  }
  return {
    element: element(
      "div",
      { class: "changes-bar", role: "group", "aria-label": "your changes" },
      chips,
      effect,
      element("span", { class: "reach" }, "hold ", units.element, steps.element),
      element("span", {}, undo, all),
    ),
    update(changed) {
      const { history, reach } = store.state;
      if (changed.has("history") || changed.has("item") || changed.has("mount")) showChips();
      if (changed.has("run") || changed.has("layer")) showEffect();
      if (changed.has("history") || changed.has("mount")) {
        assign(undo, "disabled", history.past.length === 0);
        assign(all, "disabled", history.present.length === 0);
      }
      units.show(reach.units);
      steps.show(reach.steps);
    },
    destroy: () => {},
  };
}

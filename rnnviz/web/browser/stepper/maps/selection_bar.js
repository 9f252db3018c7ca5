/** What is selected on a map, in a sentence with fields, to be held at a number. */

import { assign, button, element, touches } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { holdFields } from "../changes/change_editor.js";
import { holdOf, selectionOf } from "./selection.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("../changes/holding.js").Hold} Hold */

/** @param {Context} context */
export function selectionBar(context) {
  const { model, store, controller } = context;
  const room = element("div", { class: "selection-bar", "data-testid": "selection" });
  /** @type {{name: string, show: (hold: Hold) => void}|null} */
  let shown = null;
  let value = 0;

  function now() {
    const { selection, layer } = store.state;
    return selection && holdOf(selection, layer, model.size(layer, selection.name), value);
  }
  /** @param {Hold} hold */
  function build(hold) {
    const fields = holdFields(context, hold);
    const take = () => apply(fields.isReadable() ? fields.read() : hold);
    const ends = context.model.range(hold.layer, hold.name).isGate ? [0, 1] : [0];
    const quick = ends.map((at) => {
      const press = () => fields.isReadable() && apply({ ...fields.read(), value: at });
      const text = _("hold at {value}", { value: at });
      return button(text, text, press, { class: "small" });
    });
    const hear = { change: () => fields.isReadable() && frame(fields.read()), keydown: enter };
    /** @param {KeyboardEvent} event */
    function enter({ key, target }) {
      if (key === "Enter" && target instanceof HTMLInputElement) take();
    }
    const leave = () => controller.selectSquares(null);
    room.replaceChildren(
      element("div", { class: "change-editor", on: hear }, ...fields.nodes),
      button(_("hold"), _("hold"), take, { class: "small primary" }),
      ...quick,
      button(_("select nothing (Escape)"), "×", leave, { class: "small" }),
    );
    shown = { name: hold.name, show: fields.show };
  }
  /** What the fields say is what is framed, where it is a rectangle. @param {Hold} hold */
  function frame(hold) {
    ({ value } = hold);
    const selection = selectionOf(hold, model.size(hold.layer, hold.name));
    if (selection) controller.selectSquares(selection);
  }
  /** Held, it is in the list of changes. @param {Hold} hold */
  function apply(hold) {
    controller.holdWhole(hold);
    controller.selectSquares(null);
  }
  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    controller.selectSquares(null);
  }
  room.addEventListener("keydown", escape);
  return {
    element: room,
    /** @param {import("../state.js").Changed} changed */
    update(changed) {
      if (!touches(changed, "selection", "layer", "mount")) return;
      const hold = now();
      assign(room, "hidden", hold === null);
      if (hold === null) shown = null;
      else if (shown?.name === hold.name) shown.show(hold);
      else build(hold);
    },
  };
}

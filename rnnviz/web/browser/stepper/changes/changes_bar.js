/** What the visitor changed: a chip each, undo, how far a change reaches, and what came of it. */

import { assign, button, element, menu, touches, write } from "../../drawing/dom.js";
import { N_, _, _nodes } from "../../drawing/texts.js";
import { changeEditor } from "./change_editor.js";
import { describe } from "./change_words.js";
import { concerns, keyOf } from "./changes.js";
import { weightsChip } from "../weights/weights_chip.js";

/** @typedef {import("../context.js").Context} Context */

const HINT = N_(
  "Drag an input, a stripe in a gate, or a bold number up or down. The original stays in grey.",
);

const WHOLE = N_("What is held already moves with all that its hold is of.");

/** @type {Array<[import("../state.js").Reach["units"], string]>} */
const UNITS = [
  ["one", N_("this unit")],
  ["all", N_("every unit")],
];
/** @type {Array<[import("../state.js").Reach["steps"], string]>} */
const STEPS = [
  ["one", N_("at this step")],
  ["on", N_("from here on")],
  ["every", N_("at every step")],
];

/** @param {Context} context @returns {import("../views.js").View} */
export function changesBar(context) {
  const { store, controller } = context;
  const chips = chipsOf(context);
  const undo = button(_("undo (Ctrl+Z)"), _("↶ undo"), controller.undo, { class: "text" });
  const all = button(_("release everything"), _("release"), controller.releaseAll, {
    class: "text",
  });
  const units = menu(_("units a held value reaches"), spoken(UNITS), (value) =>
    controller.setReach({ units: value }),
  );
  const steps = menu(_("steps a held value reaches"), spoken(STEPS), (value) =>
    controller.setReach({ steps: value }),
  );
  const reach = _nodes("What you drag is held for {units} {steps}", {
    units: units.element,
    steps: steps.element,
  });
  return {
    element: element(
      "div",
      { class: "changes-bar", role: "group", "aria-label": _("your changes") },
      chips.element,
      element("span", { class: "reach", title: _(WHOLE) }, ...reach),
      element("span", { class: "take-back" }, undo, all),
      chips.editor,
    ),
    update(changed) {
      const { history, reach } = store.state;
      if (touches(changed, "history", "item", "weights", "mount")) chips.show();
      if (touches(changed, "history", "mount")) {
        assign(undo, "disabled", history.past.length === 0);
        assign(all, "disabled", !history.present.some(controller.isReleasable));
      }
      units.show(reach.units);
      steps.show(reach.steps);
    },
    destroy: () => {},
  };
}

/** @template V @param {Array<[V, string]>} options @returns {Array<[V, string]>} */
function spoken(options) {
  return options.map(([value, text]) => [value, _(text)]);
}

/**
 * A chip for each change; one that goes on keeps its chip. One that is pressed can be edited.
 * @param {Context} context
 */
function chipsOf(context) {
  const { model, store, controller } = context;
  const chips = element("div", { class: "chips", "data-testid": "changes" });
  const editor = element("div", { class: "editor-room" });
  const weights = weightsChip(context);
  /** @type {ReturnType<typeof chip>[]|null} */
  let shown = null;
  /** @type {string|null} */
  let open = null; // the key of the change that can be edited
  /** @type {{key: string} & import("./change_editor.js").ChangeEditor|null} */
  let fields = null;

  /** @param {string} key */
  function chip(key) {
    const text = element("button", { type: "button", on: { click: () => turn(key) } });
    const release = button(_("release this"), "×", () => controller.release(key), {
      class: "small",
    });
    return { key, text, node: element("span", { class: "chip" }, text, release) };
  }
  /** @param {string} key */
  function turn(key) {
    open = open === key ? null : key;
    showEditor();
    /** @type {HTMLElement|null} */ (editor.querySelector("input:not([hidden])"))?.focus();
  }
  /** @param {string} key @param {import("./change_editor.js").Numeric} next */
  function edit(key, next) {
    open = keyOf(next);
    if (fields) fields = { ...fields, key: open };
    controller.edit(key, next);
  }
  function showEditor() {
    const change = store.state.history.present.find((one) => keyOf(one) === open);
    if (!change || change.kind === "symbol" || change.kind === "parameter") open = fields = null;
    else if (fields?.key === open) fields.show(change);
    else {
      const made = changeEditor(context, change, (next) => edit(open ?? "", next));
      fields = { key: keyOf(change), ...made };
    }
    for (const { key, text } of shown ?? []) assign(text, "aria-expanded", String(key === open));
    if (fields?.element !== editor.firstChild)
      editor.replaceChildren(...(fields ? [fields.element] : []));
  }
  /** @param {string[]} keys @param {HTMLElement[]} first */
  function chipsFor(keys, first) {
    const isAsBefore = shown !== null && keys.join() === shown.map(({ key }) => key).join();
    if (shown && isAsBefore && chips.contains(weights.element) === first.length > 0) return shown;
    shown = keys.map(chip);
    const nodes = [...first, ...shown.map(({ node }) => node)];
    const hint = element("span", { class: "hint" }, _(HINT));
    chips.replaceChildren(...(nodes.length ? nodes : [hint]));
    return shown;
  }
  return {
    element: chips,
    editor,
    show() {
      const { present } = store.state.history;
      const group = weights.show(present);
      const mine = present.filter((one) => !group.includes(one) && concerns(one, model.item));
      const texts = chipsFor(mine.map(keyOf), group.length > 0 ? [weights.element] : []);
      mine.forEach((change, k) => write(texts[k].text, describe(context, change)));
      showEditor();
    },
  };
}

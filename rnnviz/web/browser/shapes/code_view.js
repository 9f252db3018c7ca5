/** The call in PyTorch, edited in place; the names of what comes back light up its cells. */

import { element, touches, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { fixedField, flagField, nameField, numberField } from "./code_fields.js";
import { isFlag, isAround, piecesOf } from "./code_pieces.js";
import { lengthsField } from "./lengths_field.js";
import { createLit } from "./lit.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./code_fields.js").Field} Field */
/** @typedef {import("./code_pieces.js").Piece} Piece */

/** @param {Context} context */
export function codeView(context) {
  const { store } = context;
  const lines = element("div", { class: "code-lines", "data-verbatim": true });
  const alert = element("p", { class: "complaint", role: "alert" });
  const lit = createLit(store);
  /** @type {Map<string, Field>} */
  const fields = new Map();
  let built = "";
  let complaint = "";

  /** @param {string} sentence */
  function complain(sentence) {
    complaint = sentence;
    showComplaint();
  }
  function showComplaint() {
    write(alert, complaint || store.state.header.refusal);
  }
  /** The same setting may stand in several lines. @param {number} line @param {string} key @param {number} [at] */
  function fieldOf(line, key, at) {
    const name = [line, key, at].join(" ");
    const known = fields.get(name) ?? made(context, { key, at, complain });
    fields.set(name, known);
    return known;
  }
  /** @param {number} line @param {Piece} piece */
  function shown(line, piece) {
    if ("text" in piece) return piece.text;
    if ("name" in piece) return lit.button(piece.name, "code-lit");
    return fieldOf(line, piece.field, piece.at).element;
  }
  function build() {
    const { code } = store.state.header;
    const pieces = code.map(piecesOf);
    const now = JSON.stringify(pieces);
    if (now === built) return;
    built = now;
    const named = /** @type {ShadowRoot|Document} */ (lines.getRootNode()).activeElement;
    const label = lines.contains(named) ? named?.getAttribute("aria-label") : null;
    lit.forget("code-lit");
    lines.replaceChildren(
      ...pieces.map((line, at) =>
        element(
          "div",
          { class: isAround(code[at]) ? "code-line around" : "code-line" },
          ...line.map((piece) => shown(at, piece)),
        ),
      ),
    );
    const again = label ? lines.querySelector(`[aria-label="${CSS.escape(label)}"]`) : null;
    if (again instanceof HTMLElement) again.focus();
  }
  const root = element(
    "section",
    { class: "code", "aria-label": _("the call, to be edited") },
    lines,
    alert,
  );
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (touches(changed, "header", "mount")) {
        complaint = "";
        build();
        for (const field of fields.values()) field.show();
        showComplaint();
      }
      if (touches(changed, "lit", "header", "mount")) lit.show();
    },
  };
}

/** @param {Context} context @param {{key: string, at?: number, complain: (sentence: string) => void}} about @returns {Field} */
function made({ store, edits }, { key, at, complain }) {
  const spec = () => store.state.header.settings[key];
  const label = () => spec().label;
  if (key === "lengths") return lengthsField({ store, edits }, { at, complain });
  if (isFlag(key))
    return flagField(label, {
      get: () => edits.value(key) === "True",
      set: (value) => edits.set(key, value ? "True" : "False"),
    });
  if (spec().options.length > 0)
    return nameField(label, () => spec().options.map((one) => [one.key, one.key]), {
      get: () => edits.value(key),
      set: (value) => edits.set(key, value),
    });
  const { low, high } = spec();
  if (low !== null && low === high) return fixedField(() => edits.value(key));
  return numberField(
    () => {
      const { low, high, range } = spec();
      return { label: key, low: low ?? 0, high: high ?? 0, range };
    },
    {
      get: () => Number(edits.value(key)),
      set: (value) => edits.set(key, String(value)),
      complain,
    },
  );
}

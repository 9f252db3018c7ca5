/** A sentence with fields, for a change that is there already: its value, its steps, its units. */

import { element } from "../../drawing/dom.js";
import { _, _nodes } from "../../drawing/texts.js";
import { heldName, placeOf } from "./change_words.js";
import { boundsOf } from "../model.js";
import { LARGEST } from "../../weights/number_text.js";
import { unitField } from "../weights/unit_field.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {Exclude<Change, {kind: "symbol"|"parameter"}>} Numeric */
/** @typedef {Extract<Change, {kind: "hold"}>} Hold */
/** @typedef {ReturnType<typeof changeEditor>} ChangeEditor */

/**
 * @param {Context} context @param {Numeric} first  as it is now
 * @param {(next: Numeric) => void} edit
 */
export function changeEditor(context, first, edit) {
  const fields = first.kind === "hold" ? holdFields(context, first) : valueFields(context, first);
  /** @param {Event} event */
  function change({ target }) {
    if (fields.isReadable()) edit(fields.read());
    else if (target instanceof HTMLInputElement) target.value = target.defaultValue;
  }
  const about = { class: "change-editor", "data-testid": "change-editor", on: { change } };
  return { element: element("div", about, ...fields.nodes), show: fields.show };
}

/** @param {Context} context @param {Hold} hold  as it is now */
export function holdFields(context, hold) {
  const { store, model, header } = context;
  const value = numberField(_("value"), boundsOf(header.layers[hold.layer].cell, hold.name));
  const steps = { low: 1, high: model.T };
  const first = numberField(_("first step held"), steps, "1");
  const last = numberField(_("last step held"), steps, "1");
  const units = unitField(hold.unit, store.state.unit, model.size(hold.layer, hold.name));
  const what = heldName(context, hold);
  /** @param {Numeric} now */
  function show(now) {
    if (now.kind !== "hold") return;
    value.show(now.value);
    first.show(now.from + 1);
    last.show(now.to);
    units.show(now.unit);
  }
  show(hold);
  return {
    show,
    nodes: _nodes("Hold {what} of {units} at {value} from step {first} to step {last}.", {
      ...{ what, units: units.element, value: value.element },
      ...{ first: first.element, last: last.element },
    }),
    isReadable: () => [value, first, last, units].every((field) => field.isReadable()),
    /** Whichever way round the two steps are given. @returns {Hold} */
    read() {
      const ends = [Math.round(first.read()), Math.round(last.read())];
      const span = { from: Math.min(...ends) - 1, to: Math.max(...ends) };
      return { ...hold, unit: units.read(), ...span, value: value.read() };
    },
  };
}

/** @param {Context} context @param {Exclude<Numeric, Hold>} change */
function valueFields(context, change) {
  const value = numberField(_("value"), { low: null, high: null });
  const show = (/** @type {Numeric} */ now) => value.show(now.value);
  show(change);
  const what = placeOf(context, change);
  return {
    show,
    nodes: _nodes("Set {what} to {value}.", { what, value: value.element }),
    isReadable: value.isReadable,
    read: () => ({ ...change, value: value.read() }),
  };
}

/**
 * What is out of its limits is the nearest within.
 * @param {string} label @param {{low: number|null, high: number|null}} limits @param {string} [step]
 */
function numberField(label, { low, high }, step = "any") {
  const about = { type: "number", class: "change-field", "aria-label": label, step };
  const field = element("input", { ...about, min: low, max: high });
  return {
    element: field,
    /** @param {number} value */
    show(value) {
      field.defaultValue = field.value = String(value);
    },
    isReadable: () => Number.isFinite(field.valueAsNumber),
    read: () => Math.min(Math.max(field.valueAsNumber, low ?? -LARGEST), high ?? LARGEST),
  };
}

/** Which units a hold is of, to be chosen: one, some that are written, or every one. */

import { assign, element, menu } from "../../drawing/dom.js";
import { _ } from "../../drawing/texts.js";
import { readUnits, spelled } from "../changes/unit_sets.js";

/** @typedef {import("../changes/unit_sets.js").Units} Units */

/**
 * @param {Units} first  as it is now @param {number} unit  the one that "one" means
 * @param {number} size  how many there are
 */
export function unitField(first, unit, size) {
  const one = typeof first === "number" ? first : Math.min(unit, size - 1);
  /** @type {Array<["one"|"some"|"all", string]>} */
  const options = [
    ["one", _("unit {unit}", { unit: one + 1 })],
    ["some", _("these units:")],
    ["all", _("every unit")],
  ];
  const which = menu(_("units held"), size > 2 ? options : [options[0], options[2]], offer);
  const about = { type: "text", class: "change-field", "aria-label": _("which units, as 1, 3–5") };
  const field = element("input", { ...about, autocomplete: "off", spellcheck: "false" });

  /** Two to begin with, to be written over. @param {"one"|"some"|"all"} choice */
  function offer(choice) {
    if (choice === "some") write(one + 1 < size ? [one, one + 1] : [one - 1, one]);
    field.hidden = choice !== "some";
  }
  /** @param {Units} units */
  function write(units) {
    field.defaultValue = field.value = spelled(units, "–", ", ");
  }
  const written = () => readUnits(field.value, size);
  return {
    element: element("span", { class: "unit-field" }, which.element, field),
    /** @param {Units} units */
    show(units) {
      const choice = units === null ? "all" : typeof units === "number" ? "one" : "some";
      which.show(choice);
      field.hidden = choice !== "some";
      if (choice === "some") write(units);
      assign(field, "aria-invalid", null);
    },
    isReadable() {
      const is = which.element.value !== "some" || written() !== undefined;
      assign(field, "aria-invalid", !is);
      return is;
    },
    /** @returns {Units} */
    read() {
      const choice = which.element.value;
      const units = choice === "some" ? written() : choice === "all" ? null : one;
      return units === undefined ? one : units;
    },
  };
}

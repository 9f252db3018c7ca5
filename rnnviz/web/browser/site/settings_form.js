/**
 * A page's settings, drawn from the schema that the app's own are drawn from: they stand in the
 * address, as in the app's. What is out of range there is the nearest that is allowed.
 */

import { enterAddress, readAddress } from "../drawing/address.js";
import { assign, element, menu, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { keptQuery } from "./places.js";
import { readSetting, writeSetting } from "./settings_reader.js";

/** @typedef {import("./header.js").Field} Field */
/** @typedef {import("./header.js").About} About */
/** @typedef {import("./header.js").NumberKind} NumberKind */
/** @typedef {import("./header.js").Options} Options */
/** @typedef {ReadonlyMap<string, string>} Values  key → text, as in a link */
/** @typedef {{element: HTMLElement, show: (text: string) => void}} Drawn */

const FEW = 6; // numbers that are chosen from a menu

/**
 * @param {Field[]} fields
 * @param {(values: Values) => void} changed  called when one was chosen, or the address says others
 */
export function settingsForm(fields, changed) {
  /** @type {Values} */
  let values = valuesIn(fields, readAddress().query);
  const drawn = new Map(
    fields.map((field) => [field.key, drawnOf(field, (text) => choose({ [field.key]: text }))]),
  );
  const form = element(
    "form",
    {
      class: "settings",
      "aria-label": _("settings"),
      on: { submit: (event) => event.preventDefault() },
    },
    ...[...drawn.values()].map((one) => one.element),
  );

  function show() {
    for (const field of fields) {
      const one = lookup(drawn, field.key);
      one.element.hidden = !isThere(field, values);
      one.show(lookup(values, field.key));
    }
  }
  /** @param {Values} next */
  function take(next) {
    const isSame = [...next].every(([key, text]) => values.get(key) === text);
    values = next;
    show();
    if (!isSame) changed(values);
  }
  /** Of the address only these are left: what was looked at is another's. @param {Record<string, string>} chosen */
  function choose(chosen) {
    const next = settled(fields, new Map([...values, ...Object.entries(chosen)]));
    const query = [queryOf(fields, next), keptQuery()].filter(Boolean).join("&");
    enterAddress({ query, view: "" }, "choice");
    take(next);
  }
  const end = new AbortController();
  const follow = () => take(valuesIn(fields, readAddress().query));
  window.addEventListener("popstate", follow, { signal: end.signal });
  show();
  return {
    element: form,
    choose,
    values: () => values,
    /** What is not its default, as a link has it. */
    query: () => queryOf(fields, values),
    /** Choose these, and all others as they are at first. @param {Record<string, string>} chosen */
    begin: (chosen) => choose({ ...usual(fields), ...chosen }),
    /** The same with others in place of some. @param {Record<string, string>} others */
    with: (others) => settled(fields, new Map([...values, ...Object.entries(others)])),
    /** What is shown of a choice's value. @param {string} key @param {string} text */
    label(key, text) {
      const field = fields.find((one) => one.key === key);
      const options = field?.kind === "choice" ? field.options : [];
      return options.find(([value]) => value === text)?.[1] ?? text;
    },
    destroy: () => end.abort(),
  };
}

/** @param {Field[]} fields @param {string} query */
export function valuesIn(fields, query) {
  const asked = new URLSearchParams(query);
  const texts = fields.map((field) => [field.key, readText(field, asked.get(field.key))]);
  return settled(fields, new Map(/** @type {[string, string][]} */ (texts)));
}

/** What is not its default, as a link has it. @param {Field[]} fields @param {Values} values */
function queryOf(fields, values) {
  const query = new URLSearchParams();
  for (const field of fields) {
    const text = lookup(values, field.key);
    if (text !== usualOf(field)) query.set(field.key, text);
  }
  return query.toString();
}

/** Every setting as it is where nothing was chosen. @param {Field[]} fields */
const usual = (fields) => Object.fromEntries(fields.map((field) => [field.key, usualOf(field)]));

/** What is not there is at its default. @param {Field[]} fields @param {Values} values @returns {Values} */
function settled(fields, values) {
  const there = fields.map((field) => {
    const text = isThere(field, values) ? lookup(values, field.key) : usualOf(field);
    return /** @type {const} */ ([field.key, text]);
  });
  return new Map(there);
}

const usualOf = (/** @type {Field} */ field) => writeSetting(field.default);

/** @param {Field} field @param {Values} values */
const isThere = ({ when }, values) =>
  Object.entries(when).every(([key, texts]) => texts.includes(values.get(key) ?? ""));

/** @param {Field} field @param {string|null} text */
const readText = (field, text) => writeSetting(readSetting(field, text));

/** @param {Field} field @param {(text: string) => void} choose @returns {Drawn} */
function drawnOf(field, choose) {
  const { control, value, show } = controlOf(field, choose);
  assign(control, "data-setting", field.key);
  assign(control, "aria-label", field.label);
  const name = element("span", {}, field.label, " ", value);
  const about = { class: "setting", title: field.help, "data-control": field.key };
  return { element: element("label", about, name, control), show };
}

/**
 * @param {Field} field @param {(text: string) => void} choose
 * @returns {{control: HTMLElement, value: Node|null, show: (text: string) => void}}  value: where
 *   what is chosen stands, if the control does not show it
 */
function controlOf(field, choose) {
  const ofMenu = (/** @type {Options} */ options) => {
    const { element: control, show } = menu(field.label, options, choose);
    return { control, value: null, show };
  };
  if ("options" in field) return ofMenu(field.options);
  if (field.kind === "text") return textArea(choose);
  return field.high - field.low < FEW ? ofMenu(numbersOf(field)) : slider(field, choose);
}

/** What is typed is taken when its reader goes on. @param {(text: string) => void} choose */
function textArea(choose) {
  const control = element("textarea", {
    rows: 2,
    spellcheck: "false",
    on: { change: () => choose(control.value) },
  });
  const show = (/** @type {string} */ text) => void (control.value = text);
  return { control, value: null, show };
}

/** @param {NumberKind} kind @returns {Options} */
function numbersOf({ low, high }) {
  return Array.from({ length: high - low + 1 }, (_one, k) => [String(low + k), String(low + k)]);
}

/** @param {About & NumberKind} field @param {(text: string) => void} choose */
function slider({ low, high }, choose) {
  const value = element("output");
  const control = element("input", {
    ...{ type: "range", min: low, max: high, step: 1 },
    on: {
      input: () => write(value, control.value),
      change: () => choose(control.value),
    },
  });
  return {
    control,
    value,
    show(/** @type {string} */ text) {
      control.value = text;
      write(value, text);
    },
  };
}

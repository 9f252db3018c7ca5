/**
 * What a reader sees, in their language. The text in the source is English and is the key to the
 * catalogue, which comes with a payload (see rnnviz/texts): whole sentences with named {holes}.
 *
 * @typedef {import("../maths/header.js").Catalogue} Catalogue
 * @typedef {Record<string, string|number>} Holes
 */

const CONTEXT = "\u0004";
/** The order of a catalogue's plural forms. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
/** @type {Catalogue} */
const ENGLISH = { language: "en", messages: {} };

let spoken = understood(ENGLISH);

/** @param {Catalogue} catalogue */
function understood({ language, messages }) {
  const plural = new Intl.PluralRules(language);
  const { pluralCategories } = plural.resolvedOptions();
  const forms = CATEGORIES.filter((one) => pluralCategories.some((other) => other === one));
  return {
    language,
    /** @type {Map<string, string|string[]>} */
    messages: new Map(Object.entries(messages)),
    /** Which form belongs to a count. @param {number} count */
    form: (count) => forms.indexOf(plural.select(count)),
  };
}

/** Have this language in force; null: English. @param {Catalogue|null} catalogue */
export function speak(catalogue) {
  spoken = understood(catalogue ?? ENGLISH);
}

/** The code of the language in force. */
export const language = () => spoken.language;

/** Mark a text that stands in a table: it is translated where it is shown. @param {string} message */
export const N_ = (message) => message;

/**
 * The text in the language in force, its {holes} filled.
 * @param {string} message @param {Holes} [holes]
 */
export const _ = (message, holes) => filled(said(message), holes);

/**
 * The same for a text that means two things in English: context says which.
 * @param {string} context @param {string} message @param {Holes} [holes]
 */
export function pgettext(context, message, holes) {
  const found = spoken.messages.get(context + CONTEXT + message);
  return filled(typeof found === "string" ? found : message, holes);
}

/**
 * The form of a text that belongs to a count, which fills the hole {count}.
 * @param {string} one @param {string} many @param {number} count @param {Holes} [holes]
 */
export function ngettext(one, many, count, holes = {}) {
  const forms = spoken.messages.get(one);
  const form = Array.isArray(forms) ? forms[spoken.form(count)] : count === 1 ? one : many;
  return filled(form, { count, ...holes });
}

/**
 * A text whose holes are filled with nodes: its pieces in order, to be appended one by one.
 * @param {string} message @param {Record<string, Node|string>} holes
 * @returns {Array<Node|string>}
 */
export function _nodes(message, holes) {
  return said(message)
    .split(/\{(\w+)\}/)
    .map((piece, place) => (place % 2 ? taken(holes, piece) : piece))
    .filter((piece) => piece !== "");
}

/** @param {string} message */
function said(message) {
  const found = spoken.messages.get(message);
  return typeof found === "string" ? found : message;
}

/** @param {string} text @param {Holes} [holes] */
function filled(text, holes) {
  return holes ? text.replace(/\{(\w+)\}/g, (_all, name) => String(taken(holes, name))) : text;
}

/** @template T @param {Record<string, T>} holes @param {string} name @returns {T} */
function taken(holes, name) {
  if (!Object.hasOwn(holes, name)) throw new Error(`nothing fills the hole {${name}}`);
  return holes[name];
}

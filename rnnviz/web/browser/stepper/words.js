/** What a layer's values are called: title, role, and symbol with its subscripts. */

import { element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @typedef {ReturnType<typeof wordsOf>} Words */

/** @param {import("./header.js").StepLayer} layer */
export function wordsOf({ cell, parts, equations, reverse }) {
  const texts = new Map([["x", "x_t"]]);
  for (const { symbols, numbers } of equations)
    for (const [, text, name] of [...numbers, ...symbols]) if (name) texts.set(name, text);
  for (const state of cell.states)
    if (!texts.has(`${state}_prev`)) texts.set(`${state}_prev`, `${state}_t−1`);
  const base = (/** @type {string} */ name) =>
    name.endsWith("_prev") ? name.slice(0, -"_prev".length) : name;
  return {
    /** What a value is for: "how much of the old cell state is kept". @param {string} name */
    purpose: (name) => parts.get(name)?.purpose ?? "",
    /** The same in a few words; none where it has no box. @param {string} name */
    does: (name) => parts.get(name)?.does ?? "",
    /** The entry in the glossary of a value, or of the state before. @param {string} name */
    term: (name) => (name === "x" ? "input" : (parts.get(base(name))?.term ?? "")),

    /** "forget gate"; of a state before, "cell state, step before". @param {string} name */
    title(name) {
      if (name === "x") return _("input");
      const title = parts.get(base(name))?.title ?? base(name);
      return base(name) === name ? title : _("{title}, step before", { title });
    },
    /**
     * Of a value, of a state before, or of the value whose part it is.
     * @param {string} name
     * @returns {import("../maths/header.js").Role}
     */
    role: (name) => parts.get(base(name).split(".")[0])?.role ?? "other",
    /**
     * "f_t"; where a layer reads backwards, what came before stands at t+1.
     * @param {string} name
     */
    symbol(name) {
      const text = texts.get(name) ?? parts.get(name)?.symbol ?? name;
      return reverse ? text.replace("t−1", "t+1") : text;
    },
  };
}

/**
 * `f_t` as a base with its subscript.
 * @param {string} text @param {import("../maths/header.js").Role|null} [role]
 */
export function symbolNode(text, role = null) {
  const [base, subscript] = splitSymbol(text);
  return element(
    "span",
    { class: "symbol", "data-role": role },
    base,
    subscript ? element("sub", {}, subscript) : null,
  );
}

/** "h_t−1" → ["h", "t−1"]: at the first underscore. @param {string} text */
export function splitSymbol(text) {
  const place = text.indexOf("_");
  return place < 1 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}

/**
 * "layer 2, backward"; plain "layer 1" where there is one direction.
 * @param {import("./header.js").StepHeader} header @param {number} index
 */
export function layerName(header, index) {
  const { layer, reverse } = header.layers[index];
  const both = header.layers.some((other) => other.layer === layer && other.reverse !== reverse);
  const number = layer + 1;
  if (reverse) return _("layer {number}, backward", { number });
  return both ? _("layer {number}, forward", { number }) : _("layer {number}", { number });
}

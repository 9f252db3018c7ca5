/**
 * What is wrong with a text that is no cell, and what would be right: the sentences of
 * rnnviz/equations/problems.py.
 */

import { _ } from "../drawing/texts.js";
import { nearest } from "./nearest.js";
import { baseOf, isParameter } from "./names.js";

/** @typedef {import("./language.js").Language} Language */

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Text that is no cell. The line and the column count from 1. */
export class EquationError extends Error {
  /** @param {string} problem @param {{line: number, column: number}} place */
  constructor(problem, { line, column } = { line: 1, column: 1 }) {
    super(problem);
    this.line = line;
    this.column = column;
  }
}

/** The line and column of a character, from 1. @param {string} source @param {number} position */
export function placeOf(source, position) {
  const before = source.slice(0, position);
  return { line: before.split("\n").length, column: position - before.lastIndexOf("\n") };
}

/** @param {string} character @param {Language} language */
export function badCharacter(character, { quotable }) {
  if (/^[0-9.]$/.test(character)) return _("that is no number; write numbers like 1, 0.5 or 1e-3");
  if (new RegExp(`^${quotable}$`, "u").test(character))
    return _(
      "`{character}` has no meaning here; use letters, numbers, + - * / @ = ( ) and commas",
      { character },
    );
  const code = Number(character.codePointAt(0)).toString(16).padStart(4, "0");
  return _(
    "the character {code} has no meaning here; use letters, numbers, + - * / @ = ( ) and commas",
    { code: `0x${code}` },
  );
}

/**
 * Why a name cannot be given a value; null if it can.
 * @param {string} name @param {Language} language
 */
export function badTarget(name, { arity }) {
  if (!NAME.test(name)) return _("`{name}` is no name; a name begins with a letter", { name });
  if (Object.hasOwn(arity, name) || name === "x")
    return _("`{name}` has a meaning already; choose another name", { name });
  if (isParameter(name))
    return _("`{name}` is spelled like a parameter; parameters are learned", { name });
  if (name.endsWith("_prev"))
    return _("`{name}` is `{base}` of the step before; it cannot be set", {
      name,
      base: baseOf(name),
    });
  return null;
}

/** @param {string} name */
export function constant(name) {
  return name === "h"
    ? _("`{name}` would be the same number always; it must depend on the input `x`", { name })
    : _("`{name}` would be the same number always; leave it out", { name });
}

/** @param {string} name @param {Language} language */
export function noFunction(name, { arity }) {
  const functions = Object.keys(arity);
  const near = nearest(name, functions);
  return near
    ? _("`{name}` is no function here; did you mean `{near}`?", { name, near })
    : _("`{name}` is no function here; there are {functions}", {
        name,
        functions: functions.join(", "),
      });
}

/** @param {string} name @param {number} count  of values it takes */
export function takes(name, count) {
  return count === 1
    ? _("`{name}` takes one value, as in `{name}(c)`", { name })
    : _("`{name}` takes two values, as in `{name}(c, d)`", { name });
}

/**
 * What is wrong about a name that is given no value.
 * @param {string} name @param {string} near  what may have been meant, if anything
 * @param {Language} language
 */
export function unknownName(name, near, { arity }) {
  if (Object.hasOwn(arity, name)) return _("`{name}` is a function: write `{name}(…)`", { name });
  if (!name.endsWith("_prev"))
    return near
      ? _("`{name}` is unknown; did you mean `{near}`?", { name, near })
      : _("`{name}` is unknown; give it a line of its own above", { name });
  const base = baseOf(name);
  return near
    ? _("`{name}` needs a line `{base} = …`; did you mean `{near}`?", { name, base, near })
    : _("`{name}` needs a line `{base} = …`; give it a line of its own above", { name, base });
}

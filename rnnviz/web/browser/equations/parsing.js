/**
 * Lines `name = expression` → the steps of a cell: the parser of rnnviz/equations, for while one
 * types. Both are held to the same ten thousand texts (tests/test_both_parsers.py).
 */

import { _ } from "../drawing/texts.js";
import { derived } from "./cell.js";
import { badTarget, EquationError, placeOf } from "./problems.js";
import { Reader } from "./reader.js";
import { tokens, withoutComments } from "./tokens.js";
import { lines } from "./tree.js";

/** @typedef {import("./language.js").Language} Language */
/** @typedef {import("./tree.js").Line} Line */
/** @typedef {{name: string, value: import("./tree.js").Node, line: number, column: number}} Equation */
/** @typedef {import("../maths/header.js").Operations} Operations */

/**
 * Read a cell. An EquationError says what would be right.
 * @param {string} text @param {Language} language @param {Operations} operations
 */
export function parse(text, language, operations) {
  const { characters } = language.most;
  if ([...text].length > characters)
    throw new EquationError(
      _("a cell is a few lines; that is over {most} characters", { most: characters }),
    );
  const source = withoutComments(text);
  const found = lines(source, tokens(source, language), language.levels);
  if (found.length === 0)
    throw new EquationError(_("nothing here yet; begin with `h = tanh(W @ x + U @ h_prev + b)`"));
  for (const line of found) checkDepth(source, line, language);
  const equations = found.map((line) => equation(source, line, language));
  const numbers = lineNumbers(equations);
  const reader = new Reader(source, new Set(numbers.keys()), language);
  for (const { name, value } of equations) reader.read(name, value);
  return checked(derived(reader.steps, operations), numbers);
}

/** @param {string} source @param {Line} line @param {Language} language */
function checkDepth(source, { sides }, { most }) {
  if (sides.every((side) => side.depth <= most.depth)) return;
  const problem = _("that is nested too deeply; give its parts names");
  throw new EquationError(problem, placeOf(source, sides[0].start));
}

/** @param {string} source @param {Line} line @param {Language} language @returns {Equation} */
function equation(source, { sides, marks }, language) {
  const [target, value] = sides;
  const place = placeOf(source, target.start);
  if (marks.length !== 1 || marks[0] !== "=")
    throw new EquationError(_("each line is one equation, `name = expression`"), place);
  if (target.kind !== "name")
    throw new EquationError(_("what stands left of = must be a single name"), place);
  const problem = badTarget(target.text, language);
  if (problem !== null) throw new EquationError(problem, place);
  return { name: target.text, value, ...place };
}

/** Name → the line it stands on. @param {Equation[]} equations */
function lineNumbers(equations) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { name, line, column } of equations) {
    const first = found.get(name);
    if (first !== undefined)
      throw new EquationError(
        _("`{name}` is already given on line {line}", { name, line: first }),
        {
          line,
          column,
        },
      );
    found.set(name, line);
  }
  return found;
}

/** @param {import("../maths/header.js").Cell} cell @param {Map<string, number>} numbers */
function checked(cell, numbers) {
  const last = { line: Math.max(...numbers.values()), column: 1 };
  if (!numbers.has("h"))
    throw new EquationError(
      _("a cell must compute its hidden state: a line `h = …` is missing"),
      last,
    );
  if (cell.states.length === 0)
    throw new EquationError(
      _("nothing comes from the step before; use `h_prev` somewhere, as in `U @ h_prev`"),
      last,
    );
  for (const name of new Set([...cell.states, "h"]))
    if (cell.sizes.get(name) !== "hidden")
      throw new EquationError(
        _("`{name}` has as many numbers as the input; bring `x` in with a matrix, `W @ x`", {
          name,
        }),
        { line: numbers.get(name) ?? 1, column: 1 },
      );
  return cell;
}

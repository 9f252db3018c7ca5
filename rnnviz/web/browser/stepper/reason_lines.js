/** An explanation as lines to be read from top to bottom. Values, no DOM. */

import { explain, explainPrediction } from "../maths/arithmetic.js";

/** @typedef {import("../maths/arithmetic.js").Reason} Reason */
/**
 * A word is text, or a number that stands for something.
 * @typedef {string | {value: number, reason: Reason}} Word
 * @typedef {{kind: "formula", words: Word[]} | {kind: "product", reason: Reason} | {kind: "leaf",
 *   reason: Reason}
 *   | {kind: "held", reason: Reason}} ReasonLine
 */

/**
 * @param {object} network a run of it
 * @param {Map<string, Float64Array>} arrays
 * @param {number} layer
 * @param {{name: string, unit: number, step: number}} what
 */
export function reasonFor(network, arrays, layer, { name, unit, step }) {
  if (name === "prediction") return explainPrediction(network, arrays, unit, step);
  return explain(network.layers[layer].run, name, unit, step);
}

/**
 * Each formula, then what its operands are, the outermost first.
 * @param {Reason} reason
 * @param {Record<string, import("../maths/engine.js").Operation>} operations
 * @returns {ReasonLine[]}
 */
export function linesOf(reason, operations) {
  if (reason.kind === "held") {
    const { computed } = reason;
    return [{ kind: "held", reason }, ...(computed ? linesOf(computed, operations) : [])];
  }
  if (reason.kind === "matmul") return [{ kind: "product", reason }];
  if (reason.kind !== "operation") return [{ kind: "leaf", reason }];
  const { words, operands } = formula(reason, operations);
  return [
    { kind: "formula", words },
    ...operands
      .filter((operand) => operand.kind !== "number")
      .flatMap((operand) => linesOf(operand, operations)),
  ];
}

function formula(reason, operations) {
  const { form, text } = operations[reason.op];
  if (form !== "infix") {
    const { operands } = reason;
    const inside = operands.flatMap((one, k) => (k === 0 ? [number(one)] : [", ", number(one)]));
    return { words: [`${text}(`, ...inside, ") = ", number(reason)], operands };
  }
  const operands = [],
    words = chain(reason, operations, operands);
  return { words: [...words, " = ", number(reason)], operands };
}

/** `a + b + c` in one line, as it is written. */
function chain(reason, operations, operands) {
  const [left, right] = reason.operands;
  const { text, chain: alike } = operations[reason.op];
  const goesOn = left.kind === "operation" && alike.includes(left.op);
  const before = goesOn
    ? chain(left, operations, operands)
    : (operands.push(left), [bracketed(left)].flat());
  operands.push(right);
  return [...before, text, ...[bracketed(right)].flat()];
}

function bracketed(reason) {
  return reason.value < 0 ? ["(", number(reason), ")"] : number(reason);
}

/** @returns {Word} */
function number(reason) {
  return { value: reason.value, reason };
}

/**
 * The places of the products that matter most, at most `most`, in their own order; and the sum of
 * the rest.
 * @param {Array<{product: number}>} terms @param {number} most
 */
export function largestTerms(terms, most) {
  const size = (k) => Math.abs(terms[k].product);
  const order = [...terms.keys()].sort((a, b) => size(b) - size(a) || a - b);
  return new Set(order.slice(0, most));
}

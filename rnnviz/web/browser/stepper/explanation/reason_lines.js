/** An explanation as lines to be read from top to bottom. Values, no DOM. */

import { explain, explainPrediction } from "../../maths/arithmetic.js";
import { POOL, SUM, explainPool, explainSum } from "../../maths/pool_reasons.js";

/** @typedef {import("../../maths/arithmetic.js").Reason} Reason */
/** @typedef {import("../../maths/arithmetic.js").OperationReason} OperationReason */
/** @typedef {import("../../maths/arithmetic.js").MatmulReason} MatmulReason */
/** @typedef {import("../../maths/arithmetic.js").HeldReason} HeldReason */
/** @typedef {import("../../maths/arithmetic.js").Leaf} Leaf */
/** @typedef {import("../../maths/header.js").Operations} Operations */
/**
 * A word is text, or a number that stands for something.
 * @typedef {string | {value: number, reason: Reason}} Word
 * @typedef {{kind: "formula", words: Word[]} | {kind: "product", reason: MatmulReason}
 *   | {kind: "pool", reason: import("../../maths/pool_reasons.js").PoolReason}
 *   | {kind: "leaf", reason: Leaf}
 *   | {kind: "held", reason: HeldReason}} ReasonLine
 */

/**
 * @param {import("../../maths/network.js").NetworkRun} network
 * @param {Map<string, Float64Array>} arrays
 * @param {number} layer
 * @param {import("../state.js").Explained} what
 * @returns {Reason}
 */
export function reasonFor(network, arrays, layer, { name, unit, step }) {
  if (name === "prediction") return explainPrediction(network, arrays, unit, step);
  if (name === POOL) return explainPool(network, unit, step);
  if (name === SUM) return explainSum(network, unit, step);
  return explain(network.layers[layer].run, name, unit, step);
}

/**
 * Each formula, then what its operands are, the outermost first.
 * @param {Reason} reason
 * @param {Operations} operations
 * @returns {ReasonLine[]}
 */
export function linesOf(reason, operations) {
  if (reason.kind === "held") {
    const { computed } = reason;
    return [{ kind: "held", reason }, ...(computed ? linesOf(computed, operations) : [])];
  }
  if (reason.kind === "matmul") return [{ kind: "product", reason }];
  if (reason.kind === "pool") return [{ kind: "pool", reason }];
  if (reason.kind === "number") return []; // it stands in the formula
  if (reason.kind !== "operation") return [{ kind: "leaf", reason }];
  const { words, operands } = formula(reason, operations);
  const below = operands.flatMap((operand) => linesOf(operand, operations));
  return [{ kind: "formula", words }, ...below];
}

/**
 * The words of a formula, and the operands that are in it.
 * @param {OperationReason} reason @param {Operations} operations
 * @returns {{words: Word[], operands: Reason[]}}
 */
function formula(reason, operations) {
  const { form, text } = operations[reason.op];
  if (form !== "infix") {
    const { operands } = reason;
    const inside = operands.flatMap((one, k) => (k === 0 ? [number(one)] : [", ", number(one)]));
    return { words: [`${text}(`, ...inside, ") = ", number(reason)], operands };
  }
  const { words, operands } = chain(reason, operations);
  return { words: [...words, " = ", number(reason)], operands };
}

/**
 * `a + b + c` in one line, as it is written.
 * @param {OperationReason} reason @param {Operations} operations
 * @returns {{words: Word[], operands: Reason[]}}
 */
function chain(reason, operations) {
  const [left, right] = reason.operands;
  const { text, chain: alike } = operations[reason.op];
  const goesOn = left.kind === "operation" && alike.includes(left.op);
  const before = goesOn ? chain(left, operations) : { words: bracketed(left), operands: [left] };
  return {
    words: [...before.words, text, ...bracketed(right)],
    operands: [...before.operands, right],
  };
}

/** @param {Reason} reason @returns {Word[]} */
function bracketed(reason) {
  return reason.value < 0 ? ["(", number(reason), ")"] : [number(reason)];
}

/** @param {Reason} reason @returns {Word} */
function number(reason) {
  return { value: reason.value, reason };
}

/**
 * The places of the products that matter most, at most `most`, in their own order; and the sum of
 * the rest.
 * @param {Array<{product: number}>} terms @param {number} most
 */
export function largestTerms(terms, most) {
  const size = (/** @type {number} */ k) => Math.abs(terms[k].product);
  const order = [...terms.keys()].sort((a, b) => size(b) - size(a) || a - b);
  return new Set(order.slice(0, most));
}

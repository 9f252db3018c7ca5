/**
 * A line in numbers is worked out in stages, each equal to the next: `σ(2.1 + 0.3) = σ(2.4) = 0.92`.
 * Values, no DOM.
 *
 * @typedef {import("../header.js").Token} Token
 * @typedef {{tokens: Token[], opened: string[]}} Stage  opened: the parts whose own number does not
 *   stand in it, as it says what they come from; where one of these is held, it is not equal
 */

import { lookup } from "../../maths/lookup.js";

/**
 * @param {import("../../maths/header.js").Cell} cell @param {string} name  of the value
 * @param {Token[]} tokens  of the line, from the first equals sign on
 * @returns {Stage[]}  each begins with that sign
 */
export function stagesOf(cell, name, tokens) {
  /** @type {Token[][]} */
  const stages = [];
  for (const token of tokens) {
    const [kind, text] = token;
    if (kind === "operator" && text.trim() === "=") stages.push([]);
    stages[stages.length - 1].push(token);
  }
  const operands = new Map(cell.steps.map(([step, , args]) => [step, args]));
  return stages.map((stage) => {
    const shown = new Set(stage.flatMap(([, , reference]) => reference ?? []));
    return { tokens: stage, opened: openedIn(operands, name, shown) };
  });
}

/**
 * @param {Map<string, Array<string|number>>} operands  of every step
 * @param {string} name @param {Set<string>} shown
 * @returns {string[]}
 */
function openedIn(operands, name, shown) {
  if (shown.has(name)) return [];
  const parts = lookup(operands, name).flatMap((operand) => {
    const isOpened = typeof operand === "string" && operand.includes(".") && !shown.has(operand);
    return isOpened ? [operand] : [];
  });
  return parts.flatMap((part) => [part, ...openedIn(operands, part, shown)]);
}

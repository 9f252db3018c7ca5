/** What follows from a cell's steps, as `Cell.to_json` has it (rnnviz/representation.py). */

import { baseOf, isMatrix, isParameter, isPart } from "./names.js";

/** @typedef {import("./language.js").Size} Size */
/** @typedef {import("./language.js").Steps} Steps */
/** @typedef {import("../maths/header.js").Cell} Cell */
/** @typedef {import("../maths/header.js").Operations} Operations */

/** @param {Steps} steps @param {Operations} operations @returns {Cell} */
export function derived(steps, operations) {
  const names = steps.map(([name]) => name).filter((name) => !isPart(name));
  const sizes = sizesOf(steps);
  return {
    steps,
    names,
    states: statesOf(steps, names),
    parameters: parametersOf(steps, sizes),
    sizes: new Map([...sizes].filter(([name]) => !isMatrix(name))),
    gates: gatesOf(steps, operations),
    operations,
  };
}

/** What is carried from step to step, h first. @param {Steps} steps @param {string[]} names */
function statesOf(steps, names) {
  const old = steps.flatMap(([, , args]) =>
    args.filter((one) => typeof one === "string" && one.endsWith("_prev")),
  );
  const used = new Set(old.map((one) => baseOf(String(one))));
  const states = names.filter((name) => used.has(name));
  return [...states.filter((one) => one === "h"), ...states.filter((one) => one !== "h")];
}

/** @param {Steps} steps */
function sizesOf(steps) {
  /** @type {Map<string, Size>} */
  const sizes = new Map([["x", "inputs"]]);
  for (const [name, op, args] of steps) {
    const operands = args.filter((one) => typeof one === "string");
    for (const one of operands) if (!sizes.has(one)) sizes.set(one, "hidden");
    const isInputs = op !== "matmul" && operands.some((one) => sizes.get(one) === "inputs");
    sizes.set(name, isInputs ? "inputs" : "hidden");
  }
  return sizes;
}

/** @param {Steps} steps @param {Map<string, Size>} sizes */
function parametersOf(steps, sizes) {
  /** @type {Map<string, Size[]>} */
  const found = new Map();
  for (const [, , args] of steps)
    for (const name of args)
      if (typeof name === "string" && isParameter(name))
        found.set(
          name,
          isMatrix(name) ? ["hidden", sizes.get(String(args[1])) ?? "hidden"] : ["hidden"],
        );
  return found;
}

/** The named values that lie in [0, 1] by construction. @param {Steps} steps @param {Operations} operations */
function gatesOf(steps, operations) {
  /** @type {string[]} */
  const gates = [];
  for (const [name, op, args] of steps) {
    const { low, high } = operations[op];
    const isComplement = op === "sub" && args[0] === 1 && gates.includes(String(args[1]));
    if (!isPart(name) && ((low === 0 && high === 1) || isComplement)) gates.push(name);
  }
  return gates;
}

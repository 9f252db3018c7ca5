/** A cell's steps for a whole batch, by the rules of one sequence (see cell.js). No DOM. */

import { sizeOf } from "../engine.js";
import { lookup } from "../lookup.js";
import { RULES } from "../rules.js";
import { NONE, slot } from "./cell_slots.js";
import { addProduct } from "./product.js";

/** @typedef {import("../rules.js").Slot} Slot */
/** @typedef {import("../header.js").LayerSpec} LayerSpec */
/** @typedef {import("./cell.js").Extent} Extent */
/** @typedef {{forward: (t: number) => void, backward: (t: number) => void}} Step */

/**
 * @param {LayerSpec["cell"]["steps"][number]} step
 * @param {{slots: Map<string, Slot>, spec: LayerSpec, extent: Extent}} around
 * @param {Set<Float64Array>} gradients  those of numbers are added
 * @returns {Step}
 */
export function compile([name, op, args], { slots, spec, extent }, gradients) {
  const y = lookup(slots, name);
  if (op === "matmul") {
    const [matrix, vector] = args.map(String);
    const [rows, columns] = lookup(spec.cell.parameters, matrix).map((one) => sizeOf(spec, one));
    const sizes = { rows, columns, batch: extent.batch };
    return productStep(y, lookup(slots, matrix), lookup(slots, vector), sizes);
  }
  const { forward: ahead, backward: back } = lookup(RULES, op);
  const [a, b = a] = args.map((arg) => {
    if (typeof arg === "string") return lookup(slots, arg);
    const wide = new Float64Array(y.size);
    const found = slot(wide.fill(arg), extent.learns ? new Float64Array(y.size) : NONE, y.size, 0);
    gradients.add(found.gradient);
    return found;
  });
  const node = { y, a, b };
  return {
    forward: (t) => ahead(node, t, 0, y.size),
    backward: (t) => back(node, t, 0, y.size),
  };
}

/**
 * y = A b of every sequence: Y = B Aᵀ of (batch, columns) vectors, and its gradients.
 * @param {Slot} y @param {Slot} a @param {Slot} b
 * @param {{rows: number, columns: number, batch: number}} sizes
 * @returns {Step}
 */
function productStep(y, a, b, { rows, columns, batch }) {
  const result = vectors(rows),
    turnedResult = turned(rows);
  const operand = vectors(columns);
  const matrix = vectors(columns),
    turnedMatrix = turned(columns);
  return {
    forward(t) {
      const from = t * y.stride;
      y.data.fill(0, from, from + y.size);
      const into = place(result, y.data, from);
      const given = place(operand, b.data, t * b.stride);
      addProduct(into, given, place(turnedMatrix, a.data, 0), batch, rows, columns);
    },
    backward(t) {
      const at = t * y.stride;
      const across = place(turnedResult, y.gradient, at);
      const given = place(operand, b.data, t * b.stride);
      addProduct(place(matrix, a.gradient, 0), across, given, rows, columns, batch);
      if (b.gradient === NONE) return;
      const into = place(operand, b.gradient, t * b.stride);
      const above = place(result, y.gradient, at);
      addProduct(into, above, place(matrix, a.data, 0), batch, columns, rows);
    },
  };
}

/** Rows of so many numbers, one below the other. @param {number} size */
const vectors = (size) => ({ numbers: NONE, at: 0, down: size, across: 1 });

/** The same, one beside the other. @param {number} size */
const turned = (size) => ({ numbers: NONE, at: 0, down: 1, across: size });

/** @param {import("./product.js").Matrix} matrix @param {Float64Array} numbers @param {number} at */
function place(matrix, numbers, at) {
  matrix.numbers = numbers;
  matrix.at = at;
  return matrix;
}

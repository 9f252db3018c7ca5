/** How many parameters a cell has, as a formula in its sizes (rnnviz/cells/counting.py). */

/** @typedef {import("../maths/header.js").Cell} Cell */

/** @type {Array<[shape: string, text: string]>} */
const SHAPES = [
  ["hidden,hidden", "H²"],
  ["hidden,inputs", "HI"],
  ["hidden", "H"],
];

/** `4(H² + HI + H)`. @param {Cell} cell */
export function formula(cell) {
  const counts = countsOf(cell);
  /** @type {Map<number, string[]>} */
  const alike = new Map();
  SHAPES.forEach(([, text], place) => {
    const count = counts[place];
    if (count > 0) alike.set(count, [...(alike.get(count) ?? []), text]);
  });
  return [...alike].map(([count, terms]) => times(count, terms)).join(" + ") || "0";
}

/** At these sizes. @param {Cell} cell @param {{hidden: number, inputs: number}} sizes */
export function total(cell, { hidden, inputs }) {
  const [squares, mixed, vectors] = countsOf(cell);
  return squares * hidden ** 2 + mixed * hidden * inputs + vectors * hidden;
}

/** Of each shape. @param {Cell} cell */
function countsOf({ parameters }) {
  const shapes = [...parameters.values()].map((shape) => shape.join(","));
  return SHAPES.map(([shape]) => shapes.filter((one) => one === shape).length);
}

/** @param {number} count @param {string[]} terms */
function times(count, terms) {
  const inner = terms.join(" + ");
  if (count === 1) return inner;
  return terms.length > 1 ? `${count}(${inner})` : `${count}${inner}`;
}

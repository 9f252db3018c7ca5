/**
 * Which weights stand in one sum, and which function is taken of it: the rows of the page. Read off
 * the cell's steps, whatever cell it is. No DOM.
 *
 * A sum is what additions, and products with what holds no weight, make of weights; a value that
 * has a name ends it.
 *
 * @typedef {import("../maths/header.js").Cell} Cell
 * @typedef {{name: string, unit: number, isBelow: boolean}|{number: number}} Factor  a value at a
 *   unit, or a number that stands in the equation; isBelow: it divides
 * @typedef {{sign: 1|-1, factors: Factor[]}} Rest  a term without a weight
 * @typedef {Rest & {array: string, index: number}} Weight  sign · weight · factors
 *
 * @typedef {Object} Row
 * @property {string} value  what the function gives: `f`, or a part, `h.3`
 * @property {string|null} operation  of the sum; null: the sum itself is the value
 * @property {string} sum  the value, part or parameter that the function is taken of
 * @property {Weight[]} weights @property {Rest[]} rest  its terms, of one unit
 */

/**
 * @param {Cell} cell
 * @param {{hidden: number, inputs: number}} sizes
 * @param {number} unit
 * @returns {Row[]} in the order of computation
 */
export function rowsOf(cell, sizes, unit) {
  const reader = readerOf(cell, sizes, unit);
  return cell.steps.flatMap(([name, op, args]) => {
    if (reader.isSum(name)) {
      const own = name.includes(".") ? [] : [row(name, null, name)];
      const vector = op === "matmul" ? args.slice(1).filter(reader.holdsWeight).map(String) : [];
      return [...vector.map((sum) => row(sum, null, sum)), ...own];
    }
    const sums = [...new Set(args)].filter(reader.holdsWeight).map(String);
    const isFunction = cell.operations[op].form === "function" && args.length === 1;
    return sums.map((sum) => (isFunction ? row(name, op, sum) : row(sum, null, sum)));
  });

  /** @param {string} value @param {string|null} operation @param {string} sum @returns {Row} */
  function row(value, operation, sum) {
    return { value, operation, sum, ...reader.terms(sum) };
  }
}

/**
 * @param {Cell} cell @param {{hidden: number, inputs: number}} sizes @param {number} unit
 */
function readerOf(cell, sizes, unit) {
  const steps = new Map(cell.steps.map((step) => [step[0], step]));
  /** @type {Map<string, boolean>} */
  const known = new Map();

  /** Whether an operand belongs to the sum that it stands in. @param {string|number} arg @returns {boolean} */
  const holdsWeight = (arg) =>
    cell.parameters.has(String(arg)) || (String(arg).includes(".") && isSum(String(arg)));

  /** Whether a step is a sum with a weight in it. @param {string} name @returns {boolean} */
  function isSum(name) {
    const found = known.get(name);
    if (found !== undefined) return found;
    const step = steps.get(name);
    const is = step !== undefined && isSumOf(step[1], step[2]);
    known.set(name, is);
    return is;
  }
  /** @param {string} op @param {Array<string|number>} args */
  function isSumOf(op, args) {
    if (op === "matmul") return true;
    if (!cell.operations[op].isDirect) return false;
    const [a, b] = args.map(holdsWeight);
    if (op === "mul") return a !== b;
    if (op === "div") return a && !b;
    return a || Boolean(b);
  }
  /** @param {string} sum */
  function terms(sum) {
    /** @type {Weight[]} */
    const weights = [];
    /** @type {Rest[]} */
    const rest = [];
    const isOwn = (/** @type {string} */ name) => name === sum && isSum(name);

    /** @param {string|number} arg @param {1|-1} sign @param {Factor[]} factors */
    function add(arg, sign, factors) {
      const name = String(arg);
      if (cell.parameters.has(name)) weights.push({ array: name, index: unit, sign, factors });
      else if (isOwn(name) || holdsWeight(arg)) take(name, sign, factors);
      else rest.push({ sign, factors: [...factors, factorOf(arg)] });
    }
    /** @param {string} name @param {1|-1} sign @param {Factor[]} factors */
    function take(name, sign, factors) {
      const [, op, args] = steps.get(name) ?? [name, "", []];
      const [a, b] = args;
      const turned = sign === 1 ? -1 : 1;
      if (op === "matmul") addProduct(String(a), String(b), sign, factors);
      else if (op === "mul" && holdsWeight(b)) add(b, sign, [...factors, factorOf(a)]);
      else if (op === "mul") add(a, sign, [...factors, factorOf(b)]);
      else if (op === "div") add(a, sign, [...factors, factorOf(b, true)]);
      else {
        add(a, op === "neg" ? turned : sign, factors);
        if (b !== undefined) add(b, op === "sub" ? turned : sign, factors);
      }
    }
    /** @param {string} array @param {string} vector @param {1|-1} sign @param {Factor[]} factors */
    function addProduct(array, vector, sign, factors) {
      const columns = sizes[cell.sizes.get(vector) === "inputs" ? "inputs" : "hidden"];
      for (let k = 0; k < columns; k++) {
        const factor = { name: vector, unit: k, isBelow: false };
        weights.push({ array, index: unit * columns + k, sign, factors: [factor, ...factors] });
      }
    }
    add(sum, 1, []);
    return { weights, rest };
  }
  /** @param {string|number} arg @param {boolean} [isBelow] @returns {Factor} */
  const factorOf = (arg, isBelow = false) =>
    typeof arg === "number" ? { number: isBelow ? 1 / arg : arg } : { name: arg, unit, isBelow };
  return { isSum, holdsWeight, terms };
}

/**
 * What a term's factors come to: 1 for a bias.
 * @param {Rest} term @param {(name: string, unit: number) => number} number
 */
export function factorOf({ sign, factors }, number) {
  return factors.reduce((product, factor) => {
    if ("number" in factor) return product * factor.number;
    const value = number(factor.name, factor.unit);
    return factor.isBelow ? product / value : product * value;
  }, /** @type {number} */ (sign));
}

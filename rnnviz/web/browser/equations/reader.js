/** Trees → steps: a rule for each node that is allowed; what is not allowed is refused. */

import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { RULES } from "../maths/rules.js";
import { baseOf, isMatrix, isParameter, isPart } from "./names.js";
import { nearest } from "./nearest.js";
import { constant, EquationError, noFunction, placeOf, takes, unknownName } from "./problems.js";

/** @typedef {import("./language.js").Language} Language */
/** @typedef {import("./language.js").Size} Size */
/** @typedef {import("./tree.js").Node} Node */

/** Wf, bhn: a parameter without its _. */
const GLUED = /^(?:[WUV][A-Za-z0-9_]+|[bp][A-Za-z0-9]{1,2})$/;
/** Walks the expressions of one cell and writes its steps, checking sizes on the way. */
export class Reader {
  /** @param {string} source @param {Set<string>} assigned @param {Language} language */
  constructor(source, assigned, language) {
    this.source = source;
    this.assigned = assigned;
    this.language = language;
    /** @type {import("./language.js").Steps} */
    this.steps = [];
    /** @type {Map<string, Size>} */
    this.sizes = new Map([["x", "inputs"]]);
    /** @type {Map<string, Size>} */
    this.columns = new Map();
    this.target = "";
    this.parts = 0;
  }
  /**
   * One equation: its parts become steps `name.1`, `name.2`, …, its whole the step `name`.
   * @param {string} name @param {Node} expression
   */
  read(name, expression) {
    this.target = name;
    this.parts = 0;
    let value = this.visit(expression);
    if (typeof value === "number") throw this.error(constant(name), expression);
    if (!value.startsWith(`${name}.`)) value = this.emit("identity", [value], expression);
    this.steps[this.steps.length - 1][0] = name;
    this.sizes.set(name, this.sizes.get(value) ?? "hidden");
    this.sizes.delete(value);
  }
  /** @param {string} op @param {Array<string|number>} args @param {Node} node */
  emit(op, args, node) {
    const most = this.language.most.steps;
    if (this.steps.length >= most)
      throw this.error(_("a cell has at most {most} operations", { most }), node);
    this.parts += 1;
    const name = `${this.target}.${this.parts}`;
    this.sizes.set(name, this.sizeOf(op, args, node));
    this.steps.push([name, op, args]);
    return name;
  }
  /** @param {string} op @param {Array<string|number>} args @param {Node} node @returns {Size} */
  sizeOf(op, args, node) {
    if (op === "matmul") return "hidden";
    const sizes = new Set(
      args.filter((one) => typeof one === "string").map((one) => this.sizes.get(one) ?? "hidden"),
    );
    if (sizes.size === 2) {
      const problem = _("one has as many numbers as the input x, the other as the hidden state");
      throw this.error(
        _("`{code}` does not fit: {problem}", { code: this.text(node), problem }),
        node,
      );
    }
    return sizes.has("inputs") ? "inputs" : "hidden";
  }
  /** @param {Node} node */
  text({ start, stop }) {
    return this.source.slice(start, stop).split(/\s+/).filter(Boolean).join(" ").slice(0, 60);
  }
  /** @param {string} problem @param {Node} node */
  error(problem, node) {
    return new EquationError(problem, placeOf(this.source, node.start));
  }
  /** @param {Node} node @returns {string|number} */
  visit(node) {
    const { kind, text, operands } = node;
    if (kind === "name") return this.name(node);
    if (kind === "number") return this.checked(Number(text), node);
    if (kind === "call") return this.call(node);
    if (kind === "unary" && text === "-") {
      const value = this.visit(operands[0]);
      return typeof value === "number" ? -value : this.emit("neg", [value], node);
    }
    if (kind === "binary" && text === "@") return this.product(node);
    if (kind === "binary" && Object.hasOwn(this.language.signs, text))
      return this.combine(this.language.signs[text], node);
    throw this.error(
      _("`{code}` is not in the language: + - * / @ and functions", { code: this.text(node) }),
      node,
    );
  }
  /** @param {number} value @param {Node} node */
  checked(value, node) {
    const largest = this.language.most.number;
    if (Math.abs(value) <= largest) return value;
    throw this.error(_("numbers go up to {largest}", { largest }), node);
  }
  /** @param {Node} node */
  name(node) {
    const name = node.text;
    if (isMatrix(name))
      throw this.error(
        _("`{name}` is a matrix: a vector must follow it, as in `{name} @ x`", { name }),
        node,
      );
    const isOld = name.endsWith("_prev") && this.assigned.has(baseOf(name));
    if (!this.sizes.has(name) && !isOld && !isParameter(name))
      throw this.error(this.unknown(name), node);
    if (!this.sizes.has(name)) this.sizes.set(name, "hidden");
    return name;
  }
  /** What is wrong about a name that is none of a value known so far. @param {string} name */
  unknown(name) {
    if (this.assigned.has(name) && !Object.hasOwn(this.language.arity, name))
      return _("`{name}` is used above the line that computes it", { name });
    return unknownName(name, this.meant(name), this.language);
  }
  /** What may have been meant by a name, or nothing. @param {string} name */
  meant(name) {
    if (GLUED.test(name)) return `${name[0]}_${name.slice(1)}`;
    const functions = Object.keys(this.language.arity);
    const old = [...this.assigned].map((one) => `${one}_prev`);
    const known = [...this.sizes.keys(), ...this.assigned, ...functions, ...old];
    return nearest(
      name,
      known.filter((one) => !isPart(one)),
    );
  }
  /** @param {string} op @param {Node} node */
  combine(op, node) {
    const [left, right] = node.operands.map((one) => this.visit(one));
    return typeof left === "number" && typeof right === "number"
      ? this.checked(computed(op, left, right), node)
      : this.emit(op, [left, right], node);
  }
  /** @param {Node} node */
  product(node) {
    const [matrix, vector] = node.operands;
    this.checkOrder(node, matrix, vector);
    const name = matrix.text;
    if (matrix.kind !== "name" || !isMatrix(name))
      throw this.error(
        _("left of @ stands a matrix (W, U or V, as in `W_{name} @ x`), not `{code}`", {
          name: this.target,
          code: this.text(matrix),
        }),
        node,
      );
    const value = this.visit(vector);
    if (typeof value === "number") {
      const code = `${name} @ ${this.text(vector)}`;
      throw this.error(_("`{code}`: a vector must follow @, not a number", { code }), node);
    }
    const size = this.sizes.get(value) ?? "hidden";
    if ((this.columns.get(name) ?? size) !== size)
      throw this.error(
        _(
          "`{name}` is multiplied with the input and with the hidden state; give each its own matrix",
          { name },
        ),
        node,
      );
    this.columns.set(name, size);
    return this.emit("matmul", [name, value], node);
  }
  /**
   * `r * U @ h_prev`: the signs bind alike, and go from left to right.
   * @param {Node} node @param {Node} left @param {Node} right
   */
  checkOrder(node, left, right) {
    if (left.kind !== "binary" || !["*", "@"].includes(left.text)) return;
    const [first, inner] = left.operands;
    if (inner.kind !== "name" || !isMatrix(inner.text)) return;
    throw this.error(
      _("`{code}` is read as `({left}) @ {right}`; write `{first} {sign} ({name} @ {right})`", {
        code: this.text(node),
        left: this.text(left),
        right: this.text(right),
        first: this.text(first),
        sign: left.text,
        name: inner.text,
      }),
      node,
    );
  }
  /** @param {Node} node */
  call(node) {
    const [called, ...operands] = node.operands;
    const { arity } = this.language;
    const name = called.text;
    if (called.kind !== "name" || !Object.hasOwn(arity, name))
      throw this.error(noFunction(this.text(called), this.language), node);
    if (operands.length !== arity[name] || operands.some((one) => one.kind === "keyword"))
      throw this.error(takes(name, arity[name]), node);
    const values = operands.map((one) => this.visit(one));
    if (values.every((one) => typeof one === "number"))
      throw this.error(
        _("`{code}` is a number; write the number itself", { code: this.text(node) }),
        node,
      );
    return this.emit(name, values, node);
  }
}

/** Of two numbers. @param {string} op @param {number} a @param {number} b */
function computed(op, a, b) {
  const slot = (/** @type {number} */ one) => ({
    data: Float64Array.of(one),
    gradient: Float64Array.of(0),
    size: 1,
    stride: 0,
  });
  const node = { y: slot(0), a: slot(a), b: slot(b) };
  lookup(RULES, op).forward(node, 0, 0, 1);
  return node.y.data[0];
}

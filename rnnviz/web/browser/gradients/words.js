/** What the page says: about numbers that cannot be drawn, and about those that can. No DOM. */

import { power, short, superscript } from "../drawing/number_format.js";
import { stretches } from "../drawing/scales.js";
import { _, ngettext } from "../drawing/texts.js";
import { SCENE } from "./setup.js";
import { titleOf } from "./series.js";

/** @typedef {import("./header.js").SetupHeader} SetupHeader */
/** @typedef {import("./header.js").Knobs} Knobs */

/** A number as text; zero is said to be exactly zero. @param {number} value */
export function size(value) {
  if (value === 0) return _("exactly 0");
  if (!Number.isFinite(value)) return Number.isNaN(value) ? _("not a number") : "∞";
  return value >= 0.01 && value < 1000 ? short(value) : power(value, 1);
}

/** A ratio given by its decimal logarithm. @param {number} exponent */
export function ratio(exponent) {
  if (exponent === -Infinity) return _("exactly 0");
  if (!Number.isFinite(exponent)) return _("beyond float64");
  if (exponent > -2 && exponent < 3) return short(10 ** exponent);
  const whole = Math.floor(exponent);
  return `${(10 ** (exponent - whole)).toFixed(1)}×10${superscript(whole)}`;
}

/** A step counted from 1, or "never". @param {number|null} t */
export function stepOrNever(t) {
  return t === null ? _("never") : _("step {step}", { step: t + 1 });
}

/**
 * What became of a curve that cannot be drawn, or only in part; "" where all is well.
 * @param {string} name @param {import("./measure.js").Curve} curve
 */
export function trouble(name, { condition, total, before, start, state }) {
  const norm = `dL/d${state}`;
  if (condition === "one step")
    return _("{name}: the loss is at step 1, so there is no way back to travel.", { name });
  if (condition === "nothing arrives")
    return _(
      "{name}: {norm} is exactly 0 already at step {step}, where the loss is; nothing sets out.",
      { name, norm, step: start + 1 },
    );
  const steps = (/** @type {(norm: number) => boolean} */ test) =>
    [...total.keys()].filter((t) => t <= start && test(total[t]));
  if (condition === "overflow")
    return overflowWords({ name, norm }, [...total, before].some(Number.isNaN), {
      beyond: stretches(steps((n) => !Number.isFinite(n))),
    });
  const zeros = steps((n) => n === 0);
  if (zeros.length === 0) return "";
  return _("{name}: {norm} is exactly 0 at step {steps}: nothing of the loss arrives there.", {
    name,
    norm,
    steps: stretches(zeros),
  });
}

/**
 * @param {{name: string, norm: string}} what @param {boolean} isNoNumber
 * @param {{beyond: string}} where  the steps in words; "": before the first
 */
function overflowWords(what, isNoNumber, { beyond: steps }) {
  if (steps === "")
    return _("{name}: before step 1 {norm} left the range of float64 (10³⁰⁸).", what);
  return isNoNumber
    ? _("{name}: {norm} is not a number at step {steps}: it left the range of float64 (10³⁰⁸).", {
        ...what,
        steps,
      })
    : _("{name}: {norm} is infinite at step {steps}: it left the range of float64 (10³⁰⁸).", {
        ...what,
        steps,
      });
}

/**
 * What the bound is worth, or why there is none.
 * @param {import("./bench.js").CellBound|null} limits @param {SetupHeader} header
 * @param {Knobs} knobs
 */
export function boundWords(limits, header, knobs) {
  if (limits === null) return limitsMissing(header, knobs);
  const { largest, steepest, factor } = limits;
  return _(
    "Dotted grey: {cell} can never have more. Each step back multiplies by at most σ₁(U), the largest stretch of U, times the steepest slope of the function: {largest} × {steepest} = {factor}; the lower line takes the steepest slope of each step of this run (Pascanu, Mikolov & Bengio, 2013). A bound, not a prediction: the gradient may lie far below it.",
    {
      cell: titleOf(limits.name, knobs),
      largest: short(largest),
      steepest: short(steepest),
      factor: short(factor),
    },
  );
}

/** @param {SetupHeader} header @param {Knobs} knobs */
function limitsMissing(header, knobs) {
  const name = knobs.cells.find((one) => one !== SCENE);
  const layer = header.layers.find((one) => one.name === name);
  if (!layer?.why) return "";
  return `${_("No bound is drawn for {cell}.", { cell: titleOf(layer.name, knobs) })} ${layer.why}`;
}

/**
 * Where the Step page's network stands.
 * @param {import("./header.js").Scene} scene @param {number} length  of the sequences here
 */
export function sceneWords({ title, length: steps }, length) {
  const whose = _(
    "The Step page's network, “{title}”: {steps} steps of its own sequence, with its own loss. Its last step stands at the right, and no knob turns it.",
    { title, steps },
  );
  if (steps <= length) return whose;
  const shown = ngettext(
    "Only its last step is in the chart.",
    "Only its last {count} steps are in the chart.",
    length,
  );
  return `${whose} ${shown}`;
}

/**
 * What L is and how large, and so what the gradients set out with.
 * @param {Array<{name: string, found: Pick<import("./measure.js").Found, "loss">}>} shown
 * @param {Knobs} knobs @param {number[]} steps  at which the loss is, but for the Step page's network
 * @param {string} ofScene  what the loss of the Step page's network is
 */
export function lossWords(shown, knobs, steps, ofScene) {
  const others = shown.filter(({ name }) => name !== SCENE);
  const said = others.map(({ name, found }) => {
    const holes = { cell: titleOf(name, knobs), loss: short(found.loss) };
    return _("{cell}: L = {loss}.", holes);
  });
  const scene = shown.find(({ name }) => name === SCENE);
  const first = others.length > 0 ? [seedWords(knobs, steps)] : [];
  const last = scene
    ? [_("The Step page's network: L = {loss}.", { loss: short(scene.found.loss) }), ofScene]
    : [];
  return [...first, ...said, ...last].join(" ");
}

/** @param {Knobs} knobs @param {number[]} steps */
function seedWords({ hidden }, steps) {
  const holes = { step: steps[0] + 1, steps: steps.length, size: short(Math.sqrt(hidden)) };
  if (steps.length > 1)
    return ngettext(
      "L is the one unit of h, added over all {steps} steps: each step adds 1 to its gradient.",
      "L is the sum of the {count} units of h over all {steps} steps: each step adds 1 to the gradient of each.",
      hidden,
      holes,
    );
  return ngettext(
    "L is the one unit of h at step {step}: there its gradient is {size}.",
    "L is the sum of the {count} units of h at step {step}: there the gradient of each is 1, together √{count} = {size} long.",
    hidden,
    holes,
  );
}

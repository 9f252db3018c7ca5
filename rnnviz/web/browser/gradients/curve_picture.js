/** The curves of the cells as a picture: their lines, where so much of them is gone, a bound. No DOM. */

import { _ } from "../drawing/texts.js";
import { SCENE } from "./setup.js";
import { exponentsOf, logPicture } from "./log_picture.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";

const COVERED = -14; // the axis before the guess, so that it gives nothing away

/**
 * @typedef {import("../drawing/chart_plan.js").Line} Line
 * @typedef {import("../drawing/chart_plan.js").Sign} Sign
 * @typedef {import("./bench.js").Shown} Shown
 * @typedef {import("./header.js").SetupHeader} SetupHeader
 * @typedef {import("./measure.js").Bound} Bound
 * @typedef {ReturnType<typeof seriesOf>} Look
 */

/**
 * @param {Shown[]} measured
 * @param {Object} given
 * @param {SetupHeader} given.header
 * @param {Pick<import("./context.js").State, "knobs"|"state"|"local"|"bound"|"zoom">} given.state
 * @param {string[]} given.names  of all cells there are
 * @param {Bound|null} given.bound
 * @param {boolean} given.isVeiled
 */
export function curvePicture(measured, { header, state, names, bound, isVeiled }) {
  const count = state.knobs.length;
  /** @type {Line[]} */
  const lines = [];
  /** @type {Sign[]} */
  const signs = [];
  for (const { name, found, attended } of measured) {
    const curve = chosenCurve(found, state.state);
    const look = seriesOf(name, names);
    const of = titleOf(name, state.knobs);
    const values = aligned(exponentsOf(curve.total), count);
    lines.push({
      ...look,
      name: `${name} ${curve.state}`,
      title: _("{cell}, {norm}", { cell: of, norm: `dL/d${curve.state}` }),
      values,
    });
    if (state.local)
      lines.push(localPart(name, of, look, aligned(exponentsOf(curve.local), count)));
    if (attended) lines.push(withAttention(name, of, look, chosenCurve(attended, state.state)));
    signs.push(...dropsOf(curve, values, count - found.T, look));
  }
  if (bound && state.bound) lines.push(...guides(bound));
  signs.push(...lossSigns(measured, count));
  const covered = isVeiled ? { signs: [], lowest: COVERED } : { signs, zoom: state.zoom };
  return logPicture(count, lines, { levels: levelsOf(header.marks), ...covered });
}

/**
 * @param {string} name @param {string} of  its title @param {Look} look @param {Float64Array} values
 * @returns {Line}
 */
function localPart(name, of, { colour }, values) {
  return {
    name: `local ${name}`,
    title: _("{cell}, straight from the loss", { cell: of }),
    kind: "faint",
    colour,
    values,
  };
}

/**
 * @param {string} name @param {string} of  its title @param {Look} look
 * @param {import("./measure.js").Curve} curve
 * @returns {Line}
 */
function withAttention(name, of, look, { state, total }) {
  return {
    ...look,
    width: 4,
    alpha: 0.35,
    name: `attention ${name}`,
    title: _("{cell}, {norm}, with an attention above", { cell: of, norm: `dL/d${state}` }),
    values: exponentsOf(total),
  };
}

/**
 * Where a thousandth, a millionth, a billionth is left.
 * @param {import("./measure.js").Curve} curve @param {Float64Array} values  exponents
 * @param {number} shift  steps to the right @param {Look} look
 * @returns {Sign[]}
 */
function dropsOf({ drops }, values, shift, { colour }) {
  return drops.flatMap((t, k) => {
    const at = t === null ? -1 : t + shift;
    if (at < 0 || !Number.isFinite(values[at])) return [];
    return [{ at, value: values[at], text: `÷${["10³", "10⁶", "10⁹"][k]}`, colour, kind: "drop" }];
  });
}

/** @param {Bound} bound @returns {Line[]} */
function guides({ theory, measured }) {
  const look = /** @type {const} */ ({ kind: "guide", colour: "var(--soft)" });
  return [
    { ...look, name: "bound theory", title: _("upper bound"), values: exponentsOf(theory) },
    {
      ...look,
      name: "bound measured",
      title: _("upper bound with this run's slopes"),
      values: exponentsOf(measured),
    },
  ];
}

/**
 * A sequence of another length stands at the right, where the error sets out.
 * @param {Float64Array} exponents @param {number} count
 */
function aligned(exponents, count) {
  if (exponents.length === count) return exponents;
  const found = new Float64Array(count).fill(NaN);
  const shift = count - exponents.length;
  exponents.forEach((e, t) => {
    if (t + shift >= 0) found[t + shift] = e;
  });
  return found;
}

/**
 * Where the gradients set out: the step of the loss, where it is one.
 * @param {Shown[]} measured @param {number} count
 * @returns {Sign[]}
 */
function lossSigns(measured, count) {
  const colour = "var(--soft)";
  const asked = measured.filter(({ found }) => found.lossSteps.length === 1);
  const scene = asked.find(({ name }) => name === SCENE);
  const other = asked.find(({ name }) => name !== SCENE);
  const at = (/** @type {Shown} */ { found }) => found.start + count - found.T;
  const isApart = scene && (!other || at(scene) !== at(other)) && at(scene) >= 0;
  const text = _("loss of the Step page's network");
  return [
    ...(other ? [sign(at(other), _("loss L"), colour)] : []),
    ...(scene && isApart ? [sign(at(scene), text, colour)] : []),
  ];
}

/** @param {number} at @param {string} text @param {string} colour @returns {Sign} */
const sign = (at, text, colour) => ({ at, text, colour, kind: "change" });

/** @param {SetupHeader["marks"]} marks */
function levelsOf({ float32 }) {
  return [{ value: Math.log10(float32), label: _("float32 ends here: smaller is exactly 0") }];
}

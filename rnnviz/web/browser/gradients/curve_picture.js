/** The curves of the cells as a picture: their lines, where so much of them is gone, a bound. No DOM. */

import { exponentsOf, logPicture } from "./log_picture.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";

const UNTOLD = -14; // the axis before the guess, so that it does not tell

/**
 * @typedef {import("../drawing/chart_plan.js").Line} Line
 * @typedef {import("../drawing/chart_plan.js").Sign} Sign
 * @typedef {import("./bench.js").Shown} Shown
 * @typedef {import("./header.js").ExperimentHeader} ExperimentHeader
 * @typedef {import("./measure.js").Bound} Bound
 * @typedef {ReturnType<typeof seriesOf>} Look
 */

/**
 * @param {Shown[]} measured
 * @param {Object} given
 * @param {ExperimentHeader} given.header
 * @param {Pick<import("./context.js").State, "knobs"|"state"|"parts">} given.state  parts: the local
 *   one too
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
  for (const { name, found } of measured) {
    const curve = chosenCurve(found, state.state);
    const look = seriesOf(name, names);
    const of = titleOf(name, state.knobs);
    const values = aligned(exponentsOf(curve.total), count);
    lines.push({
      ...look,
      name: `${name} ${curve.state}`,
      title: `${of}, dL/d${curve.state}`,
      values,
    });
    if (state.parts)
      lines.push(localPart(name, of, look, aligned(exponentsOf(curve.local), count)));
    signs.push(...dropsOf(curve, values, count - found.T, look));
  }
  if (bound) lines.push(...guides(bound));
  const veiled = isVeiled ? { signs: [], lowest: UNTOLD } : { signs };
  return logPicture(count, lines, { levels: levelsOf(header.marks), ...veiled });
}

/**
 * @param {string} name @param {string} of  its title @param {Look} look @param {Float64Array} values
 * @returns {Line}
 */
function localPart(name, of, { colour }, values) {
  return { name: `local ${name}`, title: `${of}, local part`, kind: "faint", colour, values };
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
    { ...look, name: "bound theory", title: "bound", values: exponentsOf(theory) },
    {
      ...look,
      name: "bound measured",
      title: "bound with this run's slopes",
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

/** @param {ExperimentHeader["marks"]} marks */
function levelsOf({ float32, clip }) {
  return [
    { value: Math.log10(float32), label: "float32 ends here: smaller is exactly 0" },
    { value: Math.log10(clip), label: `clip threshold ${clip} (for the whole gradient)` },
  ];
}

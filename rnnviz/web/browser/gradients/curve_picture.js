/** The curves of the cells as a picture: their lines, where so much of them is gone, a bound. No DOM. */

import { exponentsOf, logPicture } from "./log_picture.js";
import { chosenCurve, seriesOf, titleOf } from "./series.js";

const UNTOLD = -14; // the axis before the guess, so that it does not tell

/**
 * @param {{name: string, found: object}[]} measured
 * @param {Object} given
 * @param {object} given.header
 * @param {{knobs: object, state: string, parts: boolean}} given.state  parts: the local one too
 * @param {string[]} given.names  of all cells there are
 * @param {object|null} given.bound
 * @param {boolean} given.isVeiled
 */
export function curvePicture(measured, { header, state, names, bound, isVeiled }) {
  const count = state.knobs.length;
  const lines = [],
    signs = [];
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

function localPart(name, of, { colour }, values) {
  return { name: `local ${name}`, title: `${of}, local part`, kind: "faint", colour, values };
}

/** Where a thousandth, a millionth, a billionth is left. */
function dropsOf({ drops }, values, shift, { colour }) {
  return drops.flatMap((t, k) => {
    const at = t === null ? -1 : t + shift;
    if (at < 0 || !Number.isFinite(values[at])) return [];
    return [{ at, value: values[at], text: `÷${["10³", "10⁶", "10⁹"][k]}`, colour, kind: "drop" }];
  });
}

function guides(bound) {
  return ["theory", "measured"].map((which) => ({
    name: `bound ${which}`,
    title: which === "theory" ? "bound" : "bound with this run's slopes",
    kind: "guide",
    values: exponentsOf(bound[which]),
  }));
}

/** A sequence of another length stands at the right, where the error sets out. */
function aligned(exponents, count) {
  if (exponents.length === count) return exponents;
  const found = new Float64Array(count).fill(NaN);
  const shift = count - exponents.length;
  exponents.forEach((e, t) => {
    if (t + shift >= 0) found[t + shift] = e;
  });
  return found;
}

function levelsOf({ float32, clip }) {
  return [
    { value: Math.log10(float32), label: "float32 ends here: smaller is exactly 0" },
    { value: Math.log10(clip), label: `clip threshold ${clip} (for the whole gradient)` },
  ];
}

/** A state at rest, in words: what is left of a small push away from it. */

import { percent, short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";

/** @typedef {import("../maths/fixed_points.js").FixedPoint} FixedPoint */

const MANY = 7; // from so many on, where nothing moves is a line of states
const ALL_OF_IT = 0.9995;

/**
 * @param {FixedPoint} point
 * @returns {string}
 */
export function fateOf({ eigenvalues, kind }) {
  const [[re, im]] = eigenvalues;
  const largest = Math.hypot(re, im);
  if (eigenvalues.length === 1) return fateOnLine(re, kind);
  const turns = eigenvalues.some(([, turn]) => turn !== 0);
  const factor = short(largest);
  if (kind === "neutral") return _("a push in one direction stays as it is");
  if (kind === "saddle")
    return _("draws near in one direction, pushes away ×{factor} a step in another", { factor });
  if (kind === "unstable")
    return turns
      ? _("pushes away in a spiral, ×{factor} a step", { factor })
      : _("pushes away, ×{factor} a step", { factor });
  const left = percent(largest);
  return turns
    ? _("draws near in a spiral: in the long run {left} of a push is left a step later", { left })
    : _("draws near: in the long run {left} of a push is left a step later", { left });
}

/** @param {number} slope @param {FixedPoint["kind"]} kind */
function fateOnLine(slope, kind) {
  const isOther = slope < 0;
  if (kind === "neutral")
    return isOther
      ? _("a push stays as large, now on one side, now on the other")
      : _("a small push neither fades nor grows");
  if (kind === "unstable") {
    const factor = short(Math.abs(slope));
    return isOther
      ? _("pushed away ×{factor} a step, to the other side", { factor })
      : _("pushed away ×{factor} a step", { factor });
  }
  if (slope > ALL_OF_IT) return _("forgets almost nothing");
  const left = percent(Math.abs(slope));
  return isOther
    ? _("{left} of a push is left a step later, on the other side", { left })
    : _("{left} of a push is left a step later", { left });
}

/**
 * What is to be said in place of a list: that nothing rests, or that far too much does.
 * @param {FixedPoint[]} points @param {{isLine: boolean, isSought: boolean}} what  isSought: whether
 *   they were looked for
 * @returns {string} "" where the list says it
 */
export function summaryOf(points, { isLine, isSought }) {
  if (!isSought) return _("States at rest are sought where a state is at most 8 numbers.");
  if (points.length === 0) return _("No state near here stays as it is.");
  if (points.length < MANY || points.some(({ kind }) => kind !== "neutral")) return "";
  return isLine
    ? _("Every state stays as it is: the map lies on the diagonal, and what is stored remains.")
    : _("A whole line of states stays as it is: what is stored there remains.");
}

/** What each mark means. @param {FixedPoint["kind"]} kind */
export function kindInWords(kind) {
  return {
    stable: _("stable"),
    unstable: _("unstable"),
    saddle: _("saddle"),
    neutral: _("neutral"),
  }[kind];
}

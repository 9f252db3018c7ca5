/** What the Jacobians say, in words. No DOM. */

import { short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";

/** How to read the chart. @param {import("./context.js").SpectrumOf} of */
export function jacobianWords(of) {
  return of === "products"
    ? _(
        "How to read this: nudge the state after step t; the line says by how much the change has grown or shrunk at the last step, at worst (the largest singular value of the product of all later Jacobians). Values less than 10⁻¹⁵ of the largest are rounding and left out. Click a step to see its matrix.",
      )
    : _(
        "How to read this: each step by itself. Above 1 a step can enlarge a nudge in some direction, below 1 it shrinks it in all; what counts is the product. Values less than 10⁻¹⁵ of the largest are rounding and left out. Click a step to see its matrix.",
      );
}

/** @param {import("./settle.js").Settled} settled */
export function statusWords({ isCurrent, at, progress }) {
  if (isCurrent) return _("Computed for {knobs}.", { knobs: at });
  const percent = Math.round(100 * progress);
  const computing = _("Computing for the knobs as they are now: {percent} %", { percent });
  return at ? `${_("What is drawn is for {knobs}.", { knobs: at })} ${computing}` : computing;
}

/**
 * @param {import("./settle.js").ChainOfRun} chain @param {number} t
 * @param {number} limit  of the colours
 */
export function matrixWords({ size, states, singular }, t, limit) {
  const matrix = _(
    "The Jacobian of step {step}: how each unit after the step (row) depends on each before it (column). Colours from −{limit} (blue) through 0 to {limit} (orange); singular values from {largest} down to {smallest}.",
    { step: t + 1, limit, largest: short(singular[t][0]), smallest: short(singular[t][size - 1]) },
  );
  if (states.length === 1) return matrix;
  const stacked = _("The states stand below one another: {states}.", { states: states.join(", ") });
  return `${matrix} ${stacked}`;
}

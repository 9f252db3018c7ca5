/** What the shares of the steps say, and what a cut leaves out, in words. No DOM. */

import { percent } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { normsOf } from "../maths/gradient_paths.js";
import { size } from "./words.js";

/** @typedef {import("./measure.js").Detailed} Detailed */
/** @typedef {import("../maths/shares.js").Compared} Compared */

/** What the first half of the steps supplies. @param {Detailed} found */
export function earlyWords({ shares: { flat, P }, T }) {
  if (T < 2) return _("There is one step: it supplies the whole gradient of the weights.");
  const half = Math.floor(T / 2);
  const [first, all] = [half, T].map((end) => lengthOfSum(flat, P, end));
  if (!(all > 0) || !Number.isFinite(all))
    return _("There are no shares to compare: the gradient is 0 or left the range of float64.");
  const part = partOf(first / all);
  return half === 1
    ? _(
        "What step 1 supplies is {part} as long as the whole gradient of the weights (lengths of vectors: they need not add up).",
        { part },
      )
    : _(
        "What steps 1–{last} supply together is {part} as long as the whole gradient of the weights (lengths of vectors: they need not add up).",
        { last: half, part },
      );
}

/** @param {Float64Array} flat  shares, step by step @param {number} P @param {number} end */
function lengthOfSum(flat, P, end) {
  const sum = new Float64Array(P);
  for (let t = 0; t < end; t++) for (let k = 0; k < P; k++) sum[k] += flat[t * P + k];
  return normsOf(sum, 1)[0];
}

/** A share of a length, which may be more than all of it. @param {number} part */
function partOf(part) {
  if (part < 0.001) return size(part);
  return part < 10 ? percent(part) : _("{times} times", { times: size(part) });
}

/** Each gate's share at a step. @param {Detailed} found @param {number} t */
export function sharesWords({ credit }, t) {
  const shares = [...credit].map(([gate, { norms }]) => `${gate} ${size(norms[t])}`);
  return _("step {step}, size of each share: {shares}", { step: t + 1, shares: shares.join(", ") });
}

/** @param {number} cut @param {Pick<Compared, "full"|"lost"|"angle">} compared */
export function cutWords(cut, { full, lost, angle }) {
  const step = cut + 1;
  if (cut === 0)
    return _("Cut before step 1: nothing is left out, this is the whole gradient of the weights.");
  if (!Number.isFinite(full))
    return _("The gradient left the range of float64: there is nothing to compare.");
  if (full === 0) return _("The whole gradient is exactly 0: a cut can leave nothing out.");
  if (lost === 0)
    return _("If backpropagation stops before step {step}, nothing of the gradient is left out.", {
      step,
    });
  const part = partOf(lost / full);
  if (Number.isNaN(angle))
    return _(
      "If backpropagation stops before step {step}, what it leaves out is {part} as long as the whole gradient, and what is left has no direction.",
      { step, part },
    );
  return _(
    "If backpropagation stops before step {step}, what it leaves out is {part} as long as the whole gradient, and what is left points {angle}° away from it.",
    { step, part, angle: angle < 0.01 ? size(angle) : angle.toFixed(2) },
  );
}

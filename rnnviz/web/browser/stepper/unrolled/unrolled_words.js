/** What the two passes are doing at a moment, and what came of both, in sentences. No DOM. */

import { short } from "../../drawing/number_format.js";
import { _ } from "../../drawing/texts.js";

/**
 * @typedef {Object} Told
 * @property {import("./passes.js").Place} place
 * @property {ReadonlyMap<string, ArrayLike<number>>} norms  |dL/d(name)_t|, T numbers each
 * @property {number} T @property {boolean} isReverse
 * @property {string} reads  what the step reads; empty where no word stands for it
 * @property {number} loss  L
 */

/** @param {Told} told */
export function passInWords(told) {
  const { pass } = told.place;
  if (pass === "forward") return forwardInWords(told);
  return (pass === "backward" ? backInWords(told) : wholeInWords(told)).join(" ");
}

/** @param {Told} told */
function forwardInWords({ place: { step }, T, isReverse, reads }) {
  const holes = { step: step + 1, steps: T, symbol: reads };
  if (step === (isReverse ? T - 1 : 0))
    return reads
      ? _("Forward: step {step} of {steps} reads {symbol} and the initial state.", holes)
      : _("Forward: step {step} of {steps} reads its input and the initial state.", holes);
  return reads
    ? _("Forward: step {step} of {steps} reads {symbol} and the state of the step before.", holes)
    : _("Forward: step {step} of {steps} reads its input and the state of the step before.", holes);
}

/** @param {Told} told */
function backInWords({ place: { step }, norms, T, isReverse, loss }) {
  const begins = step === (isReverse ? 0 : T - 1);
  const first = begins
    ? _("Backward from L = {loss}, at step {step}:", { loss: short(loss), step: step + 1 })
    : _("Backward, at step {step}:", { step: step + 1 });
  const next = step + (isReverse ? -1 : 1);
  const sizes = [...norms].map(([name, all]) => sizeInWords(name, all[step], all[next], next));
  return [first, ...sizes];
}

/**
 * @param {string} name @param {number} size @param {number|undefined} before  at the step that the
 *   gradient comes from @param {number} from  that step
 */
function sizeInWords(name, size, before, from) {
  const holes = { name, size: short(size), step: from + 1 };
  if (size === 0) return _("|dL/d{name}| is exactly 0.", holes);
  if (before === undefined || !(before > 0) || !Number.isFinite(size / before))
    return _("|dL/d{name}| = {size}.", holes);
  const factor = short(size / before);
  return _("|dL/d{name}| = {size}, {factor} times that of step {step}.", { ...holes, factor });
}

/** From where the gradient sets out to the end of its way. @param {Told} told */
function wholeInWords({ norms, T, isReverse }) {
  const end = isReverse ? T - 1 : 0;
  return [...norms].map(([name, sizes]) => {
    const start = isReverse ? firstOf(sizes, T) : lastOf(sizes, T);
    if (start === null) return _("|dL/d{name}| is exactly 0 at every step.", { name });
    const [from, to] = [sizes[start], sizes[end]];
    const holes = { name, start: start + 1, end: end + 1, from: short(from), to: short(to) };
    if (start === end)
      return _("|dL/d{name}| = {from} at step {start}, where its way ends.", holes);
    if (to === 0)
      return _("|dL/d{name}| is {from} at step {start} and exactly 0 at step {end}.", holes);
    if (!Number.isFinite(to / from))
      return _("|dL/d{name}| is {from} at step {start} and {to} at step {end}.", holes);
    const factor = short(to / from);
    return _(
      "|dL/d{name}| is {from} at step {start} and {to} at step {end}, {factor} times as large.",
      { ...holes, factor },
    );
  });
}

/** The last step with a gradient. @param {ArrayLike<number>} sizes @param {number} T */
function lastOf(sizes, T) {
  for (let t = T - 1; t >= 0; t--) if (sizes[t] !== 0) return t;
  return null;
}

/** @param {ArrayLike<number>} sizes @param {number} T */
function firstOf(sizes, T) {
  for (let t = 0; t < T; t++) if (sizes[t] !== 0) return t;
  return null;
}

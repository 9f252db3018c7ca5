/** What a sentence's colours are called, and what they say of a token. No DOM. */

import { percent, short, signed } from "../drawing/number_format.js";
import { N_, _ } from "../drawing/texts.js";

/**
 * @typedef {import("./header.js").SentenceHeader} SentenceHeader
 * @typedef {import("./header.js").ValueSpec} ValueSpec
 * @typedef {import("./looks.js").Look} Look
 * @typedef {import("./looks.js").Source} Source
 */

/** @type {Record<import("./looks.js").Influence, string>} */
const INFLUENCES = {
  changes: N_("replaced: the largest change of ln P"),
  norm: N_("gradient: ‖d ln P/dx‖"),
  product: N_("gradient · input: d ln P/dx · x"),
};

/** @param {Source} source */
export function nameOf(source) {
  if (source.kind === "influence") return _(INFLUENCES[source.of]);
  return source.kind === "value" ? valueName(source.of) : gradientName(source.of);
}

/** @param {ValueSpec} value */
function valueName({ title, symbol, layer }) {
  const holes = { title, symbol };
  return layer === null
    ? _("{title} {symbol}", holes)
    : _("layer {layer}: {title} {symbol}", { ...holes, layer });
}

/** @param {ValueSpec} value */
function gradientName({ symbol, layer }) {
  return layer === null
    ? _("gradient: d ln P/d{symbol}", { symbol })
    : _("layer {layer}: gradient: d ln P/d{symbol}", { symbol, layer });
}

/** What all units of a source are taken together as. @param {Source} source */
export function togetherOf(source) {
  return source.kind === "gradient" ? _("all units: the norm") : _("all units: the mean");
}

/** What is looked at. @param {SentenceHeader} header */
export function aboutOf({ asked, logarithm }) {
  const holes = { token: asked, share: percent(Math.exp(logarithm)) };
  return _("P is the probability that “{token}” comes next, after all of this: {share}.", holes);
}

/**
 * A token in words: which it is, and its number.
 * @param {SentenceHeader} header @param {Look} look @param {number} place
 */
export function tokenSays({ by, tokens }, look, place) {
  const holes = {
    place: place + 1,
    count: tokens.length,
    token: tokens[place],
    number: numberOf(look, place),
  };
  return by === "characters"
    ? _("Character {place} of {count}, “{token}”: {number}", holes)
    : _("Word {place} of {count}, “{token}”: {number}", holes);
}

/** @param {Look} look @param {number} place */
export function numberOf({ numbers, low }, place) {
  return low < 0 ? signed(numbers[place]) : short(numbers[place]);
}

/**
 * What replacing a token does, at the most.
 * @param {SentenceHeader} header @param {number} place @param {number[]} changes
 */
export function replacedSays({ asked, logarithm, others, tokens }, place, changes) {
  const least = changes.indexOf(Math.min(...changes)),
    most = changes.indexOf(Math.max(...changes));
  const share = (/** @type {number} */ change) => percent(Math.exp(logarithm + change));
  return _(
    "With another token than “{token}” in place {place}, the probability of “{asked}” lies between {least} (“{lowest}”) and {most} (“{highest}”); as it stands, it is {now}.",
    {
      token: tokens[place],
      place: place + 1,
      asked,
      least: share(changes[least]),
      lowest: others[least],
      most: share(changes[most]),
      highest: others[most],
      now: share(0),
    },
  );
}

/** What a readout reads, in words and as a formula: said here once, wherever it is shown. */

import { N_, _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { POOL, SUM, lastLayerOf, poolOf } from "../maths/pool_reasons.js";
import { symbolNode } from "./words.js";

/** @typedef {import("../maths/network.js").NetworkRun} NetworkRun */

/** @type {Map<import("../maths/pool_reasons.js").PoolKind, string>} */
const POOLS = new Map([
  ["mean", N_("The mean of all states so far: pₜ = (h₁ + … + hₜ) / t.")],
  ["maximum", N_("Of each unit the largest of all its states so far: pₜ = max(h₁, …, hₜ).")],
  [
    "attention",
    N_(
      "A mean of all states so far, each with its attention as weight: pₜ = a₁h₁ + … + aₜhₜ, where aₛ is the softmax of v · tanh(W hₛ + b) over the steps so far.",
    ),
  ],
]);
const SKIPS = N_("sₜ = hₜ + xₜ: the state and what the layer read, added (a skip connection).");
const SKIPPED = N_(
  "Each h in it is hₜ + xₜ: the state and what the layer read (a skip connection).",
);

/**
 * What such a number is. @param {NetworkRun} network
 * @param {string} name  `POOL` or `SUM`
 */
export function meaningOfRead(network, name) {
  const pool = poolOf(network);
  if (name === SUM || pool === null) return _(SKIPS);
  const text = lookup(POOLS, pool.kind);
  const meaning = _(text);
  return lastLayerOf(network).skips ? `${meaning} ${_(SKIPPED)}` : meaning;
}

/** What the answer is read from, where that is not each step's h; "" where it is. @param {NetworkRun} network */
export function readInWords(network) {
  if (poolOf(network)) return [_("It is read from pₜ."), meaningOfRead(network, POOL)].join(" ");
  if (!lastLayerOf(network).skips) return "";
  return [_("It is read from sₜ."), meaningOfRead(network, SUM)].join(" ");
}

/** p_t of a pool, s_t of a sum, else h_t. @param {string} name */
export function symbolOfRead(name) {
  if (name === POOL) return symbolNode("p_t", "other");
  return name === SUM ? symbolNode("s_t", "other") : symbolNode("h_t", "hidden");
}

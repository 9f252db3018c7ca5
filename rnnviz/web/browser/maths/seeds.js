/**
 * What NumPy draws from a seed, to the last bit: `numpy.random.SeedSequence` (O'Neill's seed_seq, 2015)
 * and the generators that it seeds. No DOM.
 */

import { createGenerator } from "./training/generator.js";

const POOL = 4; // numbers of 32 bits
const FIRST = { pool: 0x43b0d7e5, state: 0x8b51f9dd };
const TIMES = { pool: 0x931e8875, state: 0x58f38ded };
const [LEFT, RIGHT] = [0xca01f9dd, 0x4973f715];
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const ALL = (1n << 128n) - 1n;

/**
 * The generator of a seed, or of what was spawned from it: the k-th of the j-th is [j, k].
 * @param {number} seed  a whole number from 0 on, below 2 ** 53 @param {readonly number[]} spawned
 */
export const generatorOf = (seed, spawned) => createGenerator(standingOf(seed, spawned));

/** @param {number} seed @param {readonly number[]} spawned */
function standingOf(seed, spawned) {
  const pool = poolOf(spawned.length > 0 ? [...padded(wordsOf(seed)), ...spawned] : wordsOf(seed));
  const hash = hashing(FIRST.state, TIMES.state);
  const words = Array.from({ length: 8 }, (_one, k) => BigInt(hash(pool[k % POOL])));
  const [start, stream] = [0, 4].map((first) => {
    const [w0, w1, w2, w3] = words.slice(first, first + 4);
    return (w1 << 96n) | (w0 << 64n) | (w3 << 32n) | w2;
  });
  const increment = ((stream << 1n) | 1n) & ALL;
  const state = ((increment + start) * MULTIPLIER + increment) & ALL;
  return { state: state.toString(16), increment: increment.toString(16) };
}

/** A whole number in words of 32 bits, the lowest first. @param {number} seed */
const wordsOf = (seed) => (seed < 2 ** 32 ? [seed] : [seed >>> 0, Math.floor(seed / 2 ** 32)]);

/** @param {number[]} words */
const padded = (words) => [...words, ...Array.from({ length: POOL - words.length }, () => 0)];

/** @param {number[]} entropy */
function poolOf(entropy) {
  const hash = hashing(FIRST.pool, TIMES.pool);
  const pool = Array.from({ length: POOL }, (_one, k) => hash(entropy[k] ?? 0));
  const stir = (/** @type {number} */ into, /** @type {number} */ word) =>
    void (pool[into] = mixed(pool[into], hash(word)));
  for (let from = 0; from < POOL; from++)
    for (let into = 0; into < POOL; into++) if (from !== into) stir(into, pool[from]);
  for (const word of entropy.slice(POOL)) for (let into = 0; into < POOL; into++) stir(into, word);
  return pool;
}

/** Hashes one word after another, each by another constant. @param {number} first @param {number} times */
function hashing(first, times) {
  let constant = first;
  return (/** @type {number} */ word) => {
    const found = word ^ constant;
    constant = Math.imul(constant, times);
    return folded(Math.imul(found, constant));
  };
}

/** @param {number} a @param {number} b */
const mixed = (a, b) => folded(Math.imul(LEFT, a) - Math.imul(RIGHT, b));

/** @param {number} word */
const folded = (word) => (word ^ (word >>> 16)) >>> 0;

/**
 * NumPy's random numbers, bit by bit: `numpy.random.default_rng` is PCG64 (O'Neill 2014, PCG XSL RR
 * 128/64), from a state that Python gives. No DOM.
 *
 * Numbers of 128 bits are four of 32, the lowest first.
 */

/** @typedef {{state: string, increment: string}} Standing  each 128 bits in hexadecimal digits */
/** @typedef {ReturnType<typeof createGenerator>} Generator */

const MULTIPLIER = wordsOf("2360ed051fc65da44385df649fccf645");
const UNIT = 2 ** -53;

/** @param {Standing} standing */
export function createGenerator(standing) {
  const state = wordsOf(standing.state),
    increment = wordsOf(standing.increment);
  return {
    /** The next number, from 0 on and below 1: `Generator.random`. */
    random() {
      step(state, increment);
      return number(state);
    },
    /** @returns {Standing} where it stands */
    standing: () => ({ state: digitsOf(state), increment: standing.increment }),
  };
}

/** @param {string} digits */
function wordsOf(digits) {
  const all = digits.padStart(32, "0");
  return Uint32Array.from([3, 2, 1, 0], (k) => parseInt(all.slice(8 * k, 8 * k + 8), 16));
}

/** @param {Uint32Array} words */
const digitsOf = (words) =>
  Array.from(words, (word) => word.toString(16).padStart(8, "0"))
    .reverse()
    .join("");

const product = new Uint32Array(4);

/** state ← state · multiplier + increment. @param {Uint32Array} state @param {Uint32Array} increment */
function step(state, increment) {
  product.set(increment);
  for (let i = 0; i < 4; i++) {
    let carry = 0;
    for (let j = 0; i + j < 4; j++) {
      const low = Math.imul(state[i], MULTIPLIER[j]) >>> 0;
      const sum = product[i + j] + low + carry; // below 2 ** 34
      product[i + j] = sum;
      carry = high(state[i], MULTIPLIER[j]) + Math.floor(sum / 2 ** 32);
    }
  }
  state.set(product);
}

/** The upper 32 bits of a product of two numbers of 32. @param {number} a @param {number} b */
function high(a, b) {
  const a0 = a & 0xffff,
    a1 = a >>> 16,
    b0 = b & 0xffff,
    b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + Math.floor(middle / 2 ** 16) + Math.floor(other / 2 ** 16);
}

/** The upper 53 of the 64 bits that a state is shown as. @param {Uint32Array} state */
function number([w0, w1, w2, w3]) {
  const by = w3 >>> 26; // rotated right by so many
  const low = (w0 ^ w2) >>> 0,
    upper = (w1 ^ w3) >>> 0;
  const [from, into] = by < 32 ? [low, upper] : [upper, low];
  const shift = by % 32;
  const turned = (/** @type {number} */ one, /** @type {number} */ next) =>
    shift === 0 ? one : ((one >>> shift) | (next << (32 - shift))) >>> 0;
  const bottom = turned(from, into),
    top = turned(into, from);
  return (top * 2 ** 21 + (bottom >>> 11)) * UNIT;
}

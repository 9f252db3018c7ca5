/**
 * A text as a QR code (ISO/IEC 18004), where no server draws it: its bytes, with the least correction
 * of errors, as rnnviz/web/corner/code_of_link.py has it. No DOM.
 */

/** @typedef {Array<Array<boolean|null>>} Grid  rows of dots: dark; null: not yet placed */

export const LONGEST = 600; // letters of a link that a camera still reads from a projector
const QUIET = 4; // light dots around it
/** By version, from 1: codewords that check a block, and blocks. */
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6];
const BYTES = 0b0100; // how a text is written
const LEVEL = 0b01; // how much is checked
const FILL = [0xec, 0x11];
/** @type {Array<(x: number, y: number) => boolean>} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * A link as an SVG's path, one unit a dot, to be stroked one unit wide; null where it is too long.
 * @param {string} link @returns {import("../drawing/code.js").Code|null}
 */
export function codeOf(link) {
  const dots = link.length > LONGEST ? null : dotsOf(link);
  if (dots === null) return null;
  const stroke = (/** @type {number} */ x, /** @type {number} */ y) =>
    `M${x + QUIET} ${y + QUIET + 0.5}h1`;
  const strokes = dots.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [stroke(x, y)] : [])));
  return { path: strokes.join(""), size: dots.length + 2 * QUIET };
}

/** Of all masks that which leaves the fewest patterns a reader could mistake. @param {string} text */
export function dotsOf(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = BLOCKS.findIndex((_one, k) => bytes.length <= roomIn(k + 1)) + 1;
  if (version === 0) return null;
  const words = codewords(version, bytes);
  const drawn = MASKS.map((_mask, k) => grid(version, words, k));
  const faults = drawn.map(faultsOf);
  return drawn[faults.indexOf(Math.min(...faults))];
}

const sizeOf = (/** @type {number} */ version) => 17 + 4 * version;

/** Bits that say how long a text is. @param {number} version */
const lengthBits = (version) => (version < 10 ? 8 : 16);

/** Codewords, those that check the others counted. @param {number} version */
function wordsIn(version) {
  const lines = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const aligning = lines > 0 ? (25 * lines - 10) * lines - 55 : 0;
  const dots = (16 * version + 128) * version + 64 - aligning - (version > 6 ? 36 : 0);
  return Math.floor(dots / 8);
}

/** Codewords of data. @param {number} version */
const dataIn = (version) => wordsIn(version) - CHECKS[version - 1] * BLOCKS[version - 1];

/** Bytes of a text. @param {number} version */
const roomIn = (version) => Math.floor((8 * dataIn(version) - 4 - lengthBits(version)) / 8);

/** A number's bits, the highest first. @param {number} number @param {number} count */
const bitsOf = (number, count) =>
  Array.from({ length: count }, (_one, k) => (number >>> (count - 1 - k)) & 1);

/** All codewords, in the order in which they are drawn. @param {number} version @param {number[]} bytes */
function codewords(version, bytes) {
  const bits = [
    ...bitsOf(BYTES, 4),
    ...bitsOf(bytes.length, lengthBits(version)),
    ...bytes.flatMap((one) => bitsOf(one, 8)),
    ...bitsOf(0, 4),
  ];
  const data = Array.from({ length: dataIn(version) }, (_one, k) => {
    const own = bits.slice(8 * k, 8 * k + 8);
    if (own.length > 0) return parseInt(own.join("").padEnd(8, "0"), 2);
    return FILL[(k - Math.ceil(bits.length / 8)) % 2];
  });
  const [count, checks] = [BLOCKS[version - 1], CHECKS[version - 1]];
  const short = Math.floor(data.length / count);
  const shorter = count - (data.length % count);
  const starts = Array.from(
    { length: count + 1 },
    (_one, k) => k * short + Math.max(0, k - shorter),
  );
  const blocks = starts.slice(1).map((end, k) => data.slice(starts[k], end));
  return [...inTurns(blocks), ...inTurns(blocks.map((one) => remainder(one, divisor(checks))))];
}

/** The first of each, the second of each, … @param {number[][]} lists */
function inTurns(lists) {
  const longest = Math.max(...lists.map((one) => one.length));
  return Array.from({ length: longest }, (_one, k) => k).flatMap((k) =>
    lists.filter((one) => k < one.length).map((one) => one[k]),
  );
}

/** Of two elements of the field of 256. @param {number} a @param {number} b */
function product(a, b) {
  let found = 0;
  for (let k = 7; k >= 0; k -= 1)
    found = (found << 1) ^ ((found >>> 7) * 0x11d) ^ (((b >>> k) & 1) * a);
  return found;
}

/** (x − 1)(x − 2)(x − 4)…, without its first coefficient. @param {number} degree */
function divisor(degree) {
  const found = Array.from({ length: degree }, (_one, k) => Number(k === degree - 1));
  let root = 1;
  for (let k = 0; k < degree; k += 1) {
    for (let j = 0; j < degree; j += 1) found[j] = product(found[j], root) ^ (found[j + 1] ?? 0);
    root = product(root, 2);
  }
  return found;
}

/** @param {number[]} data @param {number[]} by */
function remainder(data, by) {
  let found = by.map(() => 0);
  for (const word of data) {
    const factor = word ^ found[0];
    found = by.map((one, k) => (found[k + 1] ?? 0) ^ product(one, factor));
  }
  return found;
}

/** @param {number} version @param {number[]} words @param {number} mask  which */
function grid(version, words, mask) {
  const size = sizeOf(version);
  /** @type {Grid} */
  const dots = Array.from({ length: size }, () => new Array(size).fill(null));
  drawPatterns(dots, version);
  drawMask(dots, mask);
  if (version > 6) drawVersion(dots, version);
  drawWords(dots, words, MASKS[mask]);
  return dots.map((row) => row.map(Boolean));
}

/** What a reader finds the code by. @param {Grid} dots @param {number} version */
function drawPatterns(dots, version) {
  const size = dots.length;
  for (let k = 0; k < size; k += 1) dots[6][k] = dots[k][6] = k % 2 === 0;
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ])
    drawRings(dots, x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const lines = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const step = 2 * Math.ceil((size - 13) / (2 * lines - 2));
  const at = Array.from({ length: lines }, (_one, k) =>
    k === 0 ? 6 : size - 7 - step * (lines - 1 - k),
  );
  const [first, last] = [6, size - 7];
  for (const y of at)
    for (const x of at) {
      const isCorner = (x === first && (y === first || y === last)) || (x === last && y === first);
      if (!isCorner) drawRings(dots, x, y, 2, (ring) => ring !== 1);
    }
}

/**
 * Squares around a dot, as far as they lie in the code.
 * @param {Grid} dots @param {number} x @param {number} y @param {number} most
 * @param {(ring: number) => boolean} isDark
 */
function drawRings(dots, x, y, most, isDark) {
  for (let dy = -most; dy <= most; dy += 1)
    for (let dx = -most; dx <= most; dx += 1)
      if (dots[y + dy]?.[x + dx] !== undefined)
        dots[y + dy][x + dx] = isDark(Math.max(Math.abs(dx), Math.abs(dy)));
}

/** A number and what checks it. @param {number} number @param {number} count @param {number} by */
function checked(number, count, by) {
  let rest = number;
  for (let k = 0; k < count; k += 1) rest = (rest << 1) ^ ((rest >>> (count - 1)) * by);
  return (number << count) | rest;
}

/** How much is checked, and which mask: twice. @param {Grid} dots @param {number} mask */
function drawMask(dots, mask) {
  const size = dots.length;
  const bits = checked((LEVEL << 3) | mask, 10, 0x537) ^ 0x5412;
  const around = [0, 1, 2, 3, 4, 5, 7, 8];
  for (let k = 0; k < 15; k += 1) {
    const dark = ((bits >>> k) & 1) === 1;
    if (k < 8) dots[around[k]][8] = dots[8][size - 1 - k] = dark;
    else dots[8][around[14 - k]] = dots[size - 15 + k][8] = dark;
  }
  dots[size - 8][8] = true;
}

/** @param {Grid} dots @param {number} version */
function drawVersion(dots, version) {
  const bits = checked(version, 12, 0x1f25);
  for (let k = 0; k < 18; k += 1) {
    const [along, across] = [dots.length - 11 + (k % 3), Math.floor(k / 3)];
    dots[across][along] = dots[along][across] = ((bits >>> k) & 1) === 1;
  }
}

/** In columns of two dots, up and down, from the right. @param {Grid} dots @param {number[]} words @param {(typeof MASKS)[number]} mask */
function drawWords(dots, words, mask) {
  const size = dots.length;
  const bits = words.flatMap((one) => bitsOf(one, 8));
  let at = 0;
  for (let pair = 0; 2 * pair < size - 1; pair += 1) {
    const right = size - 1 - 2 * pair;
    const edge = right <= 6 ? right - 1 : right; // the column of 6 is no data's
    for (let k = 0; k < size; k += 1)
      for (const x of [edge, edge - 1]) {
        const y = pair % 2 === 0 ? size - 1 - k : k;
        if (dots[y][x] === null) dots[y][x] = (bits[at++] === 1) !== mask(x, y);
      }
  }
}

/** What is hard to read: long runs, squares, what looks like a corner, more dark than light. @param {boolean[][]} dots */
function faultsOf(dots) {
  const columns = dots.map((_row, x) => dots.map((row) => row[x]));
  const lines = [...dots, ...columns].map((line) => line.map(Number).join(""));
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []);
  const corners = lines.flatMap((line) => line.match(/(?=10111010000|00001011101)/g) ?? []);
  const isSquare = (/** @type {number} */ x, /** @type {number} */ y) =>
    x > 0 &&
    y > 0 &&
    [dots[y - 1][x], dots[y][x - 1], dots[y - 1][x - 1]].every((one) => one === dots[y][x]);
  const squares = dots.flatMap((row, y) => row.filter((_dark, x) => isSquare(x, y)));
  const share = dots.flat().filter(Boolean).length / dots.length ** 2;
  return (
    runs.reduce((sum, one) => sum + one.length - 2, 0) +
    3 * squares.length +
    40 * corners.length +
    10 * Math.floor(Math.abs(share - 0.5) * 20)
  );
}

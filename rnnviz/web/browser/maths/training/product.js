/**
 * Sums of products of matrices: where nearly all the time of an update goes. No DOM.
 *
 * Four rows by two columns are summed at once in eight variables, so that of each number that is
 * read two or four products are made and no sum is written before it is whole.
 */

/**
 * A matrix within an array: entry (i, j) stands at `at` + i `down` + j `across`.
 * @typedef {{numbers: Float64Array, at: number, down: number, across: number}} Matrix
 */

const DOWN = 4,
  ACROSS = 2;

/**
 * C += A B.
 * @param {Matrix} c  rows x columns @param {Matrix} a  rows x depth @param {Matrix} b  depth x columns
 * @param {number} rows @param {number} columns @param {number} depth
 */
export function addProduct(c, a, b, rows, columns, depth) {
  const tall = rows - (rows % DOWN),
    wide = columns - (columns % ACROSS);
  for (let i = 0; i < tall; i += DOWN)
    for (let j = 0; j < wide; j += ACROSS) addTile(c, a, b, i, j, depth);
  for (let i = 0; i < tall; i++) for (let j = wide; j < columns; j++) addOne(c, a, b, i, j, depth);
  for (let i = tall; i < rows; i++) for (let j = 0; j < columns; j++) addOne(c, a, b, i, j, depth);
}

/**
 * @param {Matrix} c @param {Matrix} a @param {Matrix} b
 * @param {number} i @param {number} j @param {number} depth
 */
function addTile(c, a, b, i, j, depth) {
  const u = a.numbers,
    v = b.numbers;
  const right = a.across,
    down = b.down;
  let p = a.at + i * a.down,
    q = p + a.down,
    r = q + a.down,
    s = r + a.down;
  let m = b.at + j * b.across,
    n = m + b.across;
  let p0 = 0,
    p1 = 0,
    q0 = 0,
    q1 = 0,
    r0 = 0,
    r1 = 0,
    s0 = 0,
    s1 = 0;
  for (let k = 0; k < depth; k++) {
    const v0 = v[m],
      v1 = v[n];
    const up = u[p],
      uq = u[q],
      ur = u[r],
      us = u[s];
    p0 += up * v0;
    p1 += up * v1;
    q0 += uq * v0;
    q1 += uq * v1;
    r0 += ur * v0;
    r1 += ur * v1;
    s0 += us * v0;
    s1 += us * v1;
    p += right;
    q += right;
    r += right;
    s += right;
    m += down;
    n += down;
  }
  const w = c.numbers,
    next = c.across;
  let to = c.at + i * c.down + j * next;
  w[to] += p0;
  w[to + next] += p1;
  to += c.down;
  w[to] += q0;
  w[to + next] += q1;
  to += c.down;
  w[to] += r0;
  w[to + next] += r1;
  to += c.down;
  w[to] += s0;
  w[to + next] += s1;
}

/**
 * @param {Matrix} c @param {Matrix} a @param {Matrix} b
 * @param {number} i @param {number} j @param {number} depth
 */
function addOne(c, a, b, i, j, depth) {
  let sum = 0,
    p = a.at + i * a.down,
    q = b.at + j * b.across;
  for (let k = 0; k < depth; k++) {
    sum += a.numbers[p] * b.numbers[q];
    p += a.across;
    q += b.down;
  }
  c.numbers[c.at + i * c.down + j * c.across] += sum;
}

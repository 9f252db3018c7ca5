/**
 * Matrix times vector, and its gradient: where nearly all the time goes.
 * Rows are taken four at a time, so that the vector is read once for four of them.
 */

/**
 * y = A b, for rows begin..end-1 of A (row-major, size of y x size of b).
 * @param {import("./rules.js").Node} node @param {number} t @param {number} begin @param {number} end
 */
export function multiply(node, t, begin, end) {
  const y = node.y.data,
    a = node.a.data,
    b = node.b.data,
    columns = node.b.size;
  const out = t * node.y.stride,
    start = t * node.b.stride;
  let row = begin;
  for (; row + 3 < end; row += 4) {
    let p = row * columns,
      q = p + columns,
      r = q + columns,
      s = r + columns;
    let y0 = 0,
      y1 = 0,
      y2 = 0,
      y3 = 0;
    for (let k = start; k < start + columns; k++) {
      const v = b[k];
      y0 += a[p++] * v;
      y1 += a[q++] * v;
      y2 += a[r++] * v;
      y3 += a[s++] * v;
    }
    y[out + row] = y0;
    y[out + row + 1] = y1;
    y[out + row + 2] = y2;
    y[out + row + 3] = y3;
  }
  for (; row < end; row++) {
    let sum = 0;
    for (let k = 0, p = row * columns; k < columns; k++) sum += a[p + k] * b[start + k];
    y[out + row] = sum;
  }
}

/**
 * dA += g b', db += A' g, for rows begin..end-1.
 * @param {import("./rules.js").Node} node @param {number} t @param {number} begin @param {number} end
 */
export function multiplyBack(node, t, begin, end) {
  const g = node.y.gradient,
    a = node.a.data,
    da = node.a.gradient;
  const b = node.b.data,
    db = node.b.gradient,
    columns = node.b.size;
  const out = t * node.y.stride,
    start = t * node.b.stride;
  let row = begin;
  for (; row + 3 < end; row += 4) {
    let p = row * columns,
      q = p + columns,
      r = q + columns,
      s = r + columns;
    const g0 = g[out + row],
      g1 = g[out + row + 1],
      g2 = g[out + row + 2],
      g3 = g[out + row + 3];
    for (let k = start; k < start + columns; k++, p++, q++, r++, s++) {
      const v = b[k];
      db[k] += a[p] * g0 + a[q] * g1 + a[r] * g2 + a[s] * g3;
      da[p] += g0 * v;
      da[q] += g1 * v;
      da[r] += g2 * v;
      da[s] += g3 * v;
    }
  }
  for (; row < end; row++) {
    const gradient = g[out + row];
    for (let k = 0, p = row * columns; k < columns; k++) {
      db[start + k] += a[p + k] * gradient;
      da[p + k] += gradient * b[start + k];
    }
  }
}

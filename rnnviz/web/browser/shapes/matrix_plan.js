/**
 * The parameters of a layer to scale, side by side: each matrix as high as it has rows and as wide
 * as it has columns, cut into the blocks of its gates. No DOM.
 *
 * @typedef {import("./header.js").MatrixSpec} MatrixSpec
 * @typedef {import("./figure_plan.js").Box & {gate: string, role: string, name: string, isVector:
 *   boolean}} Block
 */

const GAP = 6;
const THIN = 3; // pixels: a vector's, and a matrix's with few columns
const SEAM = 1; // between two gates

/** How many pixels a row or column takes, the same for all layers. @param {MatrixSpec[][]} layers @param {{width: number, height: number}} room */
export function scaleOf(layers, { width, height }) {
  const rows = Math.max(...layers.flat().map((one) => one.rows), 1);
  const columns = Math.max(
    ...layers.map((one) => one.reduce((sum, { columns: own }) => sum + (own ?? 0), 0)),
    1,
  );
  const most = Math.max(...layers.map((one) => one.length));
  return Math.min(height / rows, (width - most * (GAP + THIN)) / columns, 2);
}

/** @param {MatrixSpec[]} matrices @param {number} scale @returns {Block[]} */
export function blocksOf(matrices, scale) {
  let x = 0;
  return matrices.flatMap(({ name, rows, columns, gates }) => {
    const width = Math.max(THIN, (columns ?? 1) * scale);
    const left = x;
    x += width + GAP;
    const parts = gates.length > 0 ? gates : [{ gate: "", role: "other", start: 0, stop: rows }];
    return parts.map(({ gate, role, start, stop }) => ({
      ...{ x: left, y: start * scale, width, gate, role, name },
      height: Math.max((stop - start) * scale - SEAM, 1),
      isVector: columns === null,
    }));
  });
}

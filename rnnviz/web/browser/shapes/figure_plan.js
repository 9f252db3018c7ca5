/**
 * Where everything of the picture stands, in pixels: time to the right, layers upward, the backward
 * direction in a lane of its own above the forward one, the batch in depth. No DOM.
 *
 * @typedef {import("./net.js").Net} Net
 * @typedef {import("./net.js").Cell} Cell
 * @typedef {import("./in_view.js").InView} InView
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {Cell & Box & {hidden: Box, memory: Box|null}} PlacedCell  a strip of h over one of c
 * @typedef {Box & {step: number, item: number}} PlacedInput
 * @typedef {{hasEmbedding: boolean, hasLinear: boolean}} Rows  what is drawn besides the layers
 *
 * @typedef {Object} Lane  the cells of one layer and direction
 * @property {number} layer
 * @property {number} direction
 * @property {number} y  of the sheet in front
 * @property {number} left  where a state comes in or goes out
 * @property {number} right
 *
 * @typedef {Object} Plan
 * @property {number} width
 * @property {number} height
 * @property {PlacedCell[]} cells  from the back to the front
 * @property {PlacedInput[]} inputs  likewise
 * @property {Map<number, number>} columns  step → the middle of its sheet in front
 * @property {Lane[]} lanes  from the top
 * @property {number} top  below what stands over the layers
 * @property {number} bottom  where the steps are numbered
 * @property {Box|null} embedding  one band through all steps, with a row of tokens under it
 * @property {Box|null} linear
 * @property {(item: number) => number} depth  by how much a sheet is moved, to the right and up
 * @property {number} middle  how far a direction's cell is from the middle of its step
 */

const LEFT = { one: 152, both: 184 }; // of the first step: names of rows, and states that go out
const RIGHT = 92; // of the last
const BAND = 22;
const INPUT = 24;
const TOKENS = 18;

/** @param {Net} net @param {InView} view @param {Rows} rows @param {number} width @returns {Plan} */
export function planOf(net, view, rows, width) {
  const sizes = sizesOf(net, view, width);
  const heights = heightsOf(net, rows, sizes);
  const { left, pitch, depth, sheets, cell, middle } = sizes;
  const across = (/** @type {number} */ place) => left + pitch * (place + 0.5) - depth / 2;
  const columns = new Map(view.steps.map((step, place) => [step, across(place)]));
  const last = view.items.length - 1;
  const rank = new Map(view.items.map((item, place) => [item, (last - place) * sheets]));
  const moved = (/** @type {number} */ item) => rank.get(item) ?? 0;
  const half = cell / 2 + middle;
  const [first, end] = [across(0), across(view.steps.length - 1)];
  const band = (/** @type {number|null} */ y) =>
    y === null
      ? null
      : { x: first - half - 6, y, width: end - first + 2 * half + depth + 12, height: BAND };
  const at = { columns, items: view.items, moved, sizes };
  return {
    width,
    height: heights.bottom + 10,
    cells: cellsOf(net, heights.lanes, at),
    inputs: inputsOf(heights.inputTop, at),
    columns,
    lanes: heights.lanes.map((lane) => ({
      ...lane,
      left: first - half - 30,
      right: end + half + depth + 30,
    })),
    top: heights.top,
    bottom: heights.bottom,
    embedding: band(heights.embedding),
    linear: band(heights.linear),
    depth: moved,
    middle,
  };
}

/** @param {Net} net @param {InView} view @param {number} width */
function sizesOf(net, { steps, items }, width) {
  const lanes = net.layers * net.directions;
  const isBoth = net.directions === 2;
  const left = isBoth ? LEFT.both : LEFT.one;
  const pitch = (width - left - RIGHT) / steps.length;
  const cell = isBoth ? Math.min(50, pitch * 0.35) : Math.min(72, pitch * 0.5);
  const isPadded = net.lengths.some((one) => one < net.length);
  const most = isPadded ? (isBoth ? 13 : 16) : isBoth ? 8 : 10;
  const between = Math.max(items.length - 1, 1);
  const sheets = Math.min(most, Math.min(pitch * (isBoth ? 0.2 : 0.3), 40) / between);
  const [hidden, memory, gap] =
    lanes < 3 ? [34, 28, 46] : lanes < 5 ? [24, 20, 44] : lanes < 7 ? [19, 16, 40] : [15, 13, 36];
  return {
    ...{ left, pitch, cell, sheets, hidden },
    depth: sheets * (items.length - 1),
    middle: isBoth ? cell / 2 + Math.max(4, pitch * 0.04) : 0,
    memory: net.kind === "LSTM" ? memory : 0,
    gap: isBoth ? Math.max(gap, 40) : gap,
  };
}

/**
 * From the top: steps of the output, the linear layer, the layers, the inputs, the embedding.
 * @param {Net} net @param {Rows} rows @param {ReturnType<typeof sizesOf>} sizes
 */
function heightsOf(net, { hasEmbedding, hasLinear }, { hidden, memory, gap, depth }) {
  const linear = hasLinear ? 30 : null;
  const top = hasLinear ? 30 + BAND + 10 : 20;
  let y = top + gap - 8;
  /** @type {Array<{layer: number, direction: number, y: number}>} */
  const lanes = [];
  for (let layer = net.layers - 1; layer >= 0; layer--) {
    for (let direction = net.directions - 1; direction >= 0; direction--) {
      y += depth;
      lanes.push({ layer, direction, y });
      y += hidden + memory + (direction > 0 ? 14 : 0);
    }
    y += gap;
  }
  const inputTop = y + depth;
  const embedding = hasEmbedding ? inputTop + INPUT + 18 : null;
  const under = hasEmbedding ? 18 + BAND + 14 + TOKENS : 0;
  return { lanes, top, linear, inputTop, embedding, bottom: inputTop + INPUT + under + 18 };
}

/**
 * @typedef {{columns: Map<number, number>, items: number[], moved: (item: number) => number, sizes:
 *   ReturnType<typeof sizesOf>}} At
 */

/**
 * @param {Net} net @param {Array<{layer: number, direction: number, y: number}>} lanes @param {At} at
 * @returns {PlacedCell[]}
 */
function cellsOf(net, lanes, { columns, items, moved, sizes }) {
  const { cell, middle, hidden, memory } = sizes;
  return items.flatMap((item) =>
    lanes.flatMap(({ layer, direction, y: front }) =>
      [...columns].map(([step, column]) => {
        const x = column + (direction === 1 ? middle : -middle) - cell / 2 + moved(item);
        const y = front - moved(item);
        return {
          ...{ layer, direction, step, item, x, y, width: cell, height: hidden + memory },
          hidden: { x, y, width: cell, height: hidden },
          memory: memory === 0 ? null : { x, y: y + hidden, width: cell, height: memory },
        };
      }),
    ),
  );
}

/** @param {number} front @param {At} at @returns {PlacedInput[]} */
function inputsOf(front, { columns, items, moved, sizes: { cell } }) {
  return items.flatMap((item) =>
    [...columns].map(([step, column]) => ({
      ...{ step, item, x: column - cell / 2 + moved(item), y: front - moved(item) },
      ...{ width: cell, height: INPUT },
    })),
  );
}

/** What the page looks at: as an address has it, and as its views keep it. No DOM. */

/**
 * @typedef {import("./context.js").State} State
 * @typedef {import("./header.js").SetupHeader} SetupHeader
 * @typedef {import("./header.js").Knobs} Knobs
 * @typedef {import("./header.js").Look} Look
 * @typedef {import("./header.js").Asked} Asked
 *
 * @typedef {{knobs: Knobs, look: Look, asked: Asked|null}} Where  what a link says
 */

/**
 * @param {Where} where @param {string[]} known  the cells that there are
 * @returns {State}
 */
export function stateOf({ knobs, look, asked }, known) {
  const cells = shownOf(knobs.cells, known);
  const { length } = knobs;
  const within = (/** @type {number} */ step) => Math.min(step, length) - 1;
  const place = (/** @type {number|null} */ step) => (step === null ? null : within(step));
  return {
    knobs: { ...knobs, cells, step: Math.min(knobs.step, length) },
    cell: look.cell !== null && cells.includes(look.cell) ? look.cell : firstCell(cells),
    state: look.state,
    local: look.local === "shown",
    bound: look.bound === "shown",
    attention: look.attention === "shown",
    step: within(look.at),
    unit: look.unit === null ? null : look.unit - 1,
    cut: place(look.cut),
    spectrum: look.spectrum,
    spectrumOf: look.jacobians,
    matrix: place(look.matrix),
    zoom: zoomWithin(look.first === null ? 0 : look.first - 1, (look.last ?? length) - 1, length),
    guess: look.guess,
    asked,
    settled: 0,
  };
}

/** @param {State} state @returns {Where} */
export function whereOf(state) {
  const { knobs, cell, step, unit, cut, matrix, zoom, guess, asked } = state;
  const from1 = (/** @type {number|null} */ place) => (place === null ? null : place + 1);
  const look = {
    cell: cell === firstCell(knobs.cells) ? null : cell,
    state: state.state,
    local: state.local ? "shown" : "hidden",
    bound: state.bound ? "shown" : "hidden",
    attention: state.attention ? "shown" : "hidden",
    at: step + 1,
    unit: from1(unit),
    cut: from1(cut),
    spectrum: state.spectrum,
    jacobians: state.spectrumOf,
    matrix: from1(matrix),
    first: zoom && zoom[0] + 1,
    last: zoom && zoom[1] + 1,
    guess,
  };
  return { knobs, look: /** @type {Look} */ (look), asked };
}

/**
 * What an address says of it: key to text, of what is not as it is at first.
 * @param {Where} where @param {SetupHeader["address"]} address
 */
export function textsOf({ look, asked }, address) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  const given = { ...look, ...prefixed(look.guess === null ? null : asked) };
  for (const [name, value] of Object.entries(given)) {
    const [key, usual] = address[name];
    if (value !== usual) texts.set(key, String(value));
  }
  return texts;
}

/** @param {Asked|null} asked */
function prefixed(asked) {
  return Object.fromEntries(Object.entries(asked ?? {}).map(([n, value]) => [`asked_${n}`, value]));
}

/**
 * The cells that there are: one's own may be gone since a link had it.
 * @param {string[]} cells @param {string[]} known
 */
export function shownOf(cells, known) {
  const there = cells.filter((name) => known.includes(name));
  return there.length ? there : known.slice(0, 1);
}

/** What is looked at first: a cell with a direct path, where there is one. @param {string[]} cells */
export function firstCell(cells) {
  return cells.find((name) => name === "LSTM") ?? cells[0];
}

/**
 * The steps of a sequence that are shown; one of another length stands at the right.
 * @param {Pick<State, "zoom"|"knobs">} state @param {number} T
 */
export function stepsShown({ zoom, knobs }, T) {
  const shift = T - knobs.length;
  return zoom && zoomWithin(zoom[0] + shift, zoom[1] + shift, T);
}

/**
 * Steps to zoom to, at least two of them; null: all.
 * @param {number} first @param {number} last @param {number} length
 * @returns {[first: number, last: number]|null}
 */
export function zoomWithin(first, last, length) {
  const to = Math.max(Math.min(last, length - 1), 1);
  const from = Math.max(Math.min(first, to - 1), 0);
  return from <= 0 && to >= length - 1 ? null : [from, to];
}

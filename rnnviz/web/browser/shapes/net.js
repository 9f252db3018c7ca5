/**
 * The network of the page as its picture has it: which cells there are, and which numbers of
 * `output` and `h_n` stand in which. No DOM.
 *
 * @typedef {Object} Net
 * @property {string} kind  "LSTM", "GRU" or "RNN"
 * @property {number} layers
 * @property {1|2} directions
 * @property {number} hidden  units of c, and of h where it is not projected
 * @property {number} out  numbers in one h
 * @property {number} length  steps of the input
 * @property {number} outputLength  of the output: the longest of a packed batch
 * @property {number} batch
 * @property {number[]} lengths  real steps of each sequence
 * @property {boolean} isPacked  the padding is not read
 * @property {boolean} isBatchFirst
 *
 * @typedef {{layer: number, direction: number, step: number, item: number}} Cell  one square: one
 *   sequence at one step
 * @typedef {[step: number, item: number, unit: number]} OutputEntry
 * @typedef {[row: number, item: number, unit: number]} StateEntry
 */

/** How many steps of a sequence the network reads. @param {Net} net @param {number} item */
export const readSteps = (net, item) => (net.isPacked ? net.lengths[item] : net.length);

/** The step after which a direction has read all of a sequence. @param {Net} net @param {number} direction @param {number} item */
export const lastStep = (net, direction, item) => (direction === 1 ? 0 : readSteps(net, item) - 1);

/** Whether it holds what `h_n` keeps. @param {Net} net @param {Cell} cell */
export const isLast = (net, { direction, step, item }) => step === lastStep(net, direction, item);

/** Whether nothing is computed there. @param {Net} net @param {Cell} cell */
export const isSkipped = (net, { step, item }) => step >= readSteps(net, item);

/** Whether what is read there is padding. @param {Net} net @param {{step: number, item: number}} cell */
export const isPadding = (net, { step, item }) => step >= net.lengths[item];

/** Whether `output` holds it. @param {Net} net @param {Cell} cell */
export const isTop = (net, { layer }) => layer === net.layers - 1;

/** The cell that an entry of `output` is read from, and which of its units. @param {Net} net @param {OutputEntry} entry */
export function cellOfOutput(net, [step, item, unit]) {
  const direction = Math.floor(unit / net.out);
  return { cell: { layer: net.layers - 1, direction, step, item }, unit: unit % net.out };
}

/** The same of an entry of `h_n` or `c_n`. @param {Net} net @param {StateEntry} entry */
export function cellOfState(net, [row, item, unit]) {
  const layer = Math.floor(row / net.directions);
  const direction = row % net.directions;
  return { cell: { layer, direction, step: lastStep(net, direction, item), item }, unit };
}

/** Where a cell's unit stands in `output`; null: nowhere. @param {Net} net @param {Cell} cell @param {number} unit @returns {OutputEntry|null} */
export const outputOf = (net, cell, unit) =>
  isTop(net, cell) && cell.step < net.outputLength
    ? [cell.step, cell.item, cell.direction * net.out + unit]
    : null;

/** The same in `h_n`. @param {Net} net @param {Cell} cell @param {number} unit @returns {StateEntry|null} */
export const stateOf = (net, cell, unit) =>
  isLast(net, cell) ? [cell.layer * net.directions + cell.direction, cell.item, unit] : null;

/** @param {Cell} a @param {Cell} b */
export const isSameCell = (a, b) =>
  a.layer === b.layer && a.direction === b.direction && a.step === b.step && a.item === b.item;

/** Whether two entries are one number. @param {Net} net @param {OutputEntry} output @param {StateEntry} state */
export function isSameNumber(net, output, state) {
  const [one, other] = [cellOfOutput(net, output), cellOfState(net, state)];
  return isSameCell(one.cell, other.cell) && one.unit === other.unit && !isSkipped(net, one.cell);
}

/** As `output` is indexed with `batch_first` or without. @template T @param {Net} net @param {T} step @param {T} item @returns {[T, T]} */
export const ordered = (net, step, item) => (net.isBatchFirst ? [item, step] : [step, item]);

/** An entry kept within what there is. @param {Net} net @param {OutputEntry} entry @returns {OutputEntry} */
export const outputWithin = (net, [step, item, unit]) => [
  within(step, net.outputLength),
  within(item, net.batch),
  within(unit, net.out * net.directions),
];

/** @param {Net} net @param {StateEntry} entry @returns {StateEntry} */
export const stateWithin = (net, [row, item, unit]) => [
  within(row, net.layers * net.directions),
  within(item, net.batch),
  within(unit, net.out),
];

/** @param {number} value @param {number} count */
const within = (value, count) => Math.min(Math.max(value, 0), count - 1);

/** Sequences from the back of the stack to its front: the shortest stands in front. @param {Net} net */
export const backToFront = ({ lengths }) =>
  lengths.map((_length, item) => item).sort((a, b) => lengths[b] - lengths[a] || a - b);

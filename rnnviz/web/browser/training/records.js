/**
 * What the browser knows of the runs: their history, put together from messages that each carry the
 * last few updates. A message that starts later than what is known leaves a gap, and is refused.
 * No DOM.
 *
 * @typedef {import("./header.js").TrainHeader} TrainHeader
 * @typedef {import("./header.js").RunHeader} RunHeader
 * @typedef {import("../maths/payload.js").Payload<TrainHeader>} Message
 * @typedef {Map<string, RunRecord>} Records  letter -> record
 *
 * @typedef {Object} RunRecord  one run
 * @property {string} letter
 * @property {RunHeader} about  the run's entry in the last header
 * @property {number} count  updates known
 * @property {number[]} updates  the updates (from 1) that are kept: every stride-th
 * @property {Map<string, number[]>} series  name -> one number per kept update
 * @property {number[]} rows  the updates the maps have a row for
 * @property {Map<string, Float64Array[]>} maps  "h", "c", "layers.0.h" -> one row of lengths over
 *   time per kept update
 * @property {Evaluation[]} evaluations
 *
 * @typedef {{update: number, loss: number, metric: number}} Evaluation  on what it never learns from
 */

/** @returns {Records} */
export function emptyRecords() {
  return new Map();
}

/**
 * Add a message to what is known; where it keeps fewer updates than before, so do the records.
 * @param {Records} records  changed in place
 * @param {Message} message
 * @returns {boolean} false where a run's rows start after what is known of it: ask for all again
 */
export function take(records, { header, arrays }) {
  let whole = true;
  const letters = new Set(header.runs.map(({ letter }) => letter));
  for (const letter of [...records.keys()]) if (!letters.has(letter)) records.delete(letter);
  for (const about of header.runs) {
    let record = records.get(about.letter);
    if (record === undefined || record.about.id !== about.id) {
      record = fresh(about);
      records.set(about.letter, record);
    }
    thin(record, header.strides);
    whole = append(record, about, arrays) && whole;
  }
  return whole;
}

/** @param {RunHeader} about @returns {RunRecord} */
function fresh(about) {
  return {
    letter: about.letter,
    about,
    count: 0,
    series: new Map(),
    updates: [],
    rows: [],
    maps: new Map(),
    evaluations: [],
  };
}

/**
 * Leave out what a longer stride would not have kept: strides are powers of two.
 * @param {RunRecord} record @param {import("./header.js").Strides} strides
 */
function thin(record, strides) {
  record.updates = everyOf(strides.series, record.updates, record.series);
  record.rows = everyOf(strides.rows, record.rows, record.maps);
}

/**
 * Of these updates those of a stride; the lists beside them are cut alike.
 * @template T
 * @param {number} stride @param {number[]} updates @param {Map<string, T[]>} lists
 */
function everyOf(stride, updates, lists) {
  const places = [...updates.keys()].filter((k) => (updates[k] - 1) % stride === 0);
  if (places.length === updates.length) return updates;
  for (const [name, list] of lists)
    lists.set(
      name,
      places.map((k) => list[k]),
    );
  return places.map((k) => updates[k]);
}

/** @param {RunRecord} record @param {RunHeader} about @param {Message["arrays"]} arrays */
function append(record, about, arrays) {
  record.evaluations = triples(arrays.get(`${about.letter}.evaluations`));
  if (about.from > record.count) return false;
  record.about = about;
  /** @param {string} name */
  const of = (name) => arrays.get(`${about.letter}.${name}`) ?? new Float64Array();
  /** @param {Float64Array} updates */
  const newIn = (updates) => [...updates.keys()].filter((k) => updates[k] > record.count);
  const updates = of("updates"),
    rows = of("rows"),
    steps = about.columns.length;
  const freshUpdates = newIn(updates),
    freshRows = newIn(rows);
  for (const name of about.series) {
    const numbers = of(name);
    extend(record.series, name, freshUpdates, (k) => numbers[k]);
  }
  for (const name of mapsOf(about)) {
    const numbers = of(`map.${name}`);
    extend(record.maps, name, freshRows, (k) => numbers.slice(k * steps, (k + 1) * steps));
  }
  record.updates.push(...freshUpdates.map((k) => updates[k]));
  record.rows.push(...freshRows.map((k) => rows[k]));
  record.count = about.update;
  return true;
}

/** Names of its maps: of every state, in every layer and direction. @param {RunHeader} about */
const mapsOf = ({ ways, states }) =>
  ways.flatMap(({ prefix }) => states.map((state) => prefix + state));

/**
 * @template T
 * @param {Map<string, T[]>} lists @param {string} name @param {number[]} places
 * @param {(place: number) => T} valueAt
 */
function extend(lists, name, places, valueAt) {
  const list = lists.get(name) ?? [];
  for (const place of places) list.push(valueAt(place));
  lists.set(name, list);
}

/** @param {Float64Array} [numbers] @returns {Evaluation[]} */
function triples(numbers = new Float64Array()) {
  const found = [];
  for (let k = 0; k + 2 < numbers.length; k += 3) {
    found.push({ update: numbers[k], loss: numbers[k + 1], metric: numbers[k + 2] });
  }
  return found;
}

/** Each run's id -> how many of its updates are known. @param {Records} records */
export function counted(records) {
  return Object.fromEntries([...records.values()].map(({ about, count }) => [about.id, count]));
}

/**
 * The place of the last kept update at or before one; −1 if there is none.
 * @param {number[]} updates @param {number} update
 */
export function placeOf(updates, update) {
  let low = 0,
    high = updates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (updates[middle] <= update) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Of a row of lengths over time, the last that is not 0: after its end a sequence is padding.
 * @param {Float64Array} row
 */
export const lastOf = (row) => row.findLast((one) => one > 0) ?? NaN;

/** The last time step of a run. @param {RunRecord} record */
export const lastStepOf = ({ about: { columns } }) => columns[columns.length - 1];

/**
 * How names begin of the layer and direction looked at; the last layer's where a run lacks it.
 * @param {RunRecord} record @param {string} way
 */
export const wayOf = ({ about }, way) =>
  about.ways.some(({ prefix }) => prefix === way) ? way : about.ways[0].prefix;

/**
 * The numbers of a run at an update, for the table.
 * @param {RunRecord} record @param {number} update @param {string} way  the layer, see `wayOf`
 */
export function at(record, update, way = "") {
  const place = placeOf(record.updates, update);
  /** @param {string} name  of a series */
  const number = (name) => (place < 0 ? NaN : (record.series.get(name)?.[place] ?? NaN));
  const evaluation = record.evaluations.filter((one) => one.update <= update).at(-1);
  const row = placeOf(record.rows, update);
  const lengths = row < 0 ? null : (record.maps.get(`${wayOf(record, way)}h`)?.[row] ?? null);
  return {
    update: place < 0 ? 0 : record.updates[place],
    loss: number("loss"),
    norm: number("grad_norm"),
    after: number("grad_norm_clipped"),
    angle: (180 / Math.PI) * Math.acos(Math.min(number("clip_cosine"), 1)),
    share: place < 0 ? 0 : number("clipped_share"),
    rate: number("learning_rate"),
    evaluation: evaluation ?? null,
    back: number(`${wayOf(record, way)}first_over_last`),
    lengths,
  };
}

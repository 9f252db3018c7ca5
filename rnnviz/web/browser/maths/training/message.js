/**
 * What the charts are sent of runs in training here, as rnnviz/web/training/payload.py sends what is
 * computed on the server. No DOM.
 */

/** @typedef {import("./comparison.js").Comparison} Comparison */
/** @typedef {import("./comparison.js").Member} Member */
/** @typedef {import("../../training/header.js").RunHeader} RunHeader */
/** @typedef {import("../../training/header.js").Strides} Strides */
/**
 * How a run stands, as far as its header says it.
 * @typedef {Object} Standing
 * @property {string} letter @property {string} id
 * @property {number} update @property {number} from
 * @property {import("./run.js").Stop|null} stopped
 * @property {number|null} solvedAt
 * @property {import("./past.js").Change[]} changes
 * @property {import("./header.js").RunKnobs} knobs
 */

const SHARE = "clipped_share",
  BACK = "first_over_last";

/**
 * @param {Member} member @param {RunHeader} about  its entry in the server's header
 * @param {number} known  how many updates the charts have
 * @param {Strides} strides
 * @returns {{standing: Standing, arrays: Array<[string, Float64Array]>}}
 */
export function messageOf(member, about, known, strides) {
  const { letter, id, run, history, changes, evaluations } = member;
  const from = Math.min(Math.max(known, history.first), run.update);
  const standing = {
    letter,
    id,
    update: run.update,
    from,
    stopped: run.stopped,
    solvedAt: solvedAt(member),
    changes,
    knobs: run.knobs,
  };
  const flat = evaluations.flatMap(({ update, loss, metric }) => [update, loss, metric]);
  /** @type {Array<[string, Float64Array]>} */
  const arrays = [["evaluations", Float64Array.from(flat)]];
  if (run.update > from) arrays.push(...newRows(member, about, from, strides));
  return { standing, arrays: arrays.map(([name, numbers]) => [`${letter}.${name}`, numbers]) };
}

/**
 * @param {Member} member @param {RunHeader} about @param {number} from @param {Strides} strides
 * @returns {Array<[string, Float64Array]>}
 */
function newRows(member, about, from, strides) {
  const { history, run } = member;
  const kept = everyOf(strides.series, from, run.update),
    shown = everyOf(strides.rows, from, run.update);
  /** @type {Array<[string, Float64Array]>} */
  const found = [
    ["updates", Float64Array.from(kept)],
    ["rows", Float64Array.from(shown)],
  ];
  const places = kept.map((update) => update - 1 - from);
  const share = clippedShare(member, from);
  for (const name of about.series) {
    if (name === SHARE) found.push([name, Float64Array.from(places, (k) => share[k])]);
    else if (name.endsWith(BACK)) {
      const lengths = history.since(`${name.slice(0, -BACK.length)}dh_norms`, from);
      found.push([name, Float64Array.from(places, (k) => firstOverLast(lengths, k))]);
    } else {
      const { numbers } = history.since(name, from);
      found.push([name, Float64Array.from(places, (k) => numbers[k])]);
    }
  }
  for (const { prefix } of about.ways)
    for (const state of about.states) {
      const { numbers, width } = history.since(`${prefix}d${state}_norms`, from);
      const rows = shown.flatMap((update) =>
        about.columns.map((step) => numbers[(update - 1 - from) * width + step - 1]),
      );
      found.push([`map.${prefix}${state}`, Float64Array.from(rows)]);
    }
  return found;
}

/** The updates (from 1) that a stride keeps. @param {number} stride @param {number} from @param {number} to */
function everyOf(stride, from, to) {
  const found = [];
  for (let update = from + 1; update <= to; update++)
    if ((update - 1) % stride === 0) found.push(update);
  return found;
}

/** Of all updates up to each. @param {Member} member @param {number} from */
function clippedShare({ history, clipped, run }, from) {
  const { numbers } = history.since("clipped", from);
  let before = clipped - numbers.reduce((sum, one) => sum + one, 0);
  return numbers.map((one, k) => (before += one) / Math.min(from + k + 1, run.update));
}

/**
 * Of the lengths over time at an update; last is the last step that a gradient comes to.
 * @param {{numbers: Float64Array, width: number}} lengths @param {number} place
 */
function firstOverLast({ numbers, width }, place) {
  const row = numbers.subarray(place * width, (place + 1) * width);
  let last = width - 1;
  while (last > 0 && !(row[last] > 0)) last -= 1;
  return row[last] > 0 ? row[0] / row[last] : NaN;
}

/** The first of two evaluations in a row past the task's line. @param {Member} member */
function solvedAt({ evaluations, spec: { kind, solved } }) {
  const isSolved = (/** @type {number} */ metric) =>
    kind === "classification" ? metric >= solved : metric <= solved;
  const place = evaluations.findIndex(
    ({ metric }, k) =>
      k + 1 < evaluations.length && isSolved(metric) && isSolved(evaluations[k + 1].metric),
  );
  return place < 0 ? null : evaluations[place].update;
}

/**
 * What is looked at of the runs, and what gestures on scrubber and charts make of it. No DOM.
 *
 * @typedef {Object} Looking
 * @property {number|null} at  the update that was chosen; null: the latest
 * @property {number|null} hover  the update under the pointer
 * @property {[number, number]|null} zoom  the updates that charts show; null: all
 * @property {string} unseen  the letters of the runs that they do not show
 * @property {boolean} isShare  maps show each length over that of the last step
 * @property {string} way  the layer and direction that maps and gates are of, see `wayOf`
 *
 * @typedef {import("../drawing/theme.js").Theme & {lengths: import("../drawing/heat_map_plan.js").Ramp}}
 *   TrainTheme  lengths: the colours of the maps
 * @typedef {{theme: TrainTheme, dark: boolean}} Colours
 * @typedef {import("./header.js").TrainHeader} TrainHeader
 * @typedef {import("./records.js").Records} Records
 * @typedef {{header: TrainHeader, records: Records, all: Records}} Runs  records: of the runs shown
 * @typedef {Looking & Colours & Runs} View  all that is drawn
 * @typedef {(record: import("./records.js").RunRecord) => number} UpdateOf  the update looked at
 */

const DOUBLE = 600; // milliseconds
const FEWEST = 2; // updates in view
const LEAP = 10; // updates, with Shift

/** @type {Looking} */
export const AT_FIRST = {
  at: null,
  hover: null,
  zoom: null,
  unseen: "",
  isShare: false,
  way: "",
};

/**
 * Where the pointer is, what was chosen, or the latest. While they are on their way the latest is of
 * all of them the same: the least one.
 * @param {View} view @param {import("./records.js").RunRecord} record
 */
export function updateOf({ hover, at, header, all }, { count, about }) {
  const going = [...all.values()].filter(({ about: { stopped } }) => stopped === null);
  const isGoing = header.playing && about.stopped === null;
  const latest = isGoing ? Math.min(...going.map((one) => one.count)) : count;
  return Math.min(hover ?? at ?? latest, count);
}

/** The update that is shown where none was chosen. @param {View} view */
export const latestShown = (view) =>
  Math.max(
    0,
    ...[...view.all.values()].map((one) => updateOf({ ...view, hover: null, at: null }, one)),
  );

/** The last update of any run. @param {TrainHeader|null} header */
export const latestOf = (header) =>
  Math.max(0, ...(header?.runs ?? []).map(({ update }) => update));

/** The updates in view. @param {View} view @returns {[number, number]} */
export const rangeOf = ({ zoom, header }) => zoom ?? [0, header.planned];

/**
 * A part of the updates around one of them, within all there are.
 * @param {[number, number]} range @param {number} centre @param {number} factor  of its width
 * @param {number} planned
 * @returns {[number, number]|null} null: all
 */
export function zoomed([low, high], centre, factor, planned) {
  const width = Math.max((high - low) * factor, FEWEST);
  if (width >= planned) return null;
  const share = Math.min(Math.max((centre - low) / (high - low), 0), 1);
  const first = Math.min(Math.max(Math.round(centre - share * width), 0), planned - width);
  return [first, first + width];
}

/**
 * @typedef {import("../drawing/store.js").Store<Looking>} Store
 * @typedef {() => {latest: number, planned: number, letters: string}} RunsNow  latest: update of any
 */

/**
 * Which runs the charts show.
 * @param {Store} looking @param {RunsNow} runs @param {import("./controls.js").Press} press
 */
function hiding(looking, runs, press) {
  /** @param {string} unseen  letters */
  function hide(unseen) {
    looking.set({ unseen });
    press("hide", unseen);
  }
  return {
    /** Show a run that is hidden, hide one that is not. @param {string} letter */
    toggle(letter) {
      const { unseen } = looking.state;
      if (unseen.includes(letter)) return hide(unseen.replace(letter, ""));
      const left = [...runs().letters].filter((one) => !unseen.includes(one) && one !== letter);
      hide(left.length === 0 ? "" : [...unseen, letter].sort().join(""));
    },
    /** Show this one alone; all, where it is alone already. @param {string} letter */
    isolate(letter) {
      const others = [...runs().letters].filter((one) => one !== letter).join("");
      hide(looking.state.unseen === others ? "" : others);
    },
  };
}

/**
 * @param {Store} looking @param {RunsNow} runs
 * @param {import("./controls.js").Press} press  tells the server what was chosen
 */
export function gestures(looking, runs, press) {
  /**
   * What was looked at before a click: a double click is two.
   * @type {{at: number|null, time: number}}
   */
  let before = { at: null, time: -DOUBLE };

  /** @param {number|null} update @param {boolean} isFinal */
  function look(update, isFinal) {
    const { latest } = runs();
    const isLatest = update === null || (isFinal && update >= latest);
    const at = isLatest ? null : Math.max(0, Math.min(update, latest));
    looking.set({ at, hover: null });
    if (isFinal) press("look", at);
  }
  /** @param {[number, number]|null} zoom */
  function choose(zoom) {
    looking.set({ zoom });
    press("zoom", zoom);
  }
  /** @param {number} factor */
  function closer(factor) {
    const { latest, planned } = runs();
    /** @type {[number, number]} */
    const range = looking.state.zoom ?? [0, planned];
    choose(zoomed(range, looking.state.at ?? latest, factor, planned));
  }
  /** @param {number} by */
  const move = (by) => look((looking.state.at ?? runs().latest) + by, true);
  /** @type {Record<string, (isLeap: boolean) => void>} */
  const KEYS = {
    ArrowLeft: (isLeap) => move(isLeap ? -LEAP : -1),
    ArrowRight: (isLeap) => move(isLeap ? LEAP : 1),
    Home: () => look(0, true),
    End: () => look(null, true),
    "+": () => closer(1 / 2),
    "=": () => closer(1 / 2),
    "-": () => closer(2),
    0: () => choose(null),
  };
  return {
    scrubber: {
      look: (/** @type {number} */ update) => look(update, false),
      choose: (/** @type {number|null} */ update) => look(update, true),
      all: () => choose(null),
    },
    runs: hiding(looking, runs, press),
    charts: {
      /** @param {number} update */
      choose(update) {
        const time = performance.now();
        if (time - before.time > DOUBLE) before = { at: looking.state.at, time };
        look(update, true);
      },
      hover: (/** @type {number|null} */ hover) => looking.set({ hover }),
      zoom: (/** @type {[number, number]} */ [low, high]) =>
        choose([Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + FEWEST)]),
      all() {
        choose(null);
        look(before.at, true);
      },
      /** Whether a key was for the charts. @param {KeyboardEvent} event */
      key({ key, shiftKey, ctrlKey, metaKey, altKey }) {
        const found = ctrlKey || metaKey || altKey ? undefined : KEYS[key];
        found?.(shiftKey);
        return found !== undefined;
      },
      colour: (/** @type {string} */ choice) => looking.set({ isShare: choice === "share" }),
      way: (/** @type {string} */ way) => looking.set({ way }),
    },
  };
}

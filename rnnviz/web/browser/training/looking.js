/**
 * What is looked at of the runs, and what gestures on scrubber and charts make of it. No DOM.
 *
 * @typedef {Object} Looking
 * @property {number|null} at  the update that was chosen; null: the latest
 * @property {number|null} hover  the update under the pointer
 * @property {[number, number]|null} zoom  the updates that charts show; null: all
 * @property {boolean} isShare  maps show each length over that of the last step
 * @property {string} way  the layer and direction that maps and gates are of, see `wayOf`
 *
 * @typedef {import("../drawing/theme.js").Theme & {lengths: import("../drawing/heat_map.js").Ramp}}
 *   TrainTheme  lengths: the colours of the maps
 * @typedef {{theme: TrainTheme, dark: boolean}} Colours
 * @typedef {import("./header.js").TrainHeader} TrainHeader
 * @typedef {{header: TrainHeader, records: import("./records.js").Records}} Runs
 * @typedef {Looking & Colours & Runs} View  all that is drawn
 * @typedef {(record: import("./records.js").RunRecord) => number} UpdateOf  the update looked at
 */

const DOUBLE = 600; // milliseconds

/** @type {Looking} */
export const AT_FIRST = { at: null, hover: null, zoom: null, isShare: false, way: "" };

/**
 * Where the pointer is, what was chosen, or the latest.
 * @param {Looking} looking @param {import("./records.js").RunRecord} record
 */
export const updateOf = ({ hover, at }, { count }) => Math.min(hover ?? at ?? count, count);

/**
 * @param {import("../drawing/store.js").Store<Looking>} looking
 * @param {() => number} latest  the last update of any run
 * @param {(at: number|null) => void} tell  the server, what was chosen
 */
export function gestures(looking, latest, tell) {
  /**
   * What was looked at before a click: a double click is two.
   * @type {{at: number|null, time: number}}
   */
  let before = { at: null, time: -DOUBLE };

  /** @param {number|null} update @param {boolean} isFinal */
  function look(update, isFinal) {
    const isLatest = update === null || (isFinal && update >= latest());
    const at = isLatest ? null : Math.max(0, Math.min(update, latest()));
    looking.set({ at });
    if (isFinal) tell(at);
  }
  return {
    scrubber: {
      look: (/** @type {number} */ update) => look(update, false),
      choose: (/** @type {number|null} */ update) => look(update, true),
    },
    charts: {
      /** @param {number} update */
      choose(update) {
        const time = performance.now();
        if (time - before.time > DOUBLE) before = { at: looking.state.at, time };
        look(update, true);
      },
      hover: (/** @type {number|null} */ hover) => looking.set({ hover }),
      zoom: (/** @type {[number, number]} */ zoom) => looking.set({ zoom }),
      all() {
        looking.set({ zoom: null });
        look(before.at, true);
      },
      colour: (/** @type {string} */ choice) => looking.set({ isShare: choice === "share" }),
      way: (/** @type {string} */ way) => looking.set({ way }),
    },
  };
}

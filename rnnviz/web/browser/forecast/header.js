/**
 * What the header of a message with forecasts says (rnnviz/web/data/series/payload.py). No code.
 *
 * @typedef {Object} ForecastHeader
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {string} key  another one is another series: all of it is shown at first
 * @property {string} target  the column that is forecast
 * @property {number} split  the first row that is held out
 * @property {number} window  steps that are read @property {number} horizon  steps that are forecast
 * @property {number} ahead  the line is of forecasts so many steps ahead, from 1
 * @property {boolean} fed  whether the line begins at one window, and goes on by what it forecast
 * @property {number} chosen  the row that the chosen window ends with
 * @property {Forecaster[]} runs @property {Forecaster[]} baselines
 * @property {{letter: string, inputs: string[]}} leaning  whose it is, and the columns it is of
 * @property {import("../maths/header.js").ArraySpec[]} arrays  "rows", "goal" and where there are
 *   dates "dates", in seconds; "at", the rows forecast; of each forecaster `line.A`, `error.A`, of
 *   each run `ahead.A` and if it is fed back `fed.A`; "leaning"
 *
 * @typedef {{key: string, says: string}} Forecaster  a run by its letter, or a baseline
 */

export {};

/**
 * What a line chart shows, and how each kind of line and sign looks. No DOM.
 *
 * @typedef {import("./scales.js").Axis} Axis
 * @typedef {import("./marks.js").Shape} Shape
 *
 * @typedef {Object} Look  of a line: known by colour, dash and marker together
 * @property {string} colour
 * @property {number[]} [dash]
 * @property {Shape|null} [marker]
 * @property {number} [width]
 * @property {number} [alpha]
 * @property {"line"|"ghost"|"guide"|"faint"|"pale"} [kind]
 *
 * @typedef {Look & Numbers} Line
 * @typedef {Object} Numbers
 * @property {string} name
 * @property {string} [title]  in the legend of a picture that is saved; without one it is not there
 * @property {ArrayLike<number>} values
 * @property {number[]} [at]  where each stands on the axis across; unless given, 0, 1, 2…
 * @property {boolean} [isDotted]  a dot at every number: it was measured there and not between
 *
 * @typedef {Required<Look> & {isCut?: boolean}} Styled  isCut: it ends where it leaves the chart
 *
 * @typedef {{value: number, label: string, colour?: string, from?: number, to?: number}} Level  a
 *   horizontal line; from, to: places across that it is drawn between, the edges unless given
 * @typedef {{name: string, title: string, colour: string, at: number[], upper: ArrayLike<number>,
 *   lower: ArrayLike<number>}} Area  what lies between two lines, where the one is above the other;
 *   title: in a legend
 * @typedef {import("./line_ends.js").End} End
 * @typedef {{at: number, value?: number, text: string, colour: string, kind:
 *   "drop"|"change"|"stop"}} Sign  a vertical line: a short one at a value, or from top to bottom
 * @typedef {{from: number, to: number, lay: import("./marks.js").Lay}} Backdrop  a picture behind
 *   the lines, stretched from one place across to another
 * @typedef {{across: Axis, up: Axis, lines: Line[], areas?: Area[], levels?: Level[], signs?:
 *   Sign[], backdrop?: Backdrop, ends?: End[]}} Picture  ends: names beside the chart, where there is room
 * @typedef {{width: number, height: number, left: number, right: number, top: number, bottom:
 *   number}} Size  in pixels; left to bottom: what is free around the lines, for labels
 */

/**
 * What a line is drawn with unless it says otherwise, and what each kind of line insists on.
 * @type {Omit<Required<Look>, "colour">}
 */
const PLAIN = { kind: "line", dash: [], marker: null, width: 1.8, alpha: 1 };
const DOTTED = { dash: [1, 4], marker: null, isCut: true };
const GREY = "color-mix(in oklab, var(--ink) 45%, var(--ground))";
/** @type {Record<Styled["kind"], Partial<Styled>>} */
export const KINDS = {
  line: {},
  /** As it was before the visitor's changes. */
  ghost: { width: 1, dash: [], marker: null, colour: GREY },
  /** A bound; it ends where it leaves the chart, and so does a faint line. */
  guide: { ...DOTTED, width: 1.6, colour: "var(--soft)" },
  /** A part of a line, or one of many. */
  faint: { ...DOTTED, width: 1.4, alpha: 0.75 },
  /** The same after something was done to it. */
  pale: { width: 3, alpha: 0.35, dash: [], marker: null },
};
/** @type {Record<Sign["kind"], {width: number, dash: number[], marker?: Shape}>} */
export const SIGNS = {
  drop: { width: 1.5, dash: [] },
  change: { width: 1, dash: [2, 3], marker: "circle" },
  stop: { width: 2, dash: [] },
};

/** A line with all of its look. @template {Look} L @param {L} line @returns {L & Styled} */
export const styled = (line) => ({ ...PLAIN, ...line, ...KINDS[line.kind ?? "line"] });

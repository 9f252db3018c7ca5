/**
 * A line chart as marks: grid, lines, markers, levels, signs, cursor. No DOM.
 *
 * @typedef {import("./picture.js").Look} Look
 * @typedef {import("./picture.js").Styled} Styled
 * @typedef {import("./picture.js").Line} Line
 * @typedef {import("./picture.js").Level} Level
 * @typedef {import("./picture.js").Sign} Sign
 * @typedef {import("./picture.js").Backdrop} Backdrop
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./picture.js").Size} Size
 * @typedef {import("./marks.js").Shape} Shape
 * @typedef {ReturnType<typeof frameOf>} Frame
 * @typedef {ReturnType<typeof trace>} Traced
 */
/**
 * @template {import("./marks.js").Kind} [K=import("./marks.js").Kind]
 * @typedef {import("./marks.js").Mark<K>} Mark
 */

import { ALPHA, areaMark } from "./areas.js";
import { endMarks, isNamedBeside } from "./line_ends.js";
import { cropped, dotMark, ruleMark, textMark, thinned } from "./marks.js";
import { SIGNS, styled } from "./picture.js";

const SPACING = 30; // pixels between a line's markers
const LETTER = 6.5; // pixels, about
const [ASCENT, EDGE] = [9, 2]; // of a number beside the lines, and what is free above and below it
const LINE = 12; // of text, in pixels
/** One device pixel wide, not a blur over two. @param {number} place */
const crisp = (place) => Math.floor(place) + 0.5;

/**
 * All but what follows the pointer.
 * @param {Picture} picture @param {Size} size
 * @returns {Mark[]}
 */
export function plan(picture, size) {
  const frame = frameOf(picture, size);
  const { levels = [], ends } = picture;
  const isBeside = ends !== undefined && isNamedBeside(size.right);
  const lines = picture.lines.map(styled).map((line, k, all) => trace(line, k / all.length, frame));
  const behind = (/** @type {Traced} */ { line }) => (line.kind === "line" ? 1 : 0);
  lines.sort((a, b) => behind(a) - behind(b));
  return [
    ...gridUp(picture, frame, size.height),
    ...(size.bottom >= 18 ? gridAcross(picture, frame) : []),
    ...(picture.backdrop ? [backdropOf(picture.backdrop, frame)] : []),
    ...(picture.areas ?? []).map((area) => areaMark(area, frame)),
    ...lines.flatMap(({ marks }) => marks),
    ...levels.flatMap((level) => levelMarks(level, picture, frame, isBeside ? null : lines)),
    ...lines.flatMap(({ markers }) => markers),
    ...(picture.signs ?? []).flatMap((sign) => signMarks(sign, frame)),
    ...endMarks(
      [...(ends ?? []), ...(isBeside ? besideOf(levels, picture) : [])],
      frame,
      size.right,
    ),
  ];
}

/**
 * The cursor, and each marked line's number there.
 * @param {Picture} picture @param {Size} size
 * @param {number|null} at  on the axis across
 * @returns {Mark[]}
 */
export function pointed(picture, size, at) {
  const frame = frameOf(picture, size);
  const x = frame.x(at ?? NaN);
  if (at === null || !isInside(x, frame)) return [];
  const [y1, y2] = [frame.top - 4, frame.bottom + 4];
  const dots = picture.lines.map(styled).flatMap(({ name, at: places, values, colour, marker }) => {
    const y = frame.y(values[places ? places.indexOf(at) : at]);
    if (marker === null || Number.isNaN(y)) return [];
    return [
      dotMark(marker, [x, y], 4.5, { name, fill: colour, colour: "var(--ground)", width: 1.5 }),
    ];
  });
  return [ruleMark([crisp(x), y1, crisp(x), y2], "var(--soft)", 1), ...dots];
}

/**
 * Where the lines may be, and where a number stands: an infinite one at the edge, NaN nowhere.
 * @param {Picture} picture @param {Size} size
 */
export function frameOf({ across, up }, { width, height, left, right, top, bottom }) {
  const frame = { left, right: width - right, top, bottom: height - bottom };
  const limited = (/** @type {number} */ place) => (place < 0 ? 0 : place > 1 ? 1 : place);
  return {
    ...frame,
    below: frame.bottom + Math.min(bottom - 6, 22), // where the numbers stand
    x: (/** @type {number} */ value) => left + across.place(value) * (frame.right - left),
    y: (/** @type {number} */ value) =>
      frame.bottom - limited(up.place(value)) * (frame.bottom - top),
    isOut: (/** @type {number} */ value) => up.place(value) < 0 || up.place(value) > 1,
  };
}
/** @param {number} x @param {Frame} frame */
const isInside = (x, { left, right }) => x >= left - 0.5 && x <= right + 0.5;

/**
 * The numbers beside the lines stay on the paper: where charts lie below one another, no chart's
 * touch the next one's.
 * @param {Picture} picture @param {Frame} frame @param {number} paper  how high it is
 * @returns {Mark[]}
 */
function gridUp({ up }, { left, right, top, bottom, y }, paper) {
  const within = (/** @type {number} */ place) =>
    Math.min(Math.max(place, EDGE + ASCENT), paper - EDGE);
  const most = Math.min(Math.max(Math.floor((bottom - top) / 24), 2), 8);
  return up.ticks(most).flatMap((tick) => {
    const height = y(up.at(tick));
    return [
      ruleMark([left, crisp(height), right, crisp(height)], "var(--line)", 1),
      textMark(left - 6, within(height + 3.5), up.text(tick), "end"),
    ];
  });
}

/**
 * The numbers below; the last one says what is counted, and stays within the chart.
 * @param {Picture} picture @param {Frame} frame
 */
function gridAcross({ across }, { left, right, x, below }) {
  const unit = across.unit ? `${across.unit} ` : "";
  const longest = Math.max((unit + across.text(across.high)).length * LETTER + 10, 36);
  const ticks = across.ticks(Math.max(2, Math.floor((right - left) / longest)));
  return ticks.map((tick, k) => {
    const place = x(across.at(tick));
    if (k < ticks.length - 1 || unit === "")
      return textMark(place, below, across.text(tick), "middle");
    const text = unit + across.text(tick);
    const isLong = place + (text.length * LETTER) / 2 > right + LETTER;
    return textMark(isLong ? right : place, below, text, isLong ? "end" : "middle");
  });
}

/** @param {Backdrop} backdrop @param {Frame} frame @returns {Mark<"image">} */
function backdropOf({ from, to, lay }, { left, right, top, bottom, x }) {
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return { kind: "image", ...box, left: x(from), across: Math.max(x(to) - x(from), 1), lay };
}

/**
 * A line's marks: its runs of points, numbers that stand alone, its markers.
 * @param {Line & Styled} line @param {number} share  of the lines that come before it
 * @param {Frame} frame
 */
function trace(line, share, frame) {
  const { name, at, values, colour, width, dash, alpha, isCut = false } = line;
  const count = Math.min(at?.length ?? Infinity, values.length);
  const xs = new Float64Array(count),
    ys = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    xs[n] = frame.x(at ? at[n] : n);
    ys[n] = isCut && frame.isOut(values[n]) ? NaN : frame.y(values[n]);
  }
  const runs = thinned(xs, ys)
    .map((run) => cropped(run, frame.left, frame.right))
    .filter((run) => run.length > 0);
  /** @type {Mark[]} */
  const marks = [{ kind: "line", runs, colour, width, dash, alpha, name }];
  const alone = runs.filter((run) => run.length === 2).flat();
  const dots = line.isDotted ? pointsOf(xs, ys, frame, 0, 1) : alone;
  if (dots.length > 0)
    marks.push(
      dotMark("circle", dots, line.isDotted ? 2.2 : 1, { fill: colour, colour, width: 0 }),
    );
  return { line, runs, marks, markers: markersOf(line, share, xs, ys, frame) };
}

/**
 * One line's markers begin a little later than the next one's, so that lines that meet show.
 * @param {Styled} line @param {number} share @param {Float64Array} xs @param {Float64Array} ys
 * @param {Frame} frame
 */
function markersOf({ marker, colour }, share, xs, ys, frame) {
  if (marker === null || xs.length === 0) return [];
  const span = (xs[xs.length - 1] - xs[0]) / Math.max(xs.length - 1, 1);
  const every = Math.max(1, Math.ceil(SPACING / Math.max(span, 1e-3)));
  const points = pointsOf(xs, ys, frame, Math.floor(share * every), every);
  return [dotMark(marker, points, 2.6, { fill: "var(--ground)", colour, width: 1.3 })];
}

/**
 * @param {Float64Array} xs @param {Float64Array} ys @param {Frame} frame
 * @param {number} first @param {number} every
 */
function pointsOf(xs, ys, frame, first, every) {
  const points = [];
  for (let n = first; n < xs.length; n += every)
    if (!Number.isNaN(ys[n]) && isInside(xs[n], frame)) points.push(xs[n], ys[n]);
  return points;
}

/**
 * The names of levels, to stand beside the chart.
 * @param {Level[]} levels @param {Picture} picture
 */
function besideOf(levels, { up }) {
  const isIn = (/** @type {Level} */ { value, label }) =>
    label !== "" && up.place(value) >= 0 && up.place(value) <= 1;
  return levels.filter(isIn).map(({ value, label, colour = "var(--ink)" }) => ({
    value,
    text: label,
    colour,
    weight: 400,
  }));
}

/**
 * The label stands at the end where the lines are further away.
 * @param {Level} level @param {Picture} picture @param {Frame} frame
 * @param {Traced[]|null} lines  null: the label stands elsewhere
 * @returns {Mark[]}
 */
function levelMarks({ value, label, colour = "var(--ink)", from, to }, { up }, frame, lines) {
  const place = up.place(value);
  if (!(place >= 0 && place <= 1)) return [];
  const height = frame.y(value);
  const [left, right] = [
    Math.max(frame.left, frame.x(from ?? -Infinity)),
    Math.min(frame.right, frame.x(to ?? Infinity)),
  ];
  if (!(left < right)) return [];
  const rule = ruleMark([left, crisp(height), right, crisp(height)], colour, 1.2, [5, 4]);
  return lines === null || label === ""
    ? [rule]
    : [rule, { ...levelLabel(label, height, frame, lines), colour, hasHalo: true }];
}

/** @param {string} label @param {number} height @param {Frame} frame @param {Traced[]} lines */
function levelLabel(label, height, { left, right, top }, lines) {
  const room = (/** @type {number} */ from, /** @type {number} */ to) => {
    let least = Infinity;
    for (const run of lines.flatMap(({ runs }) => runs))
      for (let k = 0; k < run.length; k += 2)
        if (run[k] >= from && run[k] <= to) least = Math.min(least, Math.abs(run[k + 1] - height));
    return least;
  };
  const fifth = (right - left) / 5;
  const isLeft = room(left, left + fifth) > room(right - fifth, right) + LINE;
  return textMark(
    isLeft ? left + 4 : right - 4,
    height + (height < top + 14 ? 13 : -4),
    label,
    isLeft ? "start" : "end",
  );
}

/** @param {Sign} sign @param {Frame} frame */
function signMarks({ at, value, text, colour, kind }, frame) {
  const { top, bottom } = frame;
  const { width, dash, marker = null } = SIGNS[kind];
  const x = frame.x(at),
    y = value === undefined ? null : frame.y(value);
  if (!isInside(x, frame) || Number.isNaN(y)) return [];
  const [y1, y2] = y === null ? [top, bottom] : [y - 9, y + 9];
  /** @type {Mark[]} */
  const marks = [ruleMark([x, y1, x, y2], colour, width, dash)];
  if (marker) marks.push(dotMark(marker, [x, top + 3], 3, { fill: colour, colour, width: 0 }));
  const isRight = x + text.length * LETTER + 8 > frame.right;
  const word = textMark(
    x + (isRight ? -5 : 5),
    y === null ? top + 11 : y - 7,
    text,
    isRight ? "end" : "start",
  );
  if (text) marks.push({ ...word, colour, size: 12, hasHalo: true });
  return marks;
}

/**
 * The entry of a legend that shows a line as it is drawn.
 * @param {Look} line @param {[left: number, y: number, right: number]} [place]
 * @returns {Mark[]}
 */
export function keyMarks(line, [left, y, right] = [1, 5, 29]) {
  const { colour, dash, width, alpha, marker } = styled(line);
  const middle = [(left + right) / 2, y];
  const look = { fill: "var(--ground)", colour, width: 1.3 };
  const runs = [[left, y, right, y]];
  return [
    { kind: "line", runs, colour, dash, width, alpha },
    ...(marker ? [dotMark(marker, middle, 3, look)] : []),
  ];
}

/**
 * The entry of a legend that shows an area as it is drawn.
 * @param {import("./picture.js").Area} area @param {[left: number, y: number, right: number]} place
 * @returns {Mark[]}
 */
export function areaKeyMarks({ name, colour }, [left, y, right]) {
  const box = [left, y - 5, right, y - 5, right, y + 5, left, y + 5];
  return [{ kind: "area", runs: [box], fill: colour, alpha: ALPHA, name }];
}

/** From numbers to colours. Mixed in OKLab, so that equal differences look equal. No DOM. */

export const ROLES = ["forget", "input", "candidate", "output", "cell", "hidden", "other"];
export const LEVELS = 255;

/** @typedef {[number, number, number]} Triple red, green, blue from 0 to 255 */

/**
 * How light a colour is to the eye, 0 to 1 (the WCAG relative luminance).
 * @param {Triple} colour
 */
export function luminance(colour) {
  const [r, g, b] = colour.map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Share `part` of the way from one colour to another.
 * @param {Triple} from
 * @param {Triple} to
 * @param {number} part
 */
export function mix(from, to, part) {
  const a = toLab(from),
    b = toLab(to);
  const between = (/** @type {0|1|2} */ k) => a[k] + (b[k] - a[k]) * part;
  return fromLab([between(0), between(1), between(2)]);
}

/** @param {Triple} colour */
export function css([r, g, b]) {
  return `rgb(${r},${g},${b})`;
}

/**
 * The colours of a scale, from its low end to its high end, as text and as canvas pixels.
 * @param {(part: number) => Triple} colourAt  part from 0 to 1
 */
export function ramp(colourAt) {
  const colours = Array.from({ length: LEVELS + 1 }, (_, k) => colourAt(k / LEVELS));
  return { css: colours.map(css), pixels: Uint32Array.from(colours, pixel) };
}

/** Ground to the role's colour: for gates, 0 to 1. @param {Triple} ground @param {Triple} colour */
export function gateRamp(ground, colour) {
  return ramp((part) => mix(ground, colour, part));
}

/**
 * Negative ← ground → positive.
 * @param {Triple} ground
 * @param {Triple} negative
 * @param {Triple} positive
 */
export function signedRamp(ground, negative, positive) {
  return ramp((part) =>
    part < 0.5 ? mix(ground, negative, 1 - 2 * part) : mix(ground, positive, 2 * part - 1),
  );
}

/**
 * The place of a value on a ramp from low to high; beyond its ends the end. NaN is −1.
 * @param {number} value @param {number} low @param {number} high
 */
export function level(value, low, high) {
  if (Number.isNaN(value)) return -1;
  const part = (value - low) / (high - low);
  return part <= 0 ? 0 : part >= 1 ? LEVELS : Math.round(part * LEVELS);
}

/** The smallest of …0.1, 0.2, 0.5, 1, 2, 5, 10… that is not less. @param {number} size */
export function niceCeiling(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const ten = 10 ** Math.floor(Math.log10(size));
  const factor = [1, 2, 5, 10].find((f) => f * ten >= size * (1 - 1e-9)) ?? 10;
  return Number((factor * ten).toPrecision(1));
}

/** As a little-endian canvas pixel. @param {Triple} colour */
export function pixel([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** @param {number} channel  0 to 255 */
function linear(channel) {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** @param {number} value */
function gamma(value) {
  const c = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(Math.max(c, 0), 1));
}

/**
 * Björn Ottosson's OKLab (2020).
 * @param {Triple} colour
 * @returns {[L: number, a: number, b: number]}
 */
function toLab(colour) {
  const [r, g, b] = colour.map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {[L: number, a: number, b: number]} colour @returns {Triple} */
function fromLab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

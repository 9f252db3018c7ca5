/**
 * Numbers as the screen shows them: short, with a real minus; the exact one is kept for the hover.
 */

import { _ } from "./texts.js";

const SUPERSCRIPTS = new Map([..."0123456789-"].map((digit, k) => [digit, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"[k]]));

/**
 * Two decimals; below 0.1 two digits; below 0.001 and from 10000 on two digits and a power of ten
 * (as `notation.number` in Python).
 * @param {number} value
 */
export function short(value) {
  if (!Number.isFinite(value)) return notFinite(value);
  const size = Math.abs(value);
  if (size === 0) return "0.00";
  if (size < 0.001 || size >= 10000) return power(value, 1);
  return minus(size < 0.1 ? value.toPrecision(2) : value.toFixed(2));
}

/**
 * The same where there is little room, in a picture: what is too small for it is called that.
 * @param {number} value
 */
export function brief(value) {
  if (Number.isNaN(value)) return "NaN";
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return "≈0";
  return size >= 1000 && size < 10000 ? power(value, 1) : short(value);
}

/** Four decimals, or four digits, for arithmetic that is to be followed. @param {number} value */
export function long(value) {
  if (!Number.isFinite(value)) return notFinite(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.0001 || size >= 1000000)) return power(value, 3);
  return minus(size !== 0 && size < 0.1 ? value.toPrecision(4) : value.toFixed(4));
}

/** Every digit a float64 has. @param {number} value */
export function exact(value) {
  return Number.isFinite(value) ? minus(String(value)) : notFinite(value);
}

/** A change, always with its sign. @param {number} value */
export function signed(value) {
  return value > 0 ? `+${short(value)}` : short(value);
}

/** 0.0000321 → "3.2×10⁻⁵". @param {number} value @param {number} decimals */
export function power(value, decimals) {
  const [digits, exponent] = value.toExponential(decimals).split("e");
  return `${minus(digits)}×10${superscript(Number(exponent))}`;
}

/** 10 to a whole power, for an axis. @param {number} exponent */
export function tenTo(exponent) {
  return exponent === 0 ? "1" : exponent === 1 ? "10" : `10${superscript(exponent)}`;
}

/** A probability in per cent, never rounding to a certainty it does not have. @param {number} p */
export function percent(p) {
  if (!Number.isFinite(p)) return notFinite(p);
  if (p > 0.995 && p < 1) return ">99%";
  if (p > 0 && p < 0.005) return "<1%";
  return `${Math.round(100 * p)}%`;
}

/** @param {number} whole */
export function superscript(whole) {
  return [...String(whole)].map((digit) => SUPERSCRIPTS.get(digit)).join("");
}

/** @param {string} text */
function minus(text) {
  return text.replace("-", "−");
}

/** @param {number} value */
function notFinite(value) {
  return Number.isNaN(value) ? _("not a number") : value > 0 ? "∞" : "−∞";
}

/** The colours in force, read from the style sheet: what a canvas needs to draw. */

import { ROLES, gateRamp, luminance, parseColour, pixel, signedRamp } from "./colours.js";

/** @typedef {ReturnType<typeof readTheme>} Theme */

/** Whether the page behind an element is dark. @param {Element} node */
export function isDark(node) {
  const ground = getComputedStyle(node).getPropertyValue("--ground");
  return luminance(colourOf(node, ground)) < 0.2;
}

/** @param {Element} root  the stepper's root, dressed */
export function readTheme(root) {
  const styles = getComputedStyle(root);
  const colour = (name) => colourOf(root, styles.getPropertyValue(name));
  const ground = colour("--ground"), ink = colour("--ink"), blank = colour("--blank");
  const roles = new Map(ROLES.map((role) => [role, colour(`--${role}`)]));
  const gates = new Map(ROLES.map((role) => [role, gateRamp(blank, roles.get(role))]));
  return {
    ground, ink, roles, gates,
    soft: colour("--soft"),
    line: colour("--line"),
    signed: signedRamp(blank, colour("--negative"), colour("--positive")),
    broken: pixel(ink),
  };
}

/** A colour as the browser resolves it: a theme may write it in any way CSS knows. */
function colourOf(node, text) {
  const probe = document.createElement("span");
  probe.style.cssText = `display:none;color:${text}`;
  node.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return parseColour(toRgb(resolved));
}

/** Modern browsers may keep `color(srgb …)`; numbers there go from 0 to 1. */
function toRgb(resolved) {
  if (!resolved.startsWith("color(")) return resolved;
  const numbers = resolved.match(/-?[\d.]+(?:e-?\d+)?/g).slice(0, 3).map((n) => Math.round(255 * Number(n)));
  return `rgb(${numbers.join(",")})`;
}

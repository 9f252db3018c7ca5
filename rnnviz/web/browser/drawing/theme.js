/** The colours in force, read from the style sheet: what a canvas needs to draw. */

import { ROLES, css, gateRamp, luminance, pixel, signedRamp } from "./colours.js";

/** @type {OffscreenCanvasRenderingContext2D|null} */
let pixelOfOurs = null; // made when a colour is first asked for: outside a browser there is no canvas

/** @typedef {ReturnType<typeof readTheme>} Theme */

/** Whether the page behind an element is dark. @param {HTMLElement} node */
export function isDark(node) {
  const ground = getComputedStyle(node).getPropertyValue("--ground");
  return luminance(colourOf(node, ground)) < 0.2;
}

/**
 * The style sheet may arrive after the component: call once it has, unless it is there already.
 * @param {Element} root @param {() => void} call
 * @returns {() => void} to stop waiting
 */
export function whenDressed(root, call) {
  const isDressed = () => getComputedStyle(root).getPropertyValue("--ground") !== "";
  let frame = isDressed() ? 0 : requestAnimationFrame(look);
  function look() {
    if (isDressed()) call();
    else frame = requestAnimationFrame(look);
  }
  return () => cancelAnimationFrame(frame);
}

/** @param {HTMLElement} root  a page's root, dressed */
export function readTheme(root) {
  const styles = getComputedStyle(root);
  const colour = (/** @type {string} */ name) => colourOf(root, styles.getPropertyValue(name));
  const ground = colour("--ground"),
    ink = colour("--ink"),
    blank = colour("--blank");
  const roles = new Map(ROLES.map((role) => [role, colour(`--${role}`)]));
  const gates = new Map([...roles].map(([role, own]) => [role, gateRamp(blank, own)]));
  return {
    ground,
    ink,
    roles,
    gates,
    soft: colour("--soft"),
    line: colour("--line"),
    signed: signedRamp(blank, colour("--negative"), colour("--positive")),
    broken: pixel(ink),
    resolve: resolver(root),
  };
}

/**
 * Any colour as a canvas or a file can use it: a variable of the style sheet is looked up, once.
 * @param {HTMLElement} node
 */
export function resolver(node) {
  /** @type {Map<string, string>} */
  const known = new Map();
  return (/** @type {string} */ text) => {
    const colour = known.get(text) ?? css(colourOf(node, text));
    known.set(text, colour);
    return colour;
  };
}

/**
 * A colour as the browser paints it: a theme may write it in any way CSS knows.
 * @param {HTMLElement} node @param {string} text
 * @returns {import("./colours.js").Triple}
 */
function colourOf(node, text) {
  const paint = onePixel();
  const probe = document.createElement("span");
  probe.style.cssText = `display:none;color:${text}`;
  node.append(probe);
  paint.clearRect(0, 0, 1, 1);
  paint.fillStyle = getComputedStyle(probe).color;
  paint.fillRect(0, 0, 1, 1);
  probe.remove();
  const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

function onePixel() {
  pixelOfOurs ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (pixelOfOurs === null) throw new Error("the browser gives no canvas to paint on");
  return pixelOfOurs;
}

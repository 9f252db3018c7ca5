/**
 * How much larger than usual the page's letters are: pictures that are planned in pixels are drawn as
 * much larger.
 */

const USUAL = 16; // pixels: of the letters that 1rem stands for

export const magnification = () =>
  parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL;

/** A length of a plan, as CSS has it. @param {number} pixels */
export const planned = (pixels) => `${pixels / USUAL}rem`;

/** The attributes of an SVG that is as large as it was planned, or larger. @param {{width: number, height: number}} size */
export const sized = ({ width, height }) => ({
  viewBox: `0 0 ${width} ${height}`,
  style: `width:${planned(width)};height:${planned(height)}`,
});

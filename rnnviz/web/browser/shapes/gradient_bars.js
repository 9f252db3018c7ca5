/** How large a gradient is at each of some steps: a bar, and where it is 0 an open ring. No DOM. */

const RING = 3;

/**
 * @typedef {{x: number, y: number, width: number, height: number, value: number}} Bar
 * @typedef {{width: number, height: number}} Room
 */

/**
 * @param {number[]} values  not negative
 * @param {number} most  as high as the room
 * @param {Room} room
 * @returns {Bar[]}
 */
export function barsOf(values, most, { width, height }) {
  const pitch = width / values.length;
  return values.map((value, step) => {
    const tall = value === 0 || most === 0 ? 2 * RING : Math.max((value / most) * height, 2);
    return {
      ...{ x: step * pitch + pitch * 0.15, width: pitch * 0.7 },
      ...{ y: height - tall, height: tall, value },
    };
  });
}

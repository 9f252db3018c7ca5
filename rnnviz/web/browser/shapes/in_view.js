/** Of a long sequence or a large batch, what is drawn: its ends, and what is looked at. No DOM. */

import { backToFront, lastStep } from "./net.js";

const MOST_STEPS = 8;
const MOST_ITEMS = 5;
const AT_ENDS = 3;

/** @typedef {import("./net.js").Net} Net */
/** @typedef {{steps: number[], items: number[]}} InView  items: from the back of the stack to its front */

/**
 * @param {Net} net
 * @param {{step: number, item: number}} at  what is looked at
 * @returns {InView}
 */
export function inView(net, { step, item }) {
  return { steps: stepsOf(net, step, item), items: itemsOf(net, item) };
}

/** @param {Net} net @param {number} step @param {number} item */
function stepsOf(net, step, item) {
  const all = range(net.length);
  if (net.length <= MOST_STEPS) return all;
  const wanted = new Set([
    ...all.slice(0, AT_ENDS),
    ...all.slice(-AT_ENDS),
    step,
    lastStep(net, 0, item),
  ]);
  return all.filter((one) => wanted.has(one));
}

/** @param {Net} net @param {number} item */
function itemsOf(net, item) {
  const order = backToFront(net);
  if (order.length <= MOST_ITEMS) return order;
  const ends = [...order.slice(0, 2), ...order.slice(2 - MOST_ITEMS)];
  return order.filter((one) => ends.includes(one) || one === item);
}

/** @param {number} count */
const range = (count) => Array.from({ length: count }, (_one, k) => k);

/** Sentences about cells and entries. No DOM. */

import { _ } from "../drawing/texts.js";
import { isSkipped, isPadding, ordered, outputOf, stateOf } from "./net.js";

/** @typedef {import("./net.js").Net} Net */
/** @typedef {import("./net.js").Cell} Cell */

/** Where a cell stands. @param {Net} net @param {Cell} cell */
export function placeOf(net, { layer, direction, step, item }) {
  if (net.directions === 1)
    return _("layer {layer}, step {step}, sequence {item}", { layer, step, item });
  return direction === 1
    ? _("layer {layer} backward, step {step}, sequence {item}", { layer, step, item })
    : _("layer {layer} forward, step {step}, sequence {item}", { layer, step, item });
}

/** The code that reads its h, all units of it; [] where nothing gives it back. @param {Net} net @param {Cell} cell @param {boolean} isBatched */
export function readBy(net, cell, isBatched) {
  const [output, state] = [outputOf(net, cell, 0), stateOf(net, cell, 0)];
  const found = [];
  if (output) {
    const [from, to] = [output[2], output[2] + net.out];
    const units = net.directions === 1 ? "" : `, ${from}:${to}`;
    found.push(`output[${outputIndex(net, output, isBatched)}${units}]`);
  }
  if (state && !isSkipped(net, cell))
    found.push(`h_n[${state[0]}${isBatched ? `, ${state[1]}` : ""}]`);
  return found;
}

/** @param {Net} net @param {import("./net.js").OutputEntry} entry @param {boolean} isBatched */
const outputIndex = (net, [step, item], isBatched) =>
  isBatched ? ordered(net, step, item).join(", ") : String(step);

/** What is said of a cell under the picture. @param {Net} net @param {Cell} cell @param {boolean} isBatched */
export function said(net, cell, isBatched) {
  const found = readBy(net, cell, isBatched);
  if (isSkipped(net, cell))
    return found.length > 0
      ? _("padding: nothing is computed here, and pad_packed_sequence fills {code} with zeros", {
          code: found[0],
        })
      : _("padding: nothing is computed here");
  const read = isPadding(net, cell) ? _("It has read padding.") : "";
  if (found.length === 0) return join(_("nothing that comes back holds this h"), read);
  if (found.length === 1) return join(_("its h is {code}", { code: found[0] }), read);
  return join(_("its h is {code}, and {other} too", { code: found[0], other: found[1] }), read);
}

/** @param {string} one @param {string} other */
const join = (one, other) => (other ? `${one}. ${other}` : one);

/** For a screen reader. @param {Net} net @param {Cell} cell @param {boolean} isBatched */
export const aloud = (net, cell, isBatched) =>
  `${placeOf(net, cell)}: ${said(net, cell, isBatched)}`;

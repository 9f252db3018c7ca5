/** A run with changes in it, apart from the one on the screen. No DOM. */

import { runNetwork } from "../../maths/network.js";
import { changedArrays, holdsByLayer } from "./changes.js";
import { readInputs } from "../sequence/read_inputs.js";

/**
 * A run of any of the sequences with the changes.
 * @param {import("../model.js").Model} model @param {number} item
 * @param {import("./changes.js").Changes} changes
 */
export function changedRun({ header, arrays }, item, changes) {
  const { x } = runNetwork(header, arrays, { item });
  return runNetwork(header, changedArrays(arrays, changes), {
    item,
    x: readInputs(header, x, changes, item),
    holds: holdsByLayer(changes),
  });
}

/** What of a run can be looked at and changed: what a link may name. No DOM. */

import { lookup } from "../maths/lookup.js";

/**
 * @param {import("./model.js").Model} model
 * @returns {import("./link.js").Room}
 */
export function roomOf({ header, arrays, ghost, T, inputs }) {
  const { sequence, layers, batch } = header;
  const parameters = [...arrays].filter(([name]) => name !== "x" && name !== "targets");
  return {
    T,
    items: batch,
    layers: layers.map(({ hidden, cell }, k) => {
      const { slots, values } = ghost.layers[k].run;
      const sizes = new Map([...values.keys()].map((name) => [name, lookup(slots, name).size]));
      return { hidden, parts: cell.names.length, sizes };
    }),
    inputs,
    symbols: sequence.alphabet?.length ?? 0,
    arrays: new Map(parameters.map(([name, { length }]) => [name, length])),
  };
}

/** What of a run can be looked at and changed: what a link may name. No DOM. */

import { sizeOf } from "../../maths/engine.js";
import { heldInTurn } from "../../maths/lesions.js";
import { lookup } from "../../maths/lookup.js";
import { LOSS } from "../../maths/loss_reasons.js";
import { POOL, SUM } from "../../maths/pool_reasons.js";

/**
 * @param {import("../../maths/payload.js").Payload<import("../header.js").StepHeader>} payload
 * @returns {import("./link.js").Room}
 */
export function roomOf({ header, arrays }) {
  const { sequence, layers, batch, readout } = header;
  const outputs = readout?.labels.length ?? 0;
  const read = outputs > 0 ? lookup(arrays, "readout.W").length / outputs : 0;
  const { inputs } = layers[0];
  const parameters = [...arrays].filter(([name]) => name !== "x" && name !== "targets");
  return {
    T: lookup(arrays, "x").length / (batch * inputs),
    items: batch,
    layers: layers.map((layer) => ({
      hidden: layer.hidden,
      parts: layer.cell.names.length,
      sizes: sizesOf(layer),
      inTurn: heldInTurn(layer.cell).names,
    })),
    inputs,
    symbols: sequence.alphabet?.length ?? 0,
    others: new Map([
      [LOSS, 1],
      ["prediction", outputs],
      ...[POOL, SUM].map((name) => /** @type {[string, number]} */ ([name, read])),
    ]),
    arrays: new Map(parameters.map(([name, { length }]) => [name, length])),
  };
}

/**
 * Value, part or leaf → how many units it has.
 * @param {import("../header.js").StepLayer} layer
 */
function sizesOf(layer) {
  const { sizes, parameters } = layer.cell;
  const values = [...sizes].filter(([name]) => !parameters.has(name));
  return new Map(values.map(([name, size]) => [name, sizeOf(layer, size)]));
}

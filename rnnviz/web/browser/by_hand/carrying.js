/** What was set by hand goes over to another sequence or start of the same cell. No DOM. */

/** @typedef {import("../maths/payload.js").Payload<import("../stepper/header.js").StepHeader>} Payload */
/** @typedef {import("../stepper/changes/changes.js").Change} Change */
/** @typedef {Payload & {state: import("../stepper/state.js").State}} Shown */

/**
 * The changes that have their place in the next run too: weights and holds where cell and sizes are
 * the same; inputs as far as there are steps and inputs, where the sequence that they change is.
 * @param {Shown} shown @param {Payload} next
 * @returns {Partial<import("../stepper/state.js").State>}
 */
export function carried(shown, next) {
  const { header, state } = shown;
  if (challengeOf(header) !== challengeOf(next.header)) return {}; // it has a start of its own
  const { past, present } = state.history;
  const [before, after] = [shapeOf(header), shapeOf(next.header)];
  const { inputs } = next.header.layers[0];
  const T = next.header.sequence.labels.length;
  const fits = (/** @type {Change} */ change) => {
    if (change.kind === "input")
      return change.step < T && change.input < inputs && at(next, change) === at(shown, change);
    if ("array" in change && change.array.startsWith("readout."))
      return after.features === before.features && after.outputs === before.outputs;
    return after.cell === before.cell && !(change.kind === "hold" && change.to > T);
  };
  const kept = present.filter(fits);
  if (kept.length === 0) return {};
  const earlier = past.slice(-1).map((changes) => changes.filter(fits));
  return { history: { past: earlier.length > 0 ? earlier : [[]], present: kept, future: [] } };
}

/** What an input was that was changed. @param {Payload} run @param {{step: number, input: number}} place */
function at({ header, arrays }, { step, input }) {
  return arrays.get("x")?.[step * header.layers[0].inputs + input];
}

/** @param {Payload["header"]} header */
function challengeOf(header) {
  return /** @type {import("./header.js").ByHandHeader} */ (header).challenge?.key;
}

/** @param {Payload["header"]} header */
function shapeOf({ layers, readout }) {
  const [{ cell, hidden, inputs }] = layers;
  return {
    cell: JSON.stringify([cell.steps, hidden, inputs]),
    features: hidden,
    outputs: readout?.labels.length ?? 0,
  };
}

/**
 * What is written down at every update, by the names of a run's history in Python
 * (rnnviz/training/loop/measures.py); and what went bad. No DOM.
 */

import { lookup } from "../lookup.js";

/** @typedef {import("./cell.js").CellRun} CellRun */
/** @typedef {import("./header.js").TrainedLayer} TrainedLayer */
/** @typedef {Map<string, number|Float64Array>} Row  name -> a number, or one for each time step */
/** @typedef {{quantity: string, step: number, layer: number}} Bad  step, layer: from 0 */

const CLOSED = 0.1,
  OPEN = 0.9;

/**
 * Each layer's gradient norms over time and its gates.
 * @param {TrainedLayer[]} layers @param {CellRun[]} cells  one for each
 * @param {Uint8Array|null} absent @param {Row} row  added to
 */
export function measureCells(layers, cells, absent, row) {
  const last = layers[layers.length - 1].prefix.replace(/reverse\.$/, "");
  cells.forEach(({ slots, spec, extent }, k) => {
    const { prefix } = layers[k];
    const way = prefix.startsWith(last) ? prefix.slice(last.length) : prefix;
    for (const state of new Set(["h", ...spec.cell.states]))
      row.set(`${way}d${state}_norms`, stepNorms(lookup(slots, state).gradient, extent.steps));
    for (const gate of spec.cell.gates)
      measureGate(lookup(slots, gate).data, absent, `${way}gate`, gate, row);
  });
}

/**
 * Each parameter's norm.
 * @param {ReadonlyMap<string, Float64Array>} parameters @param {Row} row  added to
 */
export function measureWeights(parameters, row) {
  for (const [name, numbers] of parameters) {
    let sum = 0;
    for (let k = 0; k < numbers.length; k++) sum += numbers[k] * numbers[k];
    row.set(`weight_norm.${name}`, Math.sqrt(sum));
  }
}

/** @param {Float64Array} numbers  (time, …) @param {number} steps */
function stepNorms(numbers, steps) {
  const size = numbers.length / steps;
  const norms = new Float64Array(steps);
  for (let t = 0, k = 0; t < steps; t++) {
    let sum = 0;
    for (const end = k + size; k < end; k++) sum += numbers[k] * numbers[k];
    norms[t] = Math.sqrt(sum);
  }
  return norms;
}

/**
 * @param {Float64Array} numbers @param {Uint8Array|null} absent @param {string} prefix
 * @param {string} gate @param {Row} row
 */
function measureGate(numbers, absent, prefix, gate, row) {
  const own = absent ? present(numbers, absent) : numbers;
  let sum = 0,
    closed = 0,
    open = 0;
  for (let k = 0; k < own.length; k++) {
    const value = own[k];
    sum += value;
    if (value < CLOSED) closed += 1;
    if (value > OPEN) open += 1;
  }
  row.set(`${prefix}_mean.${gate}`, sum / own.length);
  row.set(`${prefix}_closed.${gate}`, closed / own.length);
  row.set(`${prefix}_open.${gate}`, open / own.length);
}

/** Of the steps that sequences have. @param {Float64Array} numbers @param {Uint8Array} absent */
function present(numbers, absent) {
  const size = numbers.length / absent.length;
  return numbers.filter((_, k) => !absent[Math.floor(k / size)]);
}

/**
 * The first value that is not finite, in order of computation.
 * @param {CellRun[]} cells @param {number} ways  directions of a layer
 * @param {Uint8Array|null} absent
 * @returns {Bad|null}
 */
export function firstBadValue(cells, ways, absent) {
  for (const [k, cell] of cells.entries()) {
    const names = cell.spec.cell.names;
    const numbersOf = (/** @type {string} */ name) => lookup(cell.slots, name).data;
    const bad = firstBad(cell, names, numbersOf, !cell.spec.reverse, absent);
    if (bad) return { quantity: bad.name, step: bad.step, layer: Math.floor(k / ways) };
  }
  return null;
}

/**
 * The same of dL/d(value), on the way back: from the last layer and step.
 * @param {CellRun[]} cells @param {number} ways
 * @returns {Bad|null}
 */
export function firstBadGradient(cells, ways) {
  const layers = cells.length / ways;
  for (let layer = layers - 1; layer >= 0; layer--)
    for (const cell of cells.slice(layer * ways, (layer + 1) * ways)) {
      const names = [...cell.spec.cell.names].reverse();
      const numbersOf = (/** @type {string} */ name) => lookup(cell.slots, name).gradient;
      const bad = firstBad(cell, names, numbersOf, cell.spec.reverse ?? false, null);
      if (bad) return { quantity: `dL/d${bad.name}`, step: bad.step, layer };
    }
  return null;
}

/**
 * The first bad step as the sequence was gone through, and the name that comes first there.
 * @param {CellRun} cell @param {string[]} names
 * @param {(name: string) => Float64Array} numbersOf @param {boolean} isRising
 * @param {Uint8Array|null} absent
 */
function firstBad({ extent: { steps, batch } }, names, numbersOf, isRising, absent) {
  for (let k = 0; k < steps; k++) {
    const step = isRising ? k : steps - 1 - k;
    for (const name of names) {
      const numbers = numbersOf(name);
      const size = numbers.length / (steps * batch);
      for (let at = step * batch; at < (step + 1) * batch; at++) {
        if (absent?.[at]) continue;
        const own = numbers.subarray(at * size, (at + 1) * size);
        if (!own.every(Number.isFinite)) return { name, step };
      }
    }
  }
  return null;
}

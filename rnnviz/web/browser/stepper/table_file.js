/**
 * Every value of all sequences as a table in CSV, with what is held and dragged. Steps, sequences
 * and units count from 1, as on the screen. No DOM.
 */

import { csvOf } from "../drawing/csv.js";

/** @typedef {import("./changes/changes.js").Changes} Changes */
/** @typedef {import("./header.js").StepHeader} StepHeader */
/** @typedef {import("../maths/network.js").NetworkRun} NetworkRun */
/** @typedef {{name: string, size: number, numbers: Float64Array}} Column  T x size */

/**
 * One line for each step of each sequence: its numbers have every digit.
 * @param {StepHeader} header
 * @param {(item: number) => NetworkRun} runOf  of a sequence
 */
export function tableOf(header, runOf) {
  /** @type {(string|number)[][]} */
  const lines = [];
  for (let item = 0; item < header.batch; item++) {
    const run = runOf(item);
    const columns = columnsOf(header, run);
    if (item === 0) lines.push(["sequence", "step", ...columns.flatMap(titlesOf)]);
    for (let t = 0; t < run.T; t++) {
      const numbers = columns.flatMap(({ numbers: all, size }) => [
        ...all.subarray(t * size, (t + 1) * size),
      ]);
      lines.push([item + 1, t + 1, ...numbers]);
    }
  }
  return csvOf(lines);
}

/** @param {Column} column */
function titlesOf({ name, size }) {
  return Array.from({ length: size }, (_, unit) => `${name}[${unit + 1}]`);
}

/** @param {StepHeader} header @param {NetworkRun} run @returns {Column[]} */
function columnsOf({ layers }, { x, T, layers: runs, prediction, outputs }) {
  const columns = [{ name: "x", size: x.length / T, numbers: x }];
  layers.forEach(({ cell, layer, reverse }, k) => {
    const prefix = layers.length === 1 ? "" : `layer ${layer + 1}${reverse ? " backward" : ""} `;
    for (const name of cell.names) {
      const numbers = runs[k].run.values.get(name) ?? new Float64Array();
      columns.push({ name: prefix + name, size: numbers.length / T, numbers });
    }
  });
  if (prediction !== null) columns.push({ name: "prediction", size: outputs, numbers: prediction });
  return columns;
}

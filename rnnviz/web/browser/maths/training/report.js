/** What the server is told of a run that was trained here: how it stands, and what it did since. No DOM. */

import { snapshot } from "./run.js";

/** @typedef {import("./comparison.js").Member} Member */
/**
 * @typedef {Object} RunReport
 * @property {string} letter @property {string} id
 * @property {number} from  the updates that the server knows
 * @property {Standing} standing
 * @property {import("./past.js").Change[]} changes
 * @property {Array<[number, number, number]>} evaluations
 * @property {Omit<import("./run.js").Stop, "loss"> & {loss: string}|null} stopped  loss: as text, since
 *   JSON has no NaN
 * @property {Record<string, string>} history  name -> its numbers since, see `letters`
 *
 * @typedef {{update: number, values: string, remembered: Record<string, string>,
 *   dropout: import("./generator.js").Standing}} Standing
 */

/** @param {Member} member @param {number} known  updates that the server knows @returns {RunReport} */
export function reportOf({ letter, id, run, history, changes, evaluations }, known) {
  const from = Math.max(known, history.first);
  return {
    letter,
    id,
    from,
    standing: written(snapshot(run)),
    changes,
    evaluations: evaluations.map(({ update, loss, metric }) => [update, loss, metric]),
    stopped: run.stopped && { ...run.stopped, loss: String(run.stopped.loss) },
    history: Object.fromEntries(
      history.names().map((name) => [name, letters(history.since(name, from).numbers)]),
    ),
  };
}

/** @param {import("./run.js").Snapshot} snapshot @returns {Standing} */
export const written = ({ update, values, remembered, dropout }) => ({
  update,
  values: letters(values),
  remembered: Object.fromEntries([...remembered].map(([name, one]) => [name, letters(one)])),
  dropout,
});

const PART = 0x2000;

/** Numbers of eight bytes in base64: none is lost, and NaN is one. @param {Float64Array} numbers */
function letters(numbers) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let text = "";
  for (let k = 0; k < bytes.length; k += PART)
    text += String.fromCharCode(...bytes.subarray(k, k + PART));
  return btoa(text);
}

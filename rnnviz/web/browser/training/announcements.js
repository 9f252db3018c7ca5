/** What becomes of runs, and what a visitor looks at of them, announced. */

import { announce } from "../drawing/announcing.js";
import { latestOf } from "./looking.js";

/** @typedef {import("./header.js").TrainHeader} TrainHeader */

/**
 * What a message says that the one before it did not.
 * @param {HTMLElement} node  of the runs @param {TrainHeader|null} before @param {TrainHeader} now
 */
export function announceRuns(node, before, now) {
  if (before === null || before.id !== now.id) return;
  const [known, found] = [learnt(before), learnt(now)];
  if (JSON.stringify(known) !== JSON.stringify(found)) announce(node, "trained", found);
}

/**
 * The same, which announces what is looked at.
 * @param {HTMLElement} node  of the runs @param {import("./controls.js").Press} press
 * @returns {import("./controls.js").Press}
 */
export function announced(node, press) {
  return (name, value) => {
    if (name === "look") announce(node, "update", { at: Number(value) });
    press(name, value);
  };
}

/** @param {TrainHeader} header */
function learnt(header) {
  const { runs } = header;
  return {
    update: latestOf(header),
    solved: runs.filter(({ solvedAt }) => solvedAt !== null).length,
    stopped: runs.filter(({ stopped }) => stopped !== null).length,
  };
}

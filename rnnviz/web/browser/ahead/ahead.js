/**
 * Shows nothing: it is there to come first, or to hand over a file (see rnnviz/web/serving/ahead.py). Where
 * the window is too narrow for a sidebar beside the page, it folds it away, once for a tab; how to
 * open it stays in sight.
 */

import { isAskedFor, present } from "../drawing/presented.js";

const ROOM = 1150; // pixels: from here on a sidebar leaves the page room enough
const PATIENCE = 3000; // milliseconds in which the sidebar is drawn
const FOLD = '[data-testid="stSidebarCollapseButton"] button[aria-expanded="true"]';

let hasLooked = false;
if (isAskedFor()) present(true); // before anything is drawn

/** Fold the sidebar away, as soon as it is there. @param {number} until */
function fold(until) {
  const button = document.querySelector(FOLD);
  if (button instanceof HTMLElement) button.click();
  else if (performance.now() < until) requestAnimationFrame(() => fold(until));
}

/** @param {import("../drawing/component.js").Call} call  its data: none, or a file */
export default async function ahead(call) {
  foldOnce();
  if (!call.data?.length) return;
  const { default: hand } = await import("../handed/handed.js");
  hand(call);
}

function foldOnce() {
  if (hasLooked) return;
  hasLooked = true;
  if (globalThis.innerWidth < ROOM) fold(performance.now() + PATIENCE);
}

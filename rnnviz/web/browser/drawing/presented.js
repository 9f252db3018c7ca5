/** Presenter mode: the document says whether it is on, and whatever is drawn follows. */

import { readQuery } from "./address.js";
import { ON, PRESENTER, VIEW } from "./lasting.js";

const MARK = "data-presenter";

/** Whether the address asks for it: by a key of its own, or as a view. */
export function isAskedFor() {
  const query = readQuery();
  return query.get(PRESENTER) === ON || query.get(VIEW) === PRESENTER;
}

/** Whether the page is shown on a wall (drawing/presenter.css). */
export const isPresented = () => document.documentElement.hasAttribute(MARK);

/** @param {boolean} isOn */
export function present(isOn) {
  document.documentElement.toggleAttribute(MARK, isOn);
}

/** @param {() => void} call  now it is on, or is no more @returns {() => void} to stop */
export function whenPresented(call) {
  const watch = new MutationObserver(call);
  watch.observe(document.documentElement, { attributeFilter: [MARK] });
  return () => watch.disconnect();
}

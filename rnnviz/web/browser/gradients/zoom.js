/** Zooming all charts to some steps, by buttons and by keys; dragging does it too. */

import { button, element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} context */
export function zoomButtons(context) {
  const press = (/** @type {string} */ key) => () => void zoomedBy(context, key);
  const less = button(_("Show more steps"), "−", press("-"), { class: "small" });
  const more = button(_("Show fewer steps, around the cursor"), "+", press("+"), {
    class: "small",
  });
  const all = button(_("Show all steps"), _("all steps"), press("0"), { class: "small" });
  const about = { class: "zoom", role: "group", "aria-label": _("Zoom") };
  return {
    element: element("span", about, _("zoom"), less, more, all),
    show() {
      const { zoom, knobs } = context.store.state;
      const [first, last] = zoom ?? [0, knobs.length - 1];
      const isVeiled = context.isVeiled();
      less.disabled = all.disabled = isVeiled || zoom === null;
      more.disabled = isVeiled || last - first < 2;
    },
  };
}

/**
 * What a key does to the zoom: + and − around the cursor, 0 shows all.
 * @param {Context} context @param {string} key
 * @returns {boolean} whether it does anything
 */
export function zoomedBy({ store, zoom: zoomTo }, key) {
  const { zoom, step, knobs } = store.state;
  if (key === "0") zoomTo(null);
  else if (key === "+" || key === "=" || key === "-") {
    const [first, last] = zoom ?? [0, knobs.length - 1];
    zoomTo(scaled([first, last], step, key === "-" ? 2 : 0.5));
  } else return false;
  return true;
}

/**
 * A stretch of steps made longer or shorter, the cursor kept at its share of it, or in it.
 * @param {[number, number]} range @param {number} step @param {number} by
 * @returns {[number, number]}
 */
export function scaled([first, last], step, by) {
  const centre = Math.min(Math.max(step, first), last);
  const count = Math.max(last - first, 1) * by;
  const share = last > first ? (centre - first) / (last - first) : 0.5;
  const from = Math.round(centre - share * count);
  return [from, from + Math.max(Math.round(count), 1)];
}

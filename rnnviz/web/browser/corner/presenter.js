/**
 * Presenter mode: a button, and with the browser's access key P a key. The link says it, so that it
 * is there again when the page is loaded anew, and on the next page.
 */

import { readQuery, writeAddress } from "../drawing/address.js";
import { assign, button } from "../drawing/dom.js";
import { ON, PRESENTER, VIEW } from "../drawing/lasting.js";
import { isAskedFor, isPresented, present } from "../drawing/presented.js";
import { _ } from "../drawing/texts.js";

/** @typedef {import("./header.js").Presenter} Presenter */

/**
 * @param {HTMLElement} place @param {Presenter} first
 * @param {(text: string) => void} press  what the link says of it now
 * @returns {import("./header.js").Tool<Presenter>}
 */
export function mountPresenter(place, first, press) {
  const label = _("presenter mode: large letters, and nothing around the page (access key P)");
  const node = button(label, _("present"), onPress, {
    class: "small",
    accesskey: "p",
  });
  /** @type {boolean|null} */
  let awaited = null; // what was said last, until the server has it
  place.append(node);
  show(first);

  /** @param {Presenter} data */
  function show({ isOn }) {
    present(isOn);
    assign(node, "aria-pressed", String(isOn));
  }
  /** @param {boolean} isOn */
  function turn(isOn) {
    awaited = isOn;
    show({ isOn });
    press(isOn ? ON : "");
  }
  /** By the button: a choice, which Back undoes. */
  function onPress() {
    const isOn = !isPresented();
    const isInView = readQuery().get(VIEW) === PRESENTER;
    const keys = isInView ? [PRESENTER, VIEW] : [PRESENTER];
    writeAddress(keys, new Map(isOn ? [[PRESENTER, ON]] : []), "choice");
    turn(isOn);
  }
  function onHistory() {
    const isOn = isAskedFor();
    if (isOn !== isPresented()) turn(isOn);
  }
  globalThis.addEventListener("popstate", onHistory);
  return {
    take(next) {
      if (awaited !== null && next.isOn !== awaited) return; // an answer to what was said before
      awaited = null;
      show(next);
    },
    destroy() {
      globalThis.removeEventListener("popstate", onHistory);
      node.remove();
    },
  };
}

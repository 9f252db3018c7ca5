/** A component of the app as the app mounts it: with its style, in a tree of its own. */

import { element } from "../drawing/dom.js";

/** @typedef {import("../drawing/component.js").Call} Call */

/**
 * What the page does for a component, in the server's place: what it hears of, and what of it
 * anything comes of.
 * @typedef {{hear: (name: string, value: any) => void, answers: (name: string) => boolean}} Keeper
 */

/**
 * @param {(call: Call) => () => void} mount  a component's default export
 * @param {string} style  the name of its style
 * @param {Keeper} keeper
 */
export function placed(mount, style, { hear, answers }) {
  const host = element("div", { class: "component" });
  const parentElement = host.attachShadow({ mode: "open" });
  const template = document.getElementById(`style-${style}`);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`no style ${style}`);
  parentElement.append(template.content.cloneNode(true));
  /** @type {Call|null} */
  let call = null;
  return {
    element: host,
    /** @param {Uint8Array} data */
    show(data) {
      call = { data, parentElement, setStateValue: hear, setTriggerValue: hear, answers };
      mount(call);
    },
    /** The colours are others now. */
    refresh: () => void (call && mount(call)),
  };
}

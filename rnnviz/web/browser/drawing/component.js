/**
 * How Streamlit calls a component: once at mount, and again whenever its data or the theme changes.
 * What is shown lives as long as the element that it was placed in.
 */

import { element } from "./dom.js";
import { unpack } from "../maths/payload.js";

/**
 * @typedef {import("../maths/payload.js").Payload} Payload
 * @typedef {(name: string, value: unknown) => void} Tell  sets one of the component's state values
 *
 * @typedef {Object} Shown
 * @property {(payload: Payload) => void} take  other data
 * @property {() => void} refresh  the same data again: colours may be others
 * @property {() => void} destroy
 *
 * @typedef {{data: Uint8Array, parentElement: HTMLElement|ShadowRoot, setStateValue: Tell}} Call
 */

/**
 * The function that Streamlit calls.
 * @param {(host: HTMLElement, payload: Payload, tell: Tell) => Shown} show  called once for each
 *   place on a page; `tell` reaches the server whenever it is called
 * @returns {(call: Call) => () => void}
 */
export function component(show) {
  /** @type {WeakMap<HTMLElement|ShadowRoot, ReturnType<typeof place>>} */
  const placed = new WeakMap();
  return (call) => {
    const { parentElement } = call;
    const known = placed.get(parentElement);
    if (known === undefined) placed.set(parentElement, place(show, call));
    else known.take(call);
    return () => {
      placed.get(parentElement)?.destroy();
      placed.delete(parentElement);
    };
  };
}

/**
 * @param {(host: HTMLElement, payload: Payload, tell: Tell) => Shown} show
 * @param {Call} first
 */
function place(show, first) {
  const host = element("div", { class: "rnnviz-host" });
  first.parentElement.append(host);
  let { data: bytes, setStateValue } = first;
  const shown = show(host, unpack(bytes), (name, value) => setStateValue(name, value));
  return {
    /** @param {Call} next */
    take(next) {
      setStateValue = next.setStateValue;
      if (next.data === bytes) return shown.refresh();
      bytes = next.data;
      shown.take(unpack(bytes));
    },
    destroy() {
      shown.destroy();
      host.remove();
    },
  };
}

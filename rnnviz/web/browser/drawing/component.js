/**
 * How Streamlit calls a component: once at mount, and again whenever its data or the theme changes.
 * What is shown lives as long as the element that it was placed in.
 */

import { element } from "./dom.js";
import { speak } from "./texts.js";
import { unpack } from "../maths/payload.js";

/**
 * @typedef {import("../maths/header.js").ArraySpec} ArraySpec
 * @typedef {import("../maths/header.js").Catalogue} Catalogue
 * @typedef {(name: string, value: unknown) => void} Tell  sets one of the component's state values
 *
 * @typedef {(name: string) => boolean} Answers  whether anything comes of what is told or pressed
 *
 * @typedef {{data: Uint8Array, parentElement: HTMLElement|ShadowRoot, setStateValue: Tell,
 *   setTriggerValue?: Tell, answers?: Answers}} Call  answers: of everything, where it is not given
 */
/**
 * @template H  the header
 * @typedef {import("../maths/payload.js").Payload<H>} Payload
 */
/**
 * @template H
 * @typedef {Object} Shown
 * @property {(payload: Payload<H>) => void} take  other data
 * @property {() => void} refresh  the same data again: colours may be others
 * @property {() => void} destroy
 */
/**
 * @template H
 * @typedef {(host: HTMLElement, payload: Payload<H>, tell: Tell, press: Tell, answers: Answers) =>
 *   Shown<H>} Show
 */

/**
 * The function that Streamlit calls.
 * @template {{arrays: ArraySpec[], texts?: Catalogue|null}} H
 * @param {Show<H>} show  called once for each place on a page; `tell` and `press` reach the server
 *   whenever they are called: what is pressed is known there once
 * @returns {(call: Call) => () => void}
 */
export function component(show) {
  /** @type {WeakMap<HTMLElement|ShadowRoot, ReturnType<typeof place<H>>>} */
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
 * @template {{arrays: ArraySpec[], texts?: Catalogue|null}} H
 * @param {Show<H>} show
 * @param {Call} first
 */
function place(show, first) {
  const host = element("div", { class: "rnnviz-host" });
  first.parentElement.append(host);
  let { data: bytes, setStateValue, setTriggerValue } = first;
  const shown = show(
    host,
    opened(bytes),
    (name, value) => setStateValue(name, value),
    (name, value) => setTriggerValue?.(name, value),
    first.answers ?? (() => true),
  );
  return {
    /** @param {Call} next */
    take(next) {
      ({ setStateValue, setTriggerValue } = next);
      if (next.data === bytes) return shown.refresh();
      bytes = next.data;
      shown.take(opened(bytes));
    },
    destroy() {
      shown.destroy();
      host.remove();
    },
  };
}

/**
 * What comes first brings the language that it is to be shown in; what follows need not.
 * @template {{arrays: ArraySpec[], texts?: Catalogue|null}} H
 * @param {Uint8Array} bytes
 * @returns {Payload<H>}
 */
export function opened(bytes) {
  /** @type {Payload<H>} */
  const payload = unpack(bytes);
  if (payload.header.texts !== undefined) speak(payload.header.texts);
  return payload;
}

/**
 * The component as Streamlit calls it: once at mount, again whenever the data or the theme changes.
 */

import { mount } from "./mount.js";
import { unpack } from "../maths/payload.js";
import { element } from "../drawing/dom.js";

const LIVE = new WeakMap();

/** @param {{data: Uint8Array, parentElement: HTMLElement|ShadowRoot}} component */
export default function stepper({ data, parentElement }) {
  const known = LIVE.get(parentElement);
  if (known === undefined) LIVE.set(parentElement, place(parentElement, data));
  else known.take(data);
  return () => {
    LIVE.get(parentElement)?.destroy();
    LIVE.delete(parentElement);
  };
}

function place(parentElement, data) {
  const host = element("div", { class: "rnnviz-host" });
  parentElement.append(host);
  let bytes = null,
    shown = null;

  function take(next) {
    if (next === bytes || shown?.header.id === idOf(next)) {
      bytes = next;
      return shown.refresh();
    }
    bytes = next;
    show(next);
  }
  /** A run of the same shape goes on where the visitor was. */
  function show(next) {
    const payload = unpack(next);
    const kept = shown && isAlike(shown.header, payload.header) ? placeIn(shown.state) : {};
    shown?.destroy();
    shown = mount(host, payload, kept);
  }
  take(data);
  return {
    take,
    destroy() {
      shown?.destroy();
      host.remove();
    },
  };
}

const idOf = (bytes) => unpack(bytes).header.id;
const placeIn = ({ step, unit, layer, speed }) => ({ step, unit, layer, speed });

function isAlike(before, after) {
  const shape = (header) =>
    JSON.stringify([
      header.sequence.labels.length,
      header.layers.map(({ hidden, reverse, cell }) => [hidden, reverse, cell.names]),
    ]);
  return shape(before) === shape(after);
}

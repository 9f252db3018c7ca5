/** Names of what comes back: pressed, the cells that they are made of stay marked. */

import { assign, element } from "../drawing/dom.js";

/** @typedef {import("./context.js").Given} Given */

/** @param {import("./context.js").StateStore} store */
export function createLit(store) {
  /** @type {Array<{name: Given, node: HTMLElement, kind: string}>} */
  let nodes = [];

  /** @param {Given} name */
  function turn(name) {
    const { lit } = store.state;
    store.set({ lit: lit.includes(name) ? lit.filter((one) => one !== name) : [...lit, name] });
  }
  return {
    /** @param {Given} name @param {string} kind  a class @param {...import("../drawing/dom.js").Child} shown */
    button(name, kind, ...shown) {
      const node = element(
        "button",
        {
          ...{ type: "button", class: kind, "data-given": name },
          on: {
            click: () => turn(name),
            pointerenter: () => store.set({ hinted: name }),
            pointerleave: () => store.set({ hinted: null }),
          },
        },
        ...(shown.length ? shown : [name]),
      );
      nodes.push({ name, node, kind });
      return node;
    },
    /** Those of a kind are drawn anew. @param {string} kind */
    forget(kind) {
      nodes = nodes.filter((one) => one.kind !== kind);
    },
    show() {
      for (const { name, node } of nodes)
        assign(node, "aria-pressed", String(store.state.lit.includes(name)));
    },
  };
}

/** What the server is told of a run in view: which sequence it is, and the weights that are typed. */

import { packed } from "../drawing/packing.js";
import { named } from "../weights/names.js";
import { asJson } from "../weights/written.js";

const REST = 400; // milliseconds: what is dragged is told when it rests

/** @typedef {ReturnType<typeof import("./mount.js").mount>} Shown */
/** @typedef {ReadonlyMap<string, Float64Array>} Arrays */

/**
 * @param {import("../drawing/component.js").Tell} tell
 * @param {{hasWeights: boolean}} what  hasWeights: the page has a place to type them, and is told
 */
export function reporting(tell, { hasWeights }) {
  let item = 0; // as the server knows it
  let weights = "";
  let timer = 0;

  /** @param {Shown} shown */
  async function tellWeights(shown) {
    const turn = timer;
    const text = await written(shown, shown.typed());
    if (turn === timer && text !== weights) tell("weights", (weights = text));
  }
  /** The server's question is about the sequence in view. @param {Shown} shown */
  function tellItem(shown) {
    if (shown.state.item !== item) tell("item", (item = shown.state.item));
  }
  return {
    /** Before something is pressed: told later, it would cut short what the press began. @param {Shown} shown */
    async settle(shown) {
      clearTimeout(timer);
      if (hasWeights) await tellWeights(shown);
    },
    /** @param {Shown} shown @returns {() => void} to stop */
    follow(shown) {
      const rest = () => {
        clearTimeout(timer);
        if (hasWeights) timer = setTimeout(() => tellWeights(shown), REST);
      };
      const stop = shown.subscribe((keys) => {
        if (keys.has("item")) tellItem(shown);
        if (keys.has("item") || keys.has("history")) rest();
      });
      tellItem(shown);
      rest();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}

/** All of a run's weights, as `GivenWeights` reads them (rnnviz/network/given.py). @param {Shown} shown */
export const allWeights = (shown) => written(shown, shown.all());

/** Names to lists, packed; "" where there are none. @param {Shown} shown @param {Arrays} arrays */
async function written({ header }, arrays) {
  return arrays.size === 0 ? "" : packed(asJson(named(arrays, header.weights, "own")));
}

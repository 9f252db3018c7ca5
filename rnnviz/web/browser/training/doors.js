/** Behind doors, on the same axis: maps of the other states, and the gates. */

import { announce } from "../drawing/announcing.js";
import { element, listen } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { gatesOf } from "./gates.js";
import { mapsOf } from "./maps.js";

/**
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./looking.js").UpdateOf} UpdateOf
 * @typedef {import("./panel.js").Pointer} Pointer
 * @typedef {import("./maps.js").Base} Base
 * @typedef {import("../drawing/scales.js").Axis} Axis
 */

/** @param {Pointer} pointer */
export function doorsOf(pointer) {
  const states = otherStates(pointer);
  const gates = gateDoor(pointer);
  return {
    element: element("div", { class: "doors" }, states.element, gates.element),
    /** @param {View} view @param {Axis} scale @param {Base} base @param {UpdateOf} updateOf */
    show(view, scale, base, updateOf) {
      states.show(view, scale, base);
      gates.show(view, base, updateOf);
    },
    destroy() {
      states.destroy();
      gates.destroy();
    },
  };
}

/** Maps of all states but h: of an LSTM, c. @param {Pointer} pointer */
function otherStates(pointer) {
  const node = element("div");
  /** @type {Map<string, {element: HTMLElement, maps: ReturnType<typeof mapsOf>}>} */
  const known = new Map();
  /** @param {string} state */
  function doorOf(state) {
    const maps = mapsOf(state, pointer);
    const summary = element("summary", {}, _("‖dL/d{state}ₜ‖, in the same colours", { state }));
    const door = element("details", { class: "door" }, summary, maps.element);
    node.append(door);
    known.set(state, { element: door, maps });
  }
  return {
    element: node,
    /** @param {View} view @param {Axis} scale @param {Base} base */
    show(view, scale, base) {
      const all = [...view.records.values()].flatMap(({ about }) => about.states);
      const states = new Set(all.filter((state) => state !== "h"));
      for (const state of states) if (!known.has(state)) doorOf(state);
      for (const [state, door] of known) {
        door.element.hidden = !states.has(state);
        if (states.has(state)) door.maps.show(view, scale, base);
      }
    },
    destroy() {
      for (const { maps } of known.values()) maps.destroy();
    },
  };
}

/** The gates of each run that has some. @param {Pointer} pointer */
function gateDoor(pointer) {
  const shares = element("input", { type: "checkbox" });
  const choice = element(
    "label",
    { class: "quiet" },
    shares,
    " ",
    _("shares over 0.9 (dotted) and under 0.1 (dashed)"),
  );
  const panels = element("div");
  const summary = element("summary", {}, _("Gates: mean over units, steps and sequences"));
  const node = element("details", { class: "door", open: true }, summary, choice, panels);
  /** @type {Map<string, ReturnType<typeof gatesOf>>} */
  let known = new Map();
  let draw = () => {};
  listen(shares, {
    change() {
      announce(node, "gates", { shown: shares.checked });
      draw();
    },
  });
  /** @param {string[]} letters */
  function arrange(letters) {
    if (letters.join() === [...known.keys()].join()) return;
    for (const one of known.values()) one.destroy();
    known = new Map(letters.map((letter) => [letter, gatesOf(letter, pointer)]));
    panels.replaceChildren(...[...known.values()].map((one) => one.element));
  }
  return {
    element: node,
    /** @param {View} view @param {Base} base @param {UpdateOf} updateOf */
    show(view, base, updateOf) {
      const gated = [...view.records.values()].filter(({ about }) => about.gates.length > 0);
      node.hidden = gated.length === 0;
      arrange(gated.map(({ letter }) => letter));
      draw = () => {
        for (const record of gated) {
          const options = { hasShares: shares.checked, update: updateOf(record) };
          lookup(known, record.letter).show(record, base, view, options);
        }
      };
      draw();
    },
    destroy() {
      for (const one of known.values()) one.destroy();
    },
  };
}

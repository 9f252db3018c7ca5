/** The maps of one state's gradients: a run a row, time downward, updates across. */

import { assign, element, write } from "../drawing/dom.js";
import { growingMap } from "../drawing/growing_map.js";
import { magnification, planned } from "../drawing/magnified.js";
import { _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { drawingOf, edgesOf } from "./panel.js";
import { lastOf, lastStepOf, wayOf } from "./records.js";
import { runEnd } from "./runs.js";

/**
 * @typedef {import("../drawing/scales.js").Axis} Axis
 * @typedef {import("./looking.js").View} View
 * @typedef {import("./records.js").RunRecord} RunRecord
 * @typedef {Pick<import("../drawing/picture.js").Picture, "across"> & {cursor: number|null}} Base
 */

const HEIGHT = 28; // pixels: two numbers beside a map have room above one another
const SAVING = 36; // pixels at the right end, where a map is saved

/** @param {string} state @param {import("./panel.js").Pointer} pointer */
export function mapsOf(state, pointer) {
  const node = element("div", { class: "maps" });
  /** @type {Map<string, ReturnType<typeof row>>} */
  let rows = new Map();
  /** @param {string} letter */
  function row(letter) {
    const title = _("‖dL/d{state}ₜ‖ of run {letter}", { state, letter });
    const size = { height: HEIGHT, top: 2, bottom: 2 };
    const { element: box, saving, ...drawing } = drawingOf(title, size, pointer);
    const name = element("span", { class: "run-name" });
    return {
      ...drawing,
      element: element("div", { class: "map-row" }, box, name, saving),
      map: growingMap(),
      /** The whole name, where it is cut. @param {string} text */
      call(text) {
        assign(name, "title", text);
        const { right } = edgesOf(box.clientWidth / magnification());
        name.style.left = `calc(100% - ${planned(right)})`;
      },
    };
  }
  /** @param {string[]} letters */
  function arrange(letters) {
    if (letters.join() === [...rows.keys()].join()) return;
    for (const one of rows.values()) one.destroy();
    rows = new Map(letters.map((letter) => [letter, row(letter)]));
    node.replaceChildren(...[...rows.values()].map((one) => one.element));
  }
  return {
    element: node,
    /** @param {View} view @param {Axis} scale @param {Base} base */
    show(view, scale, { cursor, across }) {
      const shown = [...view.records.values()].filter(({ about }) => about.states.includes(state));
      arrange(shown.map(({ letter }) => letter));
      for (const record of shown) {
        const { map, draw, call } = lookup(rows, record.letter);
        const last = lastStepOf(record);
        paintHistory(map, record, wayOf(record, view.way) + state, scale, view);
        const backdrop = { ...extent(record.rows), lay: map.lay };
        const end = runEnd(record, view.dark);
        call(end.text);
        const ends = [{ value: (1 + last) / 2, taken: SAVING, ...end }];
        draw({ across, up: downward(last), lines: [], backdrop, ends }, cursor);
      }
    },
    destroy() {
      for (const one of rows.values()) one.destroy();
    },
  };
}

/** The colours of the maps, from the least to the most. */
export function colourBar() {
  const [low, high] = [element("span"), element("span")];
  const bar = element("span", { class: "colour-bar" });
  return {
    element: element("span", { class: "colour-key quiet" }, low, bar, high),
    /** @param {Axis} scale @param {View} view */
    show({ low: least, high: most, text }, { theme, isShare }) {
      const colours = theme.lengths.css.filter((_, k) => k % 32 === 0);
      bar.style.background = `linear-gradient(to right, ${colours.join()})`;
      write(low, _("{number} or less", { number: text(least) }));
      write(high, isShare ? _("{number} of the last step's", { number: text(most) }) : text(most));
    },
  };
}

/**
 * @param {ReturnType<typeof growingMap>} map @param {RunRecord} record
 * @param {string} name  of the record's map
 * @param {Axis} scale @param {View} view
 */
function paintHistory(map, { about, maps }, name, { low, high }, { header, theme, isShare }) {
  const rows = maps.get(name) ?? [];
  const look = { ...theme, ramp: theme.lengths, low, high };
  const identity = `${about.id} ${name} ${header.strides.rows} ${isShare}`;
  const numbersOf = (/** @type {number} */ k) => exponents(rows[k], isShare);
  map.grow(rows.length, about.columns.length, numbersOf, look, identity);
}

/**
 * Lengths over time as powers of ten, or what they are of that at the last step.
 * @param {Float64Array} lengths @param {boolean} isShare
 */
function exponents(lengths, isShare) {
  const whole = isShare ? lastOf(lengths) : 1;
  return lengths.map((length) => Math.log10(length / whole));
}

/**
 * A column ends at its update and begins at the one before that was kept.
 * @param {number[]} updates
 */
function extent(updates) {
  const [first, last] = [updates[0], updates[updates.length - 1]];
  const stride = updates.length > 1 ? (last - first) / (updates.length - 1) : 1;
  return { from: first - stride, to: last };
}

/** Time steps from top to bottom. @param {number} last @returns {Axis} */
function downward(last) {
  return {
    low: 1,
    high: last,
    ticks: () => [1, last],
    at: (step) => step,
    text: (step) => String(step),
    place: (step) => 1 - (step - 0.5) / last,
  };
}

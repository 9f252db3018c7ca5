/**
 * Under the picture, in the same place for every cell: where it stands, what reads it, and the
 * numbers that stand in it. A number pressed is the one that the pins are at.
 */

import { assign, element, listen, mark, touches, write } from "../drawing/dom.js";
import { level, niceCeiling } from "../drawing/colours.js";
import { exact, long, short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { cellOfOutput, outputOf, stateOf } from "./net.js";
import { unitsOf } from "./numbers.js";
import { placeOf, said } from "./words.js";

const MOST = 64; // squares

/** @typedef {import("./context.js").Context} Context */

/** @param {Context} context */
export function readingView({ store, theme }) {
  const place = element("b", {});
  const words = element("span", { class: "soft" });
  const strips = /** @type {Array<"h"|"c">} */ (["h", "c"]).map((state) =>
    unitStrip(store, theme, state),
  );
  const root = element(
    "section",
    { class: "reading", "aria-label": _("the cell looked at") },
    element("p", { class: "reading-words" }, place, " ", words),
    ...strips.map(({ element: one }) => one),
  );
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (!touches(changed, "net", "header", "output", "pointed", "theme", "mount")) return;
      const { net, header } = store.state;
      const { cell, unit, isPinned } = lookedAt(store);
      write(place, placeOf(net, cell));
      write(words, said(net, cell, header.isBatched));
      for (const strip of strips) strip.show(cell, isPinned ? unit : null);
    },
  };
}

/** The cell that is pointed at, or that the pin is in. @param {import("./context.js").StateStore} store */
function lookedAt(store) {
  const { net, output, pointed } = store.state;
  const pinned = cellOfOutput(net, output);
  return pointed
    ? { cell: pointed, unit: pinned.unit, isPinned: false }
    : { ...pinned, isPinned: true };
}

/** @param {import("./context.js").StateStore} store @param {Context["theme"]} theme @param {"h"|"c"} state */
function unitStrip(store, theme, state) {
  const squares = element("div", { class: "squares" });
  const value = element("span", { class: "code value" });
  const root = element(
    "div",
    { class: "unit-strip", "data-state": state },
    element("span", { class: `code letter ${state}` }, state),
    squares,
    value,
  );
  /** @type {{cell: import("./net.js").Cell, first: number}} */
  let shown = { cell: { layer: 0, direction: 0, step: 0, item: 0 }, first: 0 };

  /** @param {EventTarget|null} target */
  const unitUnder = (target) =>
    target instanceof HTMLElement && target.dataset.unit ? Number(target.dataset.unit) : null;
  const stop = listen(squares, {
    click(event) {
      const unit = unitUnder(event.target);
      if (unit !== null) store.set(pinsAt(store.state.net, shown.cell, unit));
    },
  });
  return {
    element: root,
    stop,
    /** @param {import("./net.js").Cell} cell @param {number|null} unit  that is marked */
    show(cell, unit) {
      const { net } = store.state;
      root.hidden = state === "c" && net.kind !== "LSTM";
      const units = root.hidden ? null : unitsOf(store.state, cell, state);
      if (!units) {
        write(value, "");
        return squares.replaceChildren();
      }
      const first = Math.max(0, Math.min((unit ?? 0) - MOST / 2, units.length - MOST));
      shown = { cell, first };
      const most = niceCeiling(Math.max(...units.map(Math.abs), 1e-9));
      paint(squares, units.subarray(first, first + MOST), {
        first,
        unit,
        most: Math.max(most, 1),
        theme,
        state,
      });
      const at = unit !== null && unit < units.length ? unit : null;
      write(value, at === null ? countWords(units.length) : `[${at}] = ${long(units[at])}`);
    },
  };
}

/** @param {number} count */
const countWords = (count) => _("{count} numbers", { count });

/**
 * @param {HTMLElement} squares @param {Float64Array} units
 * @param {{first: number, unit: number|null, most: number, theme: Context["theme"], state: string}} how
 */
function paint(squares, units, { first, unit, most, theme, state }) {
  const colours = theme().signed.css;
  while (squares.children.length > units.length) squares.lastElementChild?.remove();
  units.forEach((number, place) => {
    const node = /** @type {HTMLElement} */ (
      squares.children[place] ?? squares.appendChild(element("span", { class: "square" }))
    );
    const at = first + place;
    node.style.background = colours[Math.max(level(number, -most, most), 0)];
    mark(node, state, at, number);
    assign(node, "title", `${state}[${at}] = ${exact(number)}`);
    assign(node, "data-chosen", at === unit);
    assign(node, "aria-label", `${at}: ${short(number)}`);
  });
}

/** Where the pins go for a unit of a cell. @param {import("./net.js").Net} net @param {import("./net.js").Cell} cell @param {number} unit @returns {Partial<import("./context.js").State>} */
export function pinsAt(net, cell, unit) {
  const [output, state] = [outputOf(net, cell, unit), stateOf(net, cell, unit)];
  return { ...(output ? { output } : {}), ...(state ? { state } : {}) };
}

/** Two entries by their indices, where each stands, its number, and whether they are the same one. */

import { assign, element, mark, pressable, svg, touches, write } from "../drawing/dom.js";
import { exact, long } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { numberField } from "./code_fields.js";
import { cellOfOutput, cellOfState, isSameNumber, isSkipped } from "./net.js";
import { entryNumber, stateNumber } from "./numbers.js";
import { placeOf } from "./words.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {"output"|"state"} Which */

/** @param {Context} context */
export function entriesView({ store }) {
  const alert = element("p", { class: "complaint", role: "alert" });
  const complain = (/** @type {string} */ sentence) => write(alert, sentence);
  const rows = /** @type {Which[]} */ (["output", "state"]).map((which) =>
    entryRow(store, which, complain),
  );
  const verdict = element("p", { class: "verdict", "data-testid": "same" });
  const note = element("p", { class: "soft", "data-testid": "example-note" });
  const root = element(
    "section",
    { class: "entries" },
    element("h3", {}, _("Which number is it?")),
    ...rows.flatMap(({ nodes }) => nodes),
    verdict,
    note,
    alert,
  );
  return {
    element: root,
    /** @param {import("./context.js").Changed} changed */
    update(changed) {
      if (!touches(changed, "net", "header", "output", "state", "mount")) return;
      for (const row of rows) row.show();
      const { header, net, output, state } = store.state;
      write(note, header.example.note);
      write(
        verdict,
        isSameNumber(net, output, state) ? _("The same number.") : _("Two different numbers."),
      );
    },
  };
}

/** @param {import("./context.js").StateStore} store @param {Which} which @param {(sentence: string) => void} complain */
function entryRow(store, which, complain) {
  const fields = [0, 1, 2].map((axis) => indexField(store, which, axis, complain));
  const code = element("span", { class: "code entry", "data-verbatim": true });
  const value = pressable(element("b", { class: "code" }), () => {
    const { net, output, state } = store.state;
    const at = which === "output" ? cellOfOutput(net, output) : cellOfState(net, state);
    store.set({ pointed: at.cell });
  });
  const place = element("p", { class: "soft place" });
  let built = "";
  function build() {
    const { header, net } = store.state;
    const axes = axesOf(which, net.isBatchFirst, header.isBatched);
    if (built === axes.join()) return;
    built = axes.join();
    const listed = axes.flatMap((axis, at) => [at ? ", " : "", fields[axis].element]);
    code.replaceChildren(which === "output" ? "output[" : "h_n[", ...listed, "] = ", value);
  }
  return {
    nodes: [element("div", { class: "entry-row" }, signOf(which), code), place],
    show() {
      build();
      for (const field of fields) field.show();
      const { net, output, state } = store.state;
      const at = which === "output" ? cellOfOutput(net, output) : cellOfState(net, state);
      const number = which === "output" ? entryNumber(store.state) : stateNumber(store.state);
      const { example } = store.state.header;
      const unknown = at.unit < example.out ? "…" : _("not computed");
      write(value, number === null ? unknown : long(number));
      mark(value, which === "output" ? "output" : "h_n", at.unit, number ?? NaN);
      assign(value, "title", number === null ? null : exact(number));
      write(place, placeWords(net, at));
    },
  };
}

/** @param {import("./net.js").Net} net @param {{cell: import("./net.js").Cell, unit: number}} at */
function placeWords(net, { cell, unit }) {
  const place = placeOf(net, cell);
  if (isSkipped(net, cell)) return _("{place}: padding, filled with 0", { place });
  return _("{place}, unit {unit}", { place, unit });
}

/** The axes in the order in which they are written. @param {Which} which @param {boolean} isBatchFirst @param {boolean} isBatched */
function axesOf(which, isBatchFirst, isBatched) {
  if (!isBatched) return [0, 2];
  return which === "output" && isBatchFirst ? [1, 0, 2] : [0, 1, 2];
}

/** @param {import("./context.js").StateStore} store @param {Which} which @param {number} axis @param {(sentence: string) => void} complain */
function indexField(store, which, axis, complain) {
  return numberField(
    () => {
      const { net } = store.state;
      const high = countsOf(net, which)[axis] - 1;
      return {
        label: nameOf(which, axis),
        low: 0,
        high,
        range: _("a whole number from {low} to {high}", { low: 0, high }),
      };
    },
    {
      get: () => store.state[which][axis],
      set(value) {
        const next = /** @type {[number, number, number]} */ ([...store.state[which]]);
        next[axis] = value;
        store.set({ [which]: next });
      },
      complain,
    },
  );
}

/** @param {import("./net.js").Net} net @param {Which} which */
const countsOf = (net, which) =>
  which === "output"
    ? [net.outputLength, net.batch, net.out * net.directions]
    : [net.layers * net.directions, net.batch, net.out];

/** @param {Which} which @param {number} axis */
function nameOf(which, axis) {
  const names =
    which === "output"
      ? [_("output: step"), _("output: sequence"), _("output: unit")]
      : [_("h_n: layer and direction"), _("h_n: sequence"), _("h_n: unit")];
  return names[axis];
}

/** The sign of its pin in the picture. @param {Which} which */
const signOf = (which) =>
  svg(
    "svg",
    { class: "pin-sign", viewBox: "0 0 18 18", "aria-hidden": "true" },
    which === "output"
      ? svg("circle", { cx: 9, cy: 9, r: 7, class: "pin-ring" })
      : svg("path", { d: "M9 3l6 6l-6 6l-6-6z", class: "pin-diamond" }),
  );

/**
 * A table of numbers that can be typed, dragged sideways, stepped with ↑ and ↓, and, with sliders,
 * set by the pointer. It knows the numbers it shows and nothing of what they are for.
 *
 * One stop of the Tab key: ← and → go from entry to entry, Enter down a row. Entries are plain text,
 * and the one that has the focus is a field instead: a thousand fields take too long to paint. Of a
 * long table each row is laid out by itself.
 *
 * @typedef {Object} TableSpec
 * @property {string} name  of the numbers, for tests: "W_f"
 * @property {string} label  what a screen reader calls the table
 * @property {readonly string[]} rows  what each row is called
 * @property {readonly string[]} columns  what each column is called; one of "" for a vector
 * @property {boolean} [sliders]  under each number
 * @property {number} [least]  how far sliders reach at least; 5 unless given
 * @property {(index: number, value: number, going: boolean) => void} change  an entry, row by row,
 *   is to be another; going: that goes on from a change before it, as within a drag
 * @property {(text: string) => string} [paste]  more than one number was pasted: gives a sentence on
 *   what is wrong with it, or ""
 *
 * @typedef {ReturnType<typeof numberTable>} NumberTable
 */

import { assign, element, listen, write } from "../drawing/dom.js";
import { exact, short } from "../drawing/number_format.js";
import { _ } from "../drawing/texts.js";
import { readNumber } from "./number_text.js";
import { placeOf, reachOf } from "./slider_law.js";
import { pointing } from "./table_pointer.js";
import { entryAt, typing } from "./table_typing.js";

const LEAST = 5;
const FEW = 8; // rows: a table of more is long

/**
 * @typedef {Object} Entries  what a table's parts share
 * @property {HTMLElement[]} texts  row by row
 * @property {HTMLInputElement} field  in the place of the text that has the focus
 * @property {number} columns
 * @property {Float64Array} values  as they are shown
 * @property {number} reach  of the sliders
 * @property {number} focused  −1: none
 * @property {number|null} before  the number that stood where one is being typed; null: none is
 * @property {(problem: string, index?: number) => void} complain  "": nothing is wrong
 */

/** @param {TableSpec} spec */
export function numberTable(spec) {
  const { label, rows, columns, least = LEAST } = spec;
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const cells = rows.map((row, r) => columns.map((column, c) => cell(spec, r, c, [row, column])));
  const flat = cells.flat();
  const texts = flat.map(({ text }) => text);
  const isChanged = new Array(flat.length).fill(false);
  /** @type {HTMLElement[]} */
  let wrong = [];
  /** @type {Entries} */
  const entries = {
    texts,
    field: element("input", { type: "text", inputmode: "decimal", autocomplete: "off" }),
    columns: columns.length,
    values: new Float64Array(flat.length).fill(NaN),
    reach: least,
    focused: -1,
    before: null,
    complain(sentence, index = -1) {
      problem.hidden = sentence === "";
      write(problem, sentence);
      for (const node of wrong) assign(node, "aria-invalid", null);
      wrong = sentence === "" ? [] : [texts[index], entries.field].filter(isEntry(index));
      for (const node of wrong) assign(node, "aria-invalid", "true");
    },
  };
  assign(texts[0], "tabindex", 0);
  const table = element(
    "table",
    { class: "number-table", role: "grid", "aria-label": label, "data-parameter": spec.name },
    headOf(columns),
    element("tbody", { role: "rowgroup" }, ...cells.map((row, r) => rowOf(rows[r], row))),
  );
  const room = element("div", { class: "number-table-room" }, table, problem);
  const stops = [typing(table, entries, spec), pointing(table, entries, spec)];
  if (rows.length > FEW) stops.push(lengthen(room, table, spec));
  return {
    element: room,
    /**
     * @param {ArrayLike<number>} values  row by row
     * @param {ArrayLike<number>} [original]  what differs from these is marked
     */
    show(values, original = values) {
      const reach = reachOf(values, least);
      flat.forEach((one, k) => {
        const differs = !Object.is(values[k], original[k]);
        if (differs !== isChanged[k]) assign(one.node, "class", differs ? "changed" : null);
        isChanged[k] = differs;
        if (Object.is(values[k], entries.values[k]) && reach === entries.reach) return;
        entries.values[k] = values[k];
        describe(one.text, values[k]);
        write(one.text, short(values[k]));
        one.slider?.style.setProperty("--place", String(placeOf(values[k], reach)));
        if (entries.focused === k) showTyped(entries.field, values[k]);
      });
      entries.reach = reach;
    },
    /** A sentence under the table; "" takes it away. @param {string} sentence */
    complain: (sentence) => entries.complain(sentence),
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

/** @param {number} index @returns {(node: HTMLElement|undefined) => boolean} */
const isEntry = (index) => (node) => node !== undefined && entryAt(node) === index;

/** @param {readonly string[]} columns */
function headOf(columns) {
  if (columns.every((name) => name === "")) return null;
  const heads = columns.map((name) => element("th", { role: "columnheader" }, name));
  const row = element("tr", { role: "row" }, element("td"), ...heads);
  return element("thead", { role: "rowgroup" }, row);
}

/** @param {string} name @param {{node: HTMLElement}[]} cells */
function rowOf(name, cells) {
  const head = element("th", { role: "rowheader" }, name);
  return element("tr", { role: "row" }, head, ...cells.map(({ node }) => node));
}

/**
 * A row that is laid out by itself knows no other's widths: columns are as wide as their names. What
 * sticks is a layer of its own: names of rows do once the table is scrolled sideways.
 * @param {HTMLElement} room @param {HTMLElement} table @param {TableSpec} spec
 * @returns {() => void} to stop
 */
function lengthen(room, table, { rows, columns }) {
  const longest = Math.max(...rows.map(({ length }) => length));
  const widths = columns.map(({ length }) => `max(4.1rem, ${length}ch + 0.6rem)`);
  table.style.setProperty("--columns", `calc(${longest}ch + 0.6rem) ${widths.join(" ")}`);
  table.classList.add("long");
  const scroll = () => table.classList.toggle("sideways", room.scrollLeft > 0);
  return listen(room, { scroll });
}

/**
 * @param {TableSpec} spec @param {number} row @param {number} column @param {string[]} names
 */
function cell({ label, columns, sliders = false }, row, column, names) {
  const text = element("span", {
    role: "spinbutton",
    tabindex: -1,
    "aria-label": [label, ...names].filter(Boolean).join(", "),
    "data-entry": row * columns.length + column,
  });
  const slider = sliders
    ? element(
        "span",
        { class: "weight-slider", "aria-hidden": "true" },
        element("i", { class: "fill" }),
        element("i", { class: "knob" }),
      )
    : null;
  return { text, slider, node: element("td", { role: "gridcell" }, text, slider) };
}

/** What is being typed is left while it says the number. @param {HTMLInputElement} field @param {number} value */
function showTyped(field, value) {
  const typed = readNumber(field.value).value; // what is no number yet is being typed
  if (typed !== null && typed !== value) field.value = String(value);
  describe(field, value);
}

/** @param {HTMLElement} entry @param {number} value */
function describe(entry, value) {
  assign(entry, "aria-valuenow", value);
  assign(entry, "aria-valuetext", exact(value));
  assign(entry, "data-value", value);
  assign(entry, "title", _("{value}; drag it sideways, type, or ↑ ↓", { value: exact(value) }));
}

/** Which cells' curves are shown, which state's, and what is drawn besides. */

import { element, segmented, write } from "../drawing/dom.js";
import { lineKey } from "../drawing/legend.js";
import { _, N_ } from "../drawing/texts.js";
import { OWN } from "./setup.js";
import { seriesOf, titleOf } from "./series.js";

/** @type {[import("./context.js").CurveOf, string][]} */
const STATES = [
  ["h", N_("hidden state h")],
  ["long", N_("cell state c (h where there is none)")],
];
/** @type {["local"|"bound"|"attention", string][]} */
const BESIDES = [
  ["local", N_("what comes straight from the loss at that step (dotted)")],
  ["bound", N_("an upper bound (dotted grey)")],
  ["attention", N_("the same with an attention above it (wide, pale)")],
];

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {{name: string, text: HTMLElement, node: HTMLElement}} Chip
 */

/** @param {Context} context @param {string[]} names  of all cells there are */
export function curveChoices(context, names) {
  const { store } = context;
  const chips = names.map((name) => chip(context, name, names));
  const options = STATES.map(
    ([value, text]) => /** @type {[typeof value, string]} */ ([value, _(text)]),
  );
  const state = segmented(_("Which state"), options, (chosen) => store.set({ state: chosen }));
  const besides = BESIDES.map(([key, text]) => {
    const on = { change: () => store.set({ [key]: box.checked }) };
    const box = element("input", { type: "checkbox", on });
    return { key, box, node: element("label", { class: "labelled" }, box, _(text)) };
  });
  const { first, more } = few(chips);
  const row = { class: "chips-row", role: "group", "aria-label": _("Cells") };
  return {
    chips: element("div", row, ...first, more),
    element: element(
      "div",
      { class: "section-head" },
      state.element,
      element("span", { class: "labelled" }, _("Also show:")),
      ...besides.map(({ node }) => node),
    ),
    show() {
      const { knobs, state: chosen } = store.state;
      for (const { name, node, text } of chips) {
        node.setAttribute("aria-pressed", String(knobs.cells.includes(name)));
        write(text, titleOf(name, knobs));
      }
      state.show(chosen);
      for (const { key, box } of besides) box.checked = store.state[key];
    },
  };
}

/** @param {Context} context @param {string} name @param {string[]} names @returns {Chip} */
function chip({ toggle, store }, name, names) {
  const text = element("span", {});
  const pressed = String(store.state.knobs.cells.includes(name));
  const on = { click: () => toggle(name) };
  const about = { type: "button", class: "chip", "data-cell": name, "aria-pressed": pressed, on };
  return { name, text, node: element("button", about, lineKey(seriesOf(name, names)), text) };
}

/**
 * The first chips are the usual cells and one's own; the rest is behind "more", open where one of
 * them is shown.
 * @param {Chip[]} chips
 */
function few(chips) {
  const count = chips.some(({ name }) => name === OWN) ? 5 : 4;
  const rest = chips.slice(count).map(({ node }) => node);
  const open = rest.some((node) => node.getAttribute("aria-pressed") === "true");
  const more = element(
    "details",
    { class: "more", open },
    element("summary", {}, _("more cells")),
    element("div", { class: "chips-row" }, ...rest),
  );
  return { first: chips.slice(0, count).map(({ node }) => node), more };
}

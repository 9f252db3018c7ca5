/**
 * Parameters as a text that can be copied, changed, or pasted over: of one its rows or a list, of
 * all of a network names to lists.
 *
 * @typedef {Object} TextSpec
 * @property {import("./names.js").Layout} layout
 * @property {() => string} selected  the array whose numbers it is about; "all" of them
 * @property {() => ReadonlyMap<string, ArrayLike<number>>} numbers  by array, as they are now
 * @property {(arrays: Map<string, Float64Array>) => void} set  these are to be others
 */

import { copied } from "../drawing/clipboard.js";
import { assign, button, element, menu, write } from "../drawing/dom.js";
import { N_, _ } from "../drawing/texts.js";
import { lookup } from "../maths/lookup.js";
import { collected, formOf, named } from "./names.js";
import { readMatrix } from "./matrix_reader.js";
import { namesOf, readPaste } from "./paste_reader.js";
import { asJson, asList, asRows } from "./written.js";

const REST = 150; // milliseconds: numbers that are dragged are written when they rest

/** @typedef {"rows"|"list"|"own"|"torch"} Wording */
/** @type {Array<[Wording, string]>} */
const WORDINGS = [
  ["rows", N_("rows of numbers")],
  ["list", N_("a list (Python, JSON)")],
  ["torch", N_("PyTorch's names to lists (JSON)")],
  ["own", N_("names to lists (JSON)")],
];

/**
 * What a text says, as the numbers of each array that it is about.
 * @param {string} text @param {string} selected @param {import("./names.js").Layout} layout
 * @returns {import("./names.js").Collected}
 */
export function readArrays(text, selected, layout) {
  const { readings, problem } = readPaste(text);
  if (problem) return { arrays: null, problem };
  const names = namesOf(readings[0]);
  if (names !== null) return collected(names, layout);
  if (selected === "all")
    return { arrays: null, problem: _('A whole network needs names: {"W": [[…]], …}.') };
  const { numbers, problem: wrong } = readMatrix(readings, formOf(layout, selected));
  if (numbers === null) return { arrays: null, problem: wrong };
  return { arrays: new Map([[selected, numbers]]), problem: "" };
}

/** @param {TextSpec} spec */
export function textView({ layout, selected, numbers, set }) {
  /** @type {{one: Wording, all: Wording}} */
  const chosen = { one: "rows", all: layout.torch ? "torch" : "own" };
  let timer = 0;
  const which = () => (selected() === "all" ? "all" : "one");
  const kinds = {
    one: wordingMenu(["rows", "list"], choose),
    all: wordingMenu(layout.torch ? ["torch", "own"] : ["own"], choose),
  };
  const box = textBox({ use: apply, back: () => show(true) });
  const head = element("div", { class: "weights-actions" }, kinds.one.element, kinds.all.element);

  /** @param {Wording} wording */
  function choose(wording) {
    chosen[which()] = wording;
    show(true);
  }
  /** @param {string} text */
  function apply(text) {
    const { arrays, problem } = readArrays(text, selected(), layout);
    if (arrays === null) return problem;
    set(arrays);
    show(true);
    return "";
  }
  /** The numbers as they are, in place of what was typed where that is given up. @param {boolean} anew */
  function show(anew) {
    for (const [key, { element: select }] of Object.entries(kinds)) select.hidden = key !== which();
    if (box.isTyped() && !anew) return;
    kinds[which()].show(chosen[which()]);
    box.show(textOf(layout, selected(), numbers(), chosen[which()]));
  }
  return {
    element: element("div", { class: "weights-text" }, head, ...box.elements),
    show,
    /** The same once nothing moves. */
    showSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => show(false), REST);
    },
    destroy: () => clearTimeout(timer),
  };
}

/**
 * A text that can be changed, and is used when that is asked for.
 * @param {{use: (text: string) => string, back: () => void}} what  use: gives a sentence on what is
 *   wrong with it, or ""
 */
function textBox({ use, back }) {
  let isTyped = false; // it is the visitor's, and not used yet
  const area = element("textarea", {
    rows: 6,
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": _("the weights as text"),
    "data-testid": "weights-text",
    on: { input: () => mark(true), keydown: keepKeys },
  });
  const small = { class: "small" };
  const takes = button(
    _("set the weights to what this text says"),
    _("use this text"),
    apply,
    small,
  );
  const leaves = button(_("write the weights as they are"), _("discard it"), back, small);
  const copies = button(_("copy the text"), _("copy"), copy, small);
  const said = element("span", { class: "soft", role: "status" });
  const problem = element("p", { class: "problem", role: "alert", hidden: true });

  /** @param {boolean} isSo */
  function mark(isSo) {
    isTyped = isSo;
    for (const one of [takes, leaves]) assign(one, "disabled", !isSo);
    write(said, "");
    complain("");
  }
  /** @param {string} sentence */
  function complain(sentence) {
    problem.hidden = sentence === "";
    write(problem, sentence);
    assign(area, "aria-invalid", sentence === "" ? null : "true");
  }
  function apply() {
    complain(use(area.value));
    if (!isTyped) write(said, _("The weights are what the text says."));
  }
  async function copy() {
    const isCopied = await copied(area.value);
    const refusal = _("The browser lets no page copy here: the text is selected.");
    write(said, isCopied ? _("Copied.") : refusal);
    if (!isCopied) area.select();
  }
  mark(false);
  const buttons = element("span", { class: "weights-actions" }, copies, takes, leaves, said);
  return {
    elements: [area, buttons, problem],
    isTyped: () => isTyped,
    /** @param {string} text */
    show(text) {
      if (!isTyped && area.value === text) return;
      mark(false);
      area.value = text;
    },
  };
}

/** Undo and the letters of a text are the text's. @param {KeyboardEvent} event */
function keepKeys(event) {
  if (event.key !== "Escape") event.stopPropagation();
}

/** @param {Wording[]} wordings @param {(wording: Wording) => void} choose */
function wordingMenu(wordings, choose) {
  const options = WORDINGS.filter(([one]) => wordings.includes(one)).map(
    ([one, text]) => /** @type {[Wording, string]} */ ([one, _(text)]),
  );
  return menu(_("how the text is written"), options, choose);
}

/**
 * @param {import("./names.js").Layout} layout @param {string} selected
 * @param {ReadonlyMap<string, ArrayLike<number>>} numbers @param {Wording} wording
 */
function textOf(layout, selected, numbers, wording) {
  if (selected === "all")
    return asJson(named(numbers, layout, wording === "torch" ? "torch" : "own"));
  const write = wording === "list" ? asList : asRows;
  return write(lookup(numbers, selected), formOf(layout, selected));
}

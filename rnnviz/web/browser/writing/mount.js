/** The writing place: a text, what is wrong with it at once, and what follows from it. */

import { assign, element, write } from "../drawing/dom.js";
import { nameControls } from "../drawing/hidden.js";
import { createRoot } from "../drawing/root.js";
import { N_, _ } from "../drawing/texts.js";
import { factsView } from "./facts_view.js";
import { latex } from "../equations/notation.js";
import { filesView } from "./files_view.js";
import { inTab } from "./keep.js";
import { languageView } from "./language_view.js";
import { problemView } from "./problem_view.js";
import { latexCopy } from "../stepper/equations/latex_copy.js";
import { sending } from "./sending.js";
import { typesetView } from "./typeset_view.js";
import { positionOf, written } from "./written.js";

/** @typedef {import("./header.js").WritingHeader} WritingHeader */

const SHOWN = N_("These equations are shown below.");
const SOON = N_("They are shown below as soon as you pause.");
const BEFORE = N_("These equations are no cell yet. What is shown below is as before: {cell}.");
const LEAST_ROWS = 4;

/**
 * @param {HTMLElement} host @param {WritingHeader} first
 * @param {(written: {text: string, turn: number}) => void} send
 */
export function mount(host, first, send) {
  let header = first;
  const out = sending(first, send, inTab);
  const { box, problem, typeset, facts, files, copy, state, root } = build(host, first, {
    latex: () => {
      const { cell } = written(box.value, header);
      return cell ? latex(cell, header.notation) : "";
    },
    type() {
      if (box.value.length <= header.language.most.characters) out.type(box.value);
      copy.clear();
      show();
    },
    leave: out.leave,
    files: () => header.files,
    go() {
      const found = written(box.value, header).problem;
      if (found === null) return;
      box.focus();
      const position = positionOf(box.value, found);
      box.setSelectionRange(position, position + 1);
    },
  });

  function show() {
    const found = written(box.value, header);
    const isShown = header.isShown && header.text === box.value;
    assign(box, "rows", Math.max(LEAST_ROWS, box.value.split("\n").length + 1));
    assign(box, "aria-invalid", found.problem ? "true" : null);
    problem.show(found.problem);
    typeset.show(box.value, found);
    assign(copy.button, "disabled", found.cell === null);
    if (found.cell) facts.show(found.cell, header.sizes);
    facts.element.classList.toggle("before", found.cell === null);
    files.show(isShown);
    write(state, stateOf(found.problem !== null, isShown, header.shown));
  }
  const unanswered = out.unanswered();
  box.value = unanswered ?? first.text;
  if (unanswered !== null) out.type(unanswered);
  show();
  return {
    /** @param {WritingHeader} next */
    take(next) {
      header = next;
      if (out.isAnswered(next) && box.value !== next.text) box.value = next.text;
      show();
    },
    refresh: root.refresh,
    destroy() {
      out.stop();
      root.destroy();
    },
  };
}

/** What is shown below. @param {boolean} isWrong @param {boolean} isShown @param {string} cell */
function stateOf(isWrong, isShown, cell) {
  if (isWrong) return _(BEFORE, { cell });
  return _(isShown ? SHOWN : SOON);
}

/**
 * @param {HTMLElement} host @param {WritingHeader} header
 * @param {{type: () => void, leave: () => void, go: () => void, latex: () => string, files: () => WritingHeader["files"]}} on
 */
function build(host, header, on) {
  const about = { class: "writing", "data-testid": "writing", "aria-label": _("your own cell") };
  const root = createRoot(host, about, { dress: () => {} });
  const box = element("textarea", {
    "aria-label": _("Equations"),
    "aria-describedby": "problem",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
    on: { input: on.type, blur: on.leave },
  });
  const problem = problemView(on.go);
  const typeset = typesetView(header.notation);
  const copy = latexCopy(on.latex);
  const facts = factsView();
  const files = filesView(on.files);
  const state = element("p", { class: "soft", "data-testid": "state" });
  const language = languageView(header.language);
  nameControls("writing", [
    ["typeset", typeset.element],
    ["facts", facts.element],
    ["latex", copy.button],
    ["files", files.element],
    ["language", language],
  ]);
  root.element.append(
    element(
      "div",
      { class: "text" },
      element("div", { class: "lines" }, box, typeset.element),
      problem.element,
      state,
    ),
    element(
      "div",
      { class: "beside" },
      facts.element,
      element("div", { class: "files" }, copy.button),
      copy.element,
      files.element,
      language,
    ),
  );
  return { box, problem, typeset, facts, files, copy, state, root };
}

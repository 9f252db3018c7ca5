/** The Train page of the site: a lesson's question, and its saved runs once it was answered. */

import { readAddress, writeAddress } from "../drawing/address.js";
import { button, element } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import training from "../training/training.js";
import { bytesOf } from "./archive.js";
import { placed } from "./components.js";
import { inMarkdown } from "./markdown.js";
import { openPage } from "./page.js";
import { SHOW_ME, questionView } from "./question_view.js";
import { readSetting } from "./settings_reader.js";

/** @typedef {import("./header.js").PageHeader} PageHeader */
/** @typedef {import("./header.js").Lesson} Lesson */
/** @typedef {{at: number|null, zoom: [number, number]|null, unseen: string}} Look */

openPage((archive) => {
  const { page } = archive;
  const { lesson } = page;
  const runs = archive.piece("runs");
  const component = placed(training, "training", { hear() {}, answers: () => false });
  const question = questionView(take);
  question.element.classList.add("of-runs");
  const outcome = element("section", { class: "outcome", "aria-live": "polite" });
  const badge = element("p", { class: "saved", "data-testid": "saved" }, page.saved);
  let serial = 0;

  /** @param {number|null} guess @param {Look} look */
  function show(guess, look) {
    const isOpen = guess !== null;
    serial += 1;
    outcome.hidden = badge.hidden = !isOpen;
    question.element.hidden = isOpen;
    if (!isOpen) {
      question.show({ text: lesson.question, ...lesson, said: [] }, null);
      return component.show(bytesOf(archive.piece("begun")));
    }
    outcome.replaceChildren(
      ...outcomeOf(lesson, guess, { again, showWhere: () => showWhere(guess) }),
    );
    component.show(bytesOf({ ...runs, header: { ...runs.header, ...look, guess, serial } }));
  }
  /** @param {number} guess */
  function take(guess) {
    show(guess, { at: null, zoom: lesson.zoom, unseen: "" });
  }
  function again() {
    writeAddress(["made", "unseen", ...page.link.map(({ key }) => key)], new Map(), "choice");
    show(null, { at: null, zoom: null, unseen: "" });
  }
  /** @param {number} guess */
  function showWhere(guess) {
    show(guess, { at: lesson.at, zoom: lesson.zoom, unseen: "" });
  }
  const arrive = () => show(...asked(page, readAddress().query));
  window.addEventListener("popstate", arrive);
  arrive();
  return {
    elements: [lessonsView(page), question.element, outcome, badge, component.element],
    recolour: component.refresh,
  };
});

/**
 * What a link says: the guess, and what is looked at (rnnviz/web/training/link.py).
 * @param {PageHeader} page @param {string} query @returns {[number|null, Look]}
 */
function asked({ link, lesson }, query) {
  const said = new URLSearchParams(query);
  const found = Object.fromEntries(
    link.map((field) => [field.name, readSetting(field, said.get(field.key))]),
  );
  const { at, first, last, guess } = /** @type {Record<string, number|null>} */ (found);
  const unseen = (said.get("unseen") ?? "").replace(/[^A-D]/g, "");
  const isPart = first !== null && last !== null && last > first;
  const isThere = guess !== null && guess < lesson.options.length;
  const zoom = /** @type {[number, number]|null} */ (isPart ? [first, last] : null);
  return [isThere ? guess : null, { at, zoom, unseen }];
}

/** All lessons, under their headings. @param {PageHeader} page */
function lessonsView({ lessons, lesson }) {
  const links = (/** @type {Lesson[]} */ all) =>
    all.map(({ name, title, file }) =>
      element("a", { href: file, "aria-current": name === lesson.name ? "page" : null }, title),
    );
  const rows = lessons.map((one) =>
    element("p", {}, element("b", {}, one.heading), ...links(one.lessons)),
  );
  return element("nav", { class: "lessons", "aria-label": _("Lessons") }, ...rows);
}

/**
 * What came out, beside the guess.
 * @param {PageHeader["lesson"]} lesson @param {number} guess
 * @param {{again: () => void, showWhere: () => void}} does
 */
function outcomeOf(lesson, guess, { again, showWhere }) {
  const isGuess = guess !== SHOW_ME;
  const isRight = isGuess && lesson.rights[guess];
  const said = isGuess
    ? [
        element("h3", {}, _("You guessed")),
        element("p", {}, element("b", {}, lesson.options[guess])),
        element("p", {}, isRight ? _("✓ So it is.") : _("✗ Not this time.")),
      ]
    : [element("h3", {}, _("No guess was made"))];
  const look = lesson.at === null && lesson.zoom === null ? null : showWhere;
  const where = look && button(_("show me that update"), _("show me that update"), look);
  const more = [lesson.why, lesson.tale].filter(Boolean);
  return [
    element("h2", {}, lesson.question),
    element(
      "div",
      { class: "columns" },
      element("div", {}, ...said, button(_("ask again"), _("ask again"), again), " ", where),
      element("div", {}, element("h3", {}, _("What happens")), ...paragraphs([lesson.happened])),
      element("div", {}, element("h3", {}, _("Why")), ...paragraphs(more)),
    ),
  ];
}

/** @param {string[]} texts */
const paragraphs = (texts) => texts.map((text) => element("p", {}, ...inMarkdown(text)));

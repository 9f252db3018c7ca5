/**
 * The Train page of the site: a lesson's question, and once it was answered its runs, which this
 * browser trains; beside such as are slow in it there are saved ones.
 */

import { readAddress, writeAddress } from "../drawing/address.js";
import { hearing } from "../drawing/announcing.js";
import { component } from "../drawing/component.js";
import { button, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { mountRuns } from "../training/mount_runs.js";
import { bytesOf } from "./archive.js";
import { placed } from "./components.js";
import { runsOf } from "./lesson_runs.js";
import { inMarkdown } from "./markdown.js";
import { openPage } from "./page.js";
import { SHOW_ME, questionView } from "./question_view.js";
import { readSetting } from "./settings_reader.js";

/** @typedef {import("./header.js").PageHeader} PageHeader */
/** @typedef {import("./header.js").Lesson} Lesson */
/** @typedef {import("./lesson_runs.js").Look} Look */
/** @typedef {ReturnType<typeof runsOf>} Runs */

const runsAlone = component((host, /** @type {import("../training/records.js").Message} */ runs) =>
  mountRuns(host, runs, { forward: null }),
);

openPage((archive) => {
  const { page } = archive;
  const { lesson } = page;
  const runs = runsOf(archive);
  const shown = placed(runsAlone, "training", { hear() {}, answers: () => false });
  const question = questionView(take);
  question.element.classList.add("of-runs");
  const outcome = element("section", { class: "outcome", "aria-live": "polite" });
  const made = element("p", { class: "saved", "data-testid": "made" });
  /** @type {number|null} */
  let guess = null;

  /** @param {number|null} next @param {Look} look */
  function show(next, look) {
    guess = next;
    made.hidden = guess === null;
    showWords();
    showMade();
    shown.show(bytesOf(guess === null ? runs.begun() : runs.going(guess, look)));
  }
  function showWords() {
    question.element.hidden = guess !== null;
    outcome.hidden = guess === null;
    if (guess === null) return question.show({ text: lesson.question, ...lesson, said: [] }, null);
    const does = { again, showWhere, endNow, others: changeTo(runs, change) };
    outcome.replaceChildren(...(runs.haveEnded() ? outcomeOf : waitFor)(lesson, guess, does));
  }
  const showMade = () => write(made, madeOf(runs, page.made));
  /** To the other runs of the two. */
  function change() {
    const areSaved = !runs.areSaved();
    runs.reset(areSaved);
    show(guess, { at: null, zoom: areSaved ? lesson.zoom : null, unseen: "" });
  }
  /** @param {number} chosen */
  function take(chosen) {
    show(chosen, { at: null, zoom: page.isLive ? null : lesson.zoom, unseen: "" });
  }
  function again() {
    writeAddress(["made", "unseen", ...page.link.map(({ key }) => key)], new Map(), "choice");
    runs.reset();
    show(null, { at: null, zoom: null, unseen: "" });
  }
  function showWhere() {
    show(guess, { at: lesson.at, zoom: lesson.zoom, unseen: "" });
  }
  function endNow() {
    runs.end();
    showWords();
  }
  hearing((seen) => {
    if (runs.follow(seen)) showWords();
    showMade();
  });
  const arrive = () => show(...asked(page, readAddress().query));
  window.addEventListener("popstate", arrive);
  arrive();
  return {
    elements: [lessonsView(page), question.element, outcome, made, shown.element],
    recolour: shown.refresh,
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

/** Where the runs that are shown come from. @param {Runs} runs @param {PageHeader["made"]} said */
function madeOf(runs, { live, saved }) {
  const rate = runs.pace();
  if (runs.areSaved() || rate === null) return runs.areSaved() ? saved : live;
  const count = Number(rate.toPrecision(rate < 10 ? 1 : 2));
  return `${live} ${_("About {count} updates a second here.", { count })}`;
}

/** The button to the other runs, where there are both. @param {Runs} runs @param {() => void} change */
function changeTo(runs, change) {
  const says = runs.areSaved() ? _("train them here") : _("show the saved runs");
  return runs.hasChoice ? button(says, says, change) : null;
}

/**
 * @typedef {{again: () => void, showWhere: () => void, endNow: () => void,
 *   others: HTMLElement|null}} Does
 */

/**
 * What was guessed, while the runs train.
 * @param {PageHeader["lesson"]} lesson @param {number} guess @param {Does} does
 */
function waitFor(lesson, guess, { again, endNow, others }) {
  const now = button(_("show what came out now"), _("show what came out now"), endNow);
  const waits = _("The runs train below; what came out is said when they have ended.");
  return [
    element("h2", {}, lesson.question),
    element(
      "div",
      { class: "columns" },
      element("div", {}, ...guessed(lesson, guess)),
      element("div", {}, element("p", {}, waits), now, " ", others, " ", askAgain(again)),
    ),
  ];
}

/**
 * What came out, beside the guess.
 * @param {PageHeader["lesson"]} lesson @param {number} guess @param {Does} does
 */
function outcomeOf(lesson, guess, { again, showWhere, others }) {
  const isRight = guess !== SHOW_ME && lesson.rights[guess];
  const verdict = isRight ? _("✓ So it is.") : _("✗ Not this time.");
  const said = guess === SHOW_ME ? [] : [element("p", {}, verdict)];
  const look = lesson.at === null && lesson.zoom === null ? null : showWhere;
  const where = look && button(_("show me that update"), _("show me that update"), look);
  const more = [lesson.why, lesson.tale].filter(Boolean);
  return [
    element("h2", {}, lesson.question),
    element(
      "div",
      { class: "columns" },
      element(
        "div",
        {},
        ...guessed(lesson, guess),
        ...said,
        askAgain(again),
        " ",
        others,
        " ",
        where,
      ),
      element("div", {}, element("h3", {}, _("What happens")), ...paragraphs([lesson.happened])),
      element("div", {}, element("h3", {}, _("Why")), ...paragraphs(more)),
    ),
  ];
}

/** @param {PageHeader["lesson"]} lesson @param {number} guess */
function guessed({ options }, guess) {
  if (guess === SHOW_ME) return [element("h3", {}, _("No guess was made"))];
  const own = element("p", {}, element("b", {}, options[guess]));
  return [element("h3", {}, _("You guessed")), own];
}

/** @param {() => void} again */
const askAgain = (again) => button(_("ask again"), _("ask again"), again);

/** @param {string[]} texts */
const paragraphs = (texts) => texts.map((text) => element("p", {}, ...inMarkdown(text)));

/**
 * All units: how far one is, what one guessed and what came out, and the progress as a file to be
 * taken along.
 */

import { button, element, write } from "../drawing/dom.js";
import { download } from "../drawing/download.js";
import { createRoot } from "../drawing/root.js";
import { _, ngettext } from "../drawing/texts.js";
import { unitLink } from "./places.js";
import { beliefNodes, verdictOf } from "./stages.js";
import { stageOf } from "./strip.js";

const FILE = "rnnviz-course.json";

/**
 * @typedef {import("./header.js").CourseHeader} CourseHeader
 * @typedef {import("./header.js").UnitSpec} UnitSpec
 * @typedef {import("./progress.js").Progress} Progress
 */

/**
 * @param {HTMLElement} host
 * @param {CourseHeader} first
 * @param {{places: import("./header.js").Places, progress: Progress}} given
 */
export function mountOverview(host, first, { places, progress }) {
  const about = { class: "course overview", "aria-label": _("Course"), "data-testid": "units" };
  const root = createRoot(host, about, { dress: () => {} });
  const begin = element("button", { type: "button", class: "primary" });
  const status = element("p", { class: "tally", role: "status" });
  const list = element("ol", { class: "units" });
  const others = element("ul", { class: "units" });
  const heading = element("h2", {}, _("Activities: one thing that many believe, put to the test"));
  const files = filesOf(progress, show);
  root.element.append(
    element("div", { class: "begin" }, begin, status),
    list,
    heading,
    others,
    files.element,
  );
  let { units } = first;

  /** @param {UnitSpec} unit */
  const open = (unit) => places.go(unit.page, unitLink(unit.link, unit.key));
  function show() {
    const course = units.filter(({ isInCourse }) => isInCourse);
    const ended = course.filter((unit) => stageOf(unit, progress.of(unit.key)) === "ended");
    const next = course.find((unit) => !ended.includes(unit)) ?? course[0];
    const isGuessed = (/** @type {UnitSpec} */ { key }) => progress.of(key).guess !== null;
    const isBegun = course.some(isGuessed);
    write(begin, beginText({ isBegun, isOver: ended.length === course.length }));
    begin.onclick = () => open(next);
    write(status, tally(course, ended, progress));
    const lines = units.map((unit) => lineOf(unit, progress, () => open(unit)));
    list.replaceChildren(...lines.slice(0, course.length));
    others.replaceChildren(...lines.slice(course.length));
    files.show(units.some(isGuessed));
  }
  show();
  return {
    /** @param {CourseHeader} header */
    take(header) {
      ({ units } = header);
      show();
    },
    refresh: root.refresh,
    destroy: root.destroy,
  };
}

/** @param {{isBegun: boolean, isOver: boolean}} far */
function beginText({ isBegun, isOver }) {
  if (isOver) return _("Begin again with the first unit");
  return isBegun ? _("Go on") : _("Begin");
}

/** @param {UnitSpec[]} units @param {UnitSpec[]} ended @param {Progress} progress */
function tally(units, ended, progress) {
  const left = units.filter((unit) => !ended.includes(unit));
  const seconds = left.reduce((sum, unit) => sum + unit.seconds, 0);
  const minutes = Math.ceil(seconds / 60);
  const guessed = ended.filter(({ key }) => (progress.of(key).guess ?? -1) >= 0);
  const right = guessed.filter(({ key, answer }) => progress.of(key).guess === answer);
  const done = _("{ended} of {units} units done.", { ended: ended.length, units: units.length });
  const time = left.length
    ? ngettext("About {count} minute is left.", "About {count} minutes are left.", minutes)
    : "";
  const score = guessed.length
    ? ngettext(
        "{right} of {count} guess came out so.",
        "{right} of {count} guesses came out so.",
        guessed.length,
        { right: right.length },
      )
    : "";
  return [done, time, score].filter(Boolean).join(" ");
}

/** @param {UnitSpec} unit @param {Progress} progress @param {() => void} open */
function lineOf(unit, progress, open) {
  const passed = progress.of(unit.key);
  const isEnded = stageOf(unit, passed) === "ended";
  const minutes = Math.ceil(unit.seconds / 60);
  const title = element(
    "button",
    { type: "button", class: "unit", on: { click: open } },
    unit.title,
  );
  const time = ngettext("{count} minute", "{count} minutes", minutes);
  const sign = isEnded ? _("✓ done") : passed.guess === null ? time : _("begun");
  return element(
    "li",
    { "data-unit": unit.key, "data-ended": isEnded },
    element("div", { class: "unit-head" }, title, element("span", { class: "quiet" }, sign)),
    element("p", {}, unit.question),
    ...(isEnded ? outcomeOf(unit, passed) : []),
  );
}

/** @param {UnitSpec} unit @param {import("./progress.js").Passed} passed */
function outcomeOf(unit, passed) {
  const { outcome, belief } = unit;
  const verdict = element("b", {}, verdictOf(unit, passed));
  return [
    element("p", { class: "outcome" }, verdict, " ", outcome),
    ...(belief ? [element("p", { class: "belief quiet" }, ...beliefNodes(belief))] : []),
  ];
}

/** @param {Progress} progress @param {() => void} changed */
function filesOf(progress, changed) {
  const said = element("span", { class: "quiet", role: "status" });
  let before = ""; // the progress, until it was forgotten or another was loaded
  const undo = button(_("undo"), _("Undo"), () => {
    progress.take(before);
    end("");
  });
  /** @param {string} words */
  function end(words) {
    undo.hidden = words === "";
    write(said, words);
    changed();
  }
  const save = button(_("save my progress as a file"), _("Save my progress"), () =>
    download(new Blob([progress.text()], { type: "application/json" }), FILE),
  );
  const forget = button(_("forget my progress"), _("Forget my progress"), () => {
    before = progress.text();
    progress.clear();
    end(_("Forgotten."));
  });
  const field = element("input", {
    type: "file",
    accept: ".json,application/json",
    class: "unseen",
    "aria-label": _("a file of your progress"),
    on: { change: load },
  });
  const pick = button(_("load my progress from a file"), _("Load my progress"), () =>
    field.click(),
  );
  async function load() {
    const [file] = field.files ?? [];
    if (!file) return;
    const text = progress.text();
    const isTaken = progress.take(await file.text());
    field.value = "";
    if (!isTaken) return write(said, _("This file holds no progress of this course."));
    before = text;
    end(_("Loaded."));
  }
  undo.hidden = true;
  return {
    element: element(
      "div",
      { class: "course-files" },
      element("p", { class: "quiet" }, _("Your progress stays in this browser, and nowhere else.")),
      save,
      pick,
      field,
      forget,
      said,
      undo,
    ),
    /** @param {boolean} isBegun */
    show(isBegun) {
      save.disabled = forget.disabled = !isBegun;
    },
  };
}

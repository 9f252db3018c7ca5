/**
 * The strip that leads through a unit, over the page on which it takes place: a question, one act at a
 * time, what came out. An act is passed when the page announced that it was done; or when it was
 * shown, or skipped.
 */

import { attend, hearing } from "../drawing/announcing.js";
import { assign, element, write } from "../drawing/dom.js";
import { createRoot } from "../drawing/root.js";
import { _ } from "../drawing/texts.js";
import { createVoting } from "../drawing/voting.js";
import { createWitness } from "./judging.js";
import { unitLink } from "./places.js";
import { SHOW_ME } from "./progress.js";
import { actingView, askedOf, askingView, endedView, roomKey } from "./stages.js";
import { headView } from "./strip_head.js";

/** What the strip takes away of the screen, for what stays in sight below it. */
const HEIGHT = "--strip";
/** How what would answer the question is shown on the page: not at all until the guess was made. */
const ANSWERS = "--answers";

/**
 * @typedef {import("./header.js").CourseHeader} CourseHeader
 * @typedef {import("./header.js").UnitSpec} UnitSpec
 * @typedef {import("./progress.js").Progress} Progress
 * @typedef {"asking"|"acting"|"ended"} Stage
 */

/** @param {UnitSpec} unit @param {import("./progress.js").Passed} passed @returns {Stage} */
export function stageOf(unit, { guess, acts }) {
  if (guess === null) return "asking";
  return acts.length < unit.acts.length ? "acting" : "ended";
}

/**
 * @param {HTMLElement} host
 * @param {CourseHeader} first
 * @param {{places: import("./header.js").Places, progress: Progress}} given
 */
export function mountStrip(host, first, { places, progress }) {
  const about = {
    class: "course course-strip",
    "aria-label": _("Course"),
    "data-testid": "course",
  };
  const root = createRoot(host, { tabindex: -1, ...about }, { dress: () => {}, resize: measure });
  const witness = createWitness();
  let { units } = first;
  let unit = found(first);
  const head = headView({
    next: follow,
    list: () => places.go("course", ""),
    leave: places.leave,
  });
  const voting = createVoting(
    () => roomKey(unit.key),
    () => askedOf(unit),
    { turned: show, chosen },
  );
  const body = element("div", { class: "strip-body" });
  const live = element("div", { class: "unseen", role: "status" });
  root.element.append(head.element, body, live);

  /** @param {CourseHeader} header */
  function found(header) {
    return header.units.find(({ key }) => key === header.unit) ?? header.units[0];
  }
  function measure() {
    document.documentElement.style.setProperty(HEIGHT, `${host.offsetHeight}px`);
  }
  function show() {
    const passed = progress.of(unit.key);
    const stage = stageOf(unit, passed);
    const course = units.filter(({ isInCourse }) => isInCourse);
    const at = course.indexOf(unit);
    const hadFocus = body.contains(focusedIn(body));
    head.show(unit, { at, count: course.length, isEnded: stage === "ended" });
    const made = VIEWS[stage](unit, passed, { guess, reveal, skip, again });
    body.replaceChildren(...(voting.isOn() ? [voting.element] : made.nodes));
    write(live, voting.isOn() ? "" : made.words);
    assign(root.element, "data-unit", unit.key);
    assign(root.element, "data-stage", stage);
    assign(root.element, "data-act", stage === "acting" ? passed.acts.length : null);
    if (hadFocus && !attend()) root.element.focus({ preventScroll: true });
    hideAnswers(stage === "asking" || voting.isOn());
    voting.announce();
  }
  /** @param {boolean} areHidden */
  function hideAnswers(areHidden) {
    const { style } = document.documentElement;
    if (areHidden) style.setProperty(ANSWERS, "none");
    else style.removeProperty(ANSWERS);
  }
  /** The room was shown its votes: who has made no guess before has made it there. @param {number|null} place */
  function chosen(place) {
    if (stageOf(unit, progress.of(unit.key)) === "asking") guess(place ?? SHOW_ME);
  }
  /** @param {number} place  of the option */
  function guess(place) {
    progress.guess(unit.key, place);
    if (unit.revealed) places.go(unit.page, unitLink(unit.revealed, unit.key));
    proceed();
  }
  /** As far as what was announced already leads. */
  function proceed() {
    for (;;) {
      const passed = progress.of(unit.key);
      if (stageOf(unit, passed) !== "acting") break;
      if (!witness.hasSeen(unit.acts[passed.acts.length].seen)) break;
      progress.pass(unit.key, "done");
      witness.next();
    }
    show();
  }
  /** Have the page show what the act leads to. */
  function reveal() {
    const { link } = unit.acts[progress.of(unit.key).acts.length];
    if (link) places.go(unit.page, unitLink(link, unit.key));
    pass("shown");
  }
  const skip = () => pass("skipped");
  /** @param {import("./progress.js").How} how */
  function pass(how) {
    progress.pass(unit.key, how);
    witness.next();
    show();
  }
  function again() {
    progress.again(unit.key);
    open(unit);
  }
  /** @param {UnitSpec} next */
  function open(next) {
    unit = next;
    witness.clear();
    places.go(unit.page, unitLink(unit.link, unit.key));
    show();
  }
  function follow() {
    const next = units[units.indexOf(unit) + 1];
    if (unit.isInCourse && next?.isInCourse) open(next);
    else places.go("course", "");
  }
  const deaf = hearing((seen) => {
    witness.hear(seen);
    if (stageOf(unit, progress.of(unit.key)) === "acting") proceed();
  });
  show();
  return {
    /** @param {CourseHeader} header */
    take(header) {
      ({ units } = header);
      const next = found(header);
      if (next.key !== unit.key) witness.clear();
      unit = next;
      show();
    },
    refresh: root.refresh,
    destroy() {
      deaf();
      voting.stop();
      document.documentElement.style.removeProperty(HEIGHT);
      hideAnswers(false);
      root.destroy();
    },
  };
}

const VIEWS = { asking: askingView, acting: actingView, ended: endedView };

/** What has the focus beside a node. @param {HTMLElement} node */
function focusedIn(node) {
  const root = node.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
}

/** What the strip shows at each stage of a unit: the question, the act that is on, what came out. */

import { button, element } from "../drawing/dom.js";
import { _, _nodes } from "../drawing/texts.js";
import { SHOW_ME } from "./progress.js";

/**
 * @typedef {import("./header.js").UnitSpec} UnitSpec
 * @typedef {import("./progress.js").Passed} Passed
 * @typedef {{guess: (place: number) => void, reveal: () => void, skip: () => void, again: () => void}}
 *   Gestures
 * @typedef {{nodes: Node[], words: string}} Shown  words: what a screen reader says of it
 * @typedef {(unit: UnitSpec, passed: Passed, gestures: Gestures) => Shown} StageView
 */

const TEXT = { class: "text" };

/** @type {StageView} */
export function askingView({ question, options }, _passed, { guess }) {
  const pills = options.map((text, place) =>
    element("button", { type: "button", class: "pill", on: { click: () => guess(place) } }, text),
  );
  const showMe = button(_("just show me"), _("just show me"), () => guess(SHOW_ME), TEXT);
  const about = { class: "pills", role: "group", "aria-label": _("Your guess") };
  return {
    nodes: [
      element("p", { class: "asked" }, element("b", {}, _("Guess first.")), " ", question),
      element("div", about, ...pills, showMe),
    ],
    words: `${_("Guess first.")} ${question}`,
  };
}

/**
 * As a room is asked it.
 * @param {UnitSpec} unit @returns {import("../drawing/asking.js").Asked}
 */
export function askedOf({ key, question, options, answer, outcome }) {
  return { key: roomKey(key), text: question, options, answers: [answer], outcome };
}

/** @param {string} key  of a unit */
export const roomKey = (key) => `unit ${key}`;

/** @type {StageView} */
export function actingView({ acts }, passed, { reveal, skip }) {
  const at = passed.acts.length;
  const found = at > 0 ? acts[at - 1].found : "";
  const where = _("Act {act} of {acts}", { act: at + 1, acts: acts.length });
  return {
    nodes: [
      ...foundLine(acts, passed),
      element(
        "div",
        { class: "act" },
        element("span", { class: "act-place", title: where }, `${at + 1}/${acts.length}`),
        element("p", { class: "act-text" }, acts[at].text),
        button(_("just show me"), _("just show me"), reveal, TEXT),
        button(_("skip this act"), _("skip"), skip, TEXT),
      ),
    ],
    words: [found, `${where}.`, acts[at].text].filter(Boolean).join(" "),
  };
}

/** @type {StageView} */
export function endedView(unit, passed, { again }) {
  const { outcome, belief } = unit;
  const verdict = verdictOf(unit, passed);
  const repeat = button(_("do this unit again"), _("again"), again, TEXT);
  const said = element("p", { class: "outcome" }, element("b", {}, verdict), " ", outcome, repeat);
  const nodes = [...foundLine(unit.acts, passed), said];
  if (belief) nodes.push(element("p", { class: "belief quiet" }, ...beliefNodes(belief)));
  return { nodes, words: `${verdict} ${outcome}` };
}

/**
 * What one guessed, beside what came out.
 * @param {Pick<UnitSpec, "options"|"answer">} unit @param {Passed} passed
 */
export function verdictOf({ options, answer }, { guess }) {
  const measured = options[answer];
  if (guess === null || guess === SHOW_ME || options[guess] === undefined)
    return _("It came out: {answer}.", { answer: measured });
  if (guess === answer) return _("You guessed: {guess}. ✓ So it is.", { guess: measured });
  return _("You guessed: {guess}. It came out: {answer}.", {
    guess: options[guess],
    answer: measured,
  });
}

/** What is to be seen after the last act; of one that was skipped nothing is. @param {UnitSpec["acts"]} acts @param {Passed} passed */
function foundLine(acts, passed) {
  const last = acts[passed.acts.length - 1];
  const how = passed.acts.at(-1);
  if (!last || how === "skipped") return [];
  return [element("p", { class: "found", "data-how": how }, last.found)];
}

/** @param {NonNullable<UnitSpec["belief"]>} belief */
export function beliefNodes({ sentence, source, kindly, truth }) {
  const quoted = element("q", {}, sentence);
  const where = _nodes("Many believe: {sentence} ({source}).", { sentence: quoted, source });
  return [...where, " ", kindly, " ", element("b", {}, _("Measured:")), " ", truth];
}

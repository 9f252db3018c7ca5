/** The bar of a student: slim, until something is asked. */

import { button, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { tallyView } from "./tally_view.js";

/**
 * @typedef {import("./header.js").Room} Room
 * @typedef {import("./header.js").AskedNow} AskedNow
 * @typedef {import("./tally_view.js").Tally} Tally
 */

/**
 * @param {{word: string, press: import("./room.js").Press, status: HTMLElement,
 *   travel: () => void}} context
 */
export function studentView({ word, press, status, travel }) {
  const leave = button(_("leave the room"), _("leave"), () => press("leave"), { class: "small" });
  const look = element("button", { type: "button", class: "small", on: { click: travel } });
  look.append(_("show me what it is about"));
  const fold = element("button", { type: "button", class: "small", on: { click: turnOver } });
  const late = element(
    "p",
    { class: "late", role: "status", hidden: true },
    _("Your last choice came after the votes were shown: it is not counted."),
  );
  const question = element("div", { class: "question" });
  const head = element(
    "div",
    { class: "row" },
    element("b", { class: "word", "data-verbatim": true }, word),
    status,
    fold,
    look,
    element("span", { class: "spring" }),
    leave,
  );
  /** @type {Tally|null} */
  let tally = null;
  /** @type {AskedNow|null} */
  let asked = null;
  /** What was pressed last. @type {{turn: number, option: number}|null} */
  let pressed = null;
  let isElsewhere = false;
  let goes = false; // to what the question is about, once the vote has arrived
  let isFolded = false; // a vote is in, and nothing but that is shown

  function turnOver() {
    isFolded = !isFolded;
    draw();
  }
  function draw() {
    const hasVoted = asked !== null && (asked.mine !== null || asked.isRevealed);
    question.hidden = asked === null || isFolded;
    fold.hidden = !hasVoted;
    look.hidden = asked === null || !isElsewhere;
    late.hidden = !isLate(asked, pressed);
    write(fold, isFolded ? (asked?.isRevealed ? _("show it") : _("change it")) : _("hide it"));
    if (asked) tally?.update(asked);
  }
  /** Of another question. @param {AskedNow} next */
  function begin(next) {
    isFolded = next.mine !== null && !next.isRevealed;
    tally = tallyView(next, vote);
    question.replaceChildren(tally.element);
  }
  /** @param {number} option */
  function vote(option) {
    if (!asked) return;
    pressed = { turn: asked.turn, option };
    press("vote", pressed);
    asked = { ...asked, mine: option };
    isFolded = true;
    goes = isElsewhere;
    draw();
  }
  return {
    isTeacher: false,
    element: element("div", { class: "student" }, head, late, question),
    /** @param {Room|null} room @param {boolean|null} isHere */
    update(room, isHere) {
      const next = room?.asked ?? null;
      isElsewhere = isHere === false;
      if (next && (next.turn !== asked?.turn || !tally)) begin(next);
      else if (next?.isRevealed && !asked?.isRevealed) isFolded = false;
      asked = next;
      draw();
      if (goes && next?.mine !== null) {
        goes = false;
        travel();
      }
    },
    destroy() {},
  };
}

/**
 * Whether the votes were shown without what was pressed last: none counts any more then.
 * @param {AskedNow|null} asked @param {{turn: number, option: number}|null} pressed
 */
function isLate(asked, pressed) {
  const isOver = asked !== null && asked.isRevealed && asked.turn === pressed?.turn;
  return isOver && asked.mine !== pressed?.option;
}

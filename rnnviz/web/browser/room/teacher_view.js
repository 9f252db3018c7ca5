/** The bar of the teacher: asks, sees the bars fill, shows them, and brings everybody along. */

import { button, element, write } from "../drawing/dom.js";
import { _ } from "../drawing/texts.js";
import { invitation } from "./invitation.js";
import { tallyView } from "./tally_view.js";

/**
 * @typedef {import("./header.js").Room} Room
 * @typedef {import("./header.js").Asked} Asked
 * @typedef {import("./tally_view.js").Tally} Tally
 */

/**
 * @param {{word: string, press: import("./room.js").Press, status: HTMLElement,
 *   wantCode: (link: string) => void}} context
 */
export function teacherView({ word, press, status, wantCode }) {
  const invite = invitation(word, wantCode);
  const menu = element("select", { "aria-label": _("question to ask the room") });
  const ask = button(_("ask the room this question"), _("ask the room"), onAsk);
  const nothing = element("span", { class: "quiet" }, _("This page asks nothing."));
  const reveal = button(
    _("show everybody how it was voted"),
    _("show the votes"),
    () => press("reveal"),
    { class: "primary" },
  );
  const close = button(_("put the question away"), _("put away"), () => press("close"));
  const lead = button(_("bring everybody to what you look at"), "", onLead);
  const end = button(_("end the room for everybody"), _("end the room"), () => press("end"));
  const question = element("div", { class: "question" });
  const head = element(
    "div",
    { class: "row" },
    invite.opener,
    status,
    element("span", { class: "spring" }),
    menu,
    ask,
    nothing,
    reveal,
    close,
    lead,
    end,
  );
  /** @type {Asked[]} */
  let offered = [];
  /** @type {Map<string, () => Asked>} */
  let found = new Map();
  /** @type {Tally|null} */
  let tally = null;
  let turn = 0;
  let isLed = false;

  function onAsk() {
    const asked = askedUnder(menu.value);
    if (asked) press("ask", asked);
  }
  function onLead() {
    press(isLed ? "let go" : "lead");
  }
  /** Questions of the page, in the menu: how many there are. */
  function list() {
    const keys = [...offered.map(({ key }) => key), ...found.keys()];
    const before = [...menu.options].map(({ value }) => value);
    if (keys.join("\n") !== before.join("\n")) menu.replaceChildren(...keys.map(optionOf));
    return keys.length;
  }
  /** @param {string} key */
  function optionOf(key) {
    const text = askedUnder(key)?.text ?? "";
    return element("option", { value: key }, text.replaceAll("`", ""));
  }
  /** @param {string} key */
  function askedUnder(key) {
    return offered.find((one) => one.key === key) ?? found.get(key)?.();
  }
  return {
    isTeacher: true,
    element: element("div", { class: "teacher" }, head, question, invite.panel),
    /** @param {Room|null} room @param {boolean|null} _isHere @param {Map<string, () => Asked>} asks */
    update(room, _isHere, asks) {
      if (!room) return;
      const { asked } = room;
      offered = room.offered ?? offered;
      found = asks;
      isLed = room.isLed;
      const count = list();
      const isIdle = !asked || asked.isRevealed;
      ask.hidden = !isIdle || count === 0;
      menu.hidden = !isIdle || count < 2;
      nothing.hidden = !isIdle || count > 0 || asked !== null;
      reveal.hidden = isIdle;
      close.hidden = asked === null;
      lead.setAttribute("aria-pressed", String(isLed));
      write(lead, isLed ? _("let everybody go") : _("follow me"));
      invite.update(room.code);
      question.hidden = asked === null;
      if (!asked) return;
      if (asked.turn !== turn || !tally) {
        turn = asked.turn;
        tally = tallyView(asked, null);
        question.replaceChildren(tally.element);
      }
      tally.update(asked);
    },
    destroy: invite.destroy,
  };
}

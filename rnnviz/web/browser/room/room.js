/**
 * The bar of a room: what it is asked, how it votes, and who goes where. It asks the server again and
 * again for as long as it stands.
 */

import { component } from "../drawing/component.js";
import { callQuestions, whenAsked } from "../drawing/asking.js";
import { createCommands } from "../drawing/commands.js";
import { element, write } from "../drawing/dom.js";
import { leaving } from "../drawing/leaving.js";
import { ownNumber } from "../drawing/own_number.js";
import { createRoot } from "../drawing/root.js";
import { _ } from "../drawing/texts.js";
import { here, travel } from "../drawing/travel.js";
import { createGuide } from "./guide.js";
import { studentView } from "./student_view.js";
import { teacherView } from "./teacher_view.js";
import { statusOf } from "./words.js";

/**
 * @typedef {import("./header.js").RoomHeader} RoomHeader
 * @typedef {import("./header.js").Room} Room
 * @typedef {import("./header.js").Asked} Asked
 *
 * @typedef {"ask"|"reveal"|"close"|"lead"|"let go"|"end"|"vote"|"leave"} Order
 * @typedef {{name: Order, value: Asked|{turn: number, option: number}|null}} Pressed
 * @typedef {(name: Order, value?: Pressed["value"]) => void} Press
 */

const PERIOD = { teacher: 300, asked: 900, idle: 1500 }; // milliseconds from poll to poll
const SILENCE = 6000; // after which it is said that nothing is heard

/** @type {import("../drawing/component.js").Show<RoomHeader>} */
function show(host, first, tell) {
  const { word } = first.header;
  const root = createRoot(
    host,
    { class: "room", "data-testid": "room", "aria-label": _("the room {word}", { word }) },
    { dress: () => {}, resize: measure },
  );
  const status = element("span", { class: "status", role: "status" });
  const place = element("div", { class: "view" });
  root.element.append(place);
  const me = ownNumber();
  const guide = createGuide(word, travel);
  let join = "";
  /** @type {Room|null} */
  let room = null;
  let wasIn = false;
  /** @type {ReturnType<typeof teacherView>|ReturnType<typeof studentView>|null} */
  let view = null;
  let silence = 0;
  const commands = createCommands(
    () => ({ me, here: here(), known: guide.known, join }),
    (poll) => tell("poll", poll),
    leaving(),
  );
  /** @type {Press} */
  const press = (name, value = null) => commands.press({ name, value });
  const stopHearing = whenAsked(() => callAll());

  /** What stands on the page: questions of the browser's besides those the server knows. */
  function callAll() {
    /** @type {Map<string, () => Asked>} */
    const found = new Map();
    const asked = room?.asked;
    callQuestions((key, question) => {
      found.set(key, question);
      if (!asked || asked.key !== key) return null;
      return { turn: asked.turn, isOpen: !asked.isRevealed, mine: asked.mine };
    });
    return found;
  }
  function listen() {
    clearTimeout(silence);
    root.element.dataset.heard = "yes";
    silence = setTimeout(() => {
      root.element.dataset.heard = "no";
      write(status, statusOf({ word, isSilent: true }));
    }, SILENCE);
  }
  /** @param {Room|null} next */
  function viewOf(next) {
    const isTeacher = next?.isTeacher ?? false;
    if (view && view.isTeacher === isTeacher) return view;
    view?.destroy();
    view = isTeacher
      ? teacherView({ word, press, status, wantCode: (link) => (join = link) })
      : studentView({ word, press, status, travel: guide.travel });
    place.replaceChildren(view.element);
    return view;
  }
  /** @param {RoomHeader} header */
  function take(header) {
    const period = header.room?.isTeacher ? "teacher" : header.room?.asked ? "asked" : "idle";
    if (!commands.heard(header.answers, PERIOD[period])) return;
    listen();
    wasIn = wasIn || header.room !== null;
    room = header.room;
    const found = callAll();
    const isHere = room?.asked && found.has(room.asked.key) ? true : (room?.isHere ?? null);
    if (room?.code) join = "";
    if (room && !room.isTeacher) guide.follow(room, isHere);
    write(status, statusOf({ word, room, isFull: header.isFull, wasIn }));
    viewOf(room).update(room, isHere, found);
    measure();
  }
  function measure() {
    document.documentElement.style.setProperty("--room", `${root.element.offsetHeight}px`);
  }
  write(status, statusOf({ word, isJoining: true }));
  viewOf(null).update(null, null, new Map());
  listen();
  commands.ask();
  return {
    take: ({ header }) => take(header),
    refresh: root.refresh,
    destroy() {
      room = null;
      callAll();
      stopHearing();
      commands.stop();
      clearTimeout(silence);
      view?.destroy();
      document.documentElement.style.removeProperty("--room");
      root.destroy();
    },
  };
}

export default component(show);

/** What a room says of itself. No DOM. */

import { _, ngettext } from "../drawing/texts.js";

/**
 * @typedef {Object} State
 * @property {string} word
 * @property {import("./header.js").Room|null} [room]
 * @property {boolean} [isJoining]  nothing has been heard yet
 * @property {boolean} [isSilent]  nothing has been heard for a while
 * @property {boolean} [isFull]
 * @property {boolean} [wasIn]  this one was in it before
 */

/** @param {State} state */
export function statusOf({ word, room, isJoining, isSilent, isFull, wasIn }) {
  if (isJoining) return _("Looking for the room “{word}” …", { word });
  if (isSilent) return _("The server does not answer: it is busy, or out of reach. Trying again …");
  if (isFull) return _("The room “{word}” is full.", { word });
  if (!room && wasIn) return _("The room “{word}” has ended.", { word });
  if (!room) return _("There is no room “{word}”: it has ended, or its word is another.", { word });
  return room.isTeacher ? teacherStatus(room) : studentStatus(room);
}

/** @param {import("./header.js").Room} room */
function teacherStatus({ present, asked }) {
  const there = ngettext("{count} student is here.", "{count} students are here.", present);
  if (!asked) return there;
  return `${there} ${ngettext("{count} has voted.", "{count} have voted.", asked.votes)}`;
}

/** @param {import("./header.js").Room} room */
function studentStatus({ asked, isLed }) {
  if (!asked && isLed) return _("You follow your teacher.");
  if (!asked) return _("You are in: wait for a question.");
  if (asked.isRevealed) return _("This is how the room has voted.");
  if (asked.mine === null) return _("Choose one.");
  return _("Your vote is in.");
}

/** How many voted so, of all. @param {number} count @param {number} votes */
export function shareWords(count, votes) {
  const percent = votes === 0 ? 0 : Math.round((100 * count) / votes);
  return `${count} · ${percent}%`;
}

/**
 * The polls of the server, each with what is known and what was pressed. While there is more to come
 * the next one follows, so that a page that is slow, hidden or gone is not sent more than it draws.
 * One that stays without an answer is put again, so nothing that was pressed is lost; by its number
 * the server knows what it has done already.
 *
 * @typedef {"play"|"pause"|"reset"|"pace"|"turn"|"look"|"zoom"|"hide"|"branch"|"open"|"leave"} Order
 * @typedef {{letters: string, knobs: Partial<import("./header.js").LiveKnobs>}} Turn  of which runs,
 *   and what their knobs are to be
 * @typedef {{name: Order, value: number|string|[number, number]|Turn|null}} Pressed  value: how many
 *   updates, which one or which ones, which run or runs, or what is turned
 * @typedef {Pressed & {number: number}} Command  number: of the poll it was first asked with
 * @typedef {{asker: string, number: number, known: Record<string, number>, commands: Command[]}} Poll
 */

import { BREATH, createPolls } from "../drawing/polls.js";

const PERIOD = 175; // milliseconds from one poll to the next, where answers come sooner

/**
 * @param {() => Record<string, number>} known
 * @param {(poll: Poll) => void} send
 * @param {() => boolean} isHeld  whether nothing may be asked now
 */
export function polling(known, send, isHeld) {
  const asker = Math.random().toString(36).slice(2);
  /** @type {Pressed[]} */
  let pressed = []; // since the last poll
  /** @type {Command[]} */
  let commands = []; // without an answer yet
  const polls = createPolls((number) => {
    commands = [...commands, ...pressed.map((one) => ({ number, ...one }))];
    pressed = [];
    send({ asker, number, known: known(), commands });
  }, isHeld);
  return {
    /**
     * Have the server do something, as soon as it has answered what it was asked before.
     * @param {Order} name @param {Pressed["value"]} [value]
     */
    press(name, value = null) {
      pressed.push({ name, value });
      if (!polls.isWaiting) polls.later(0);
    },
    /**
     * A message has come. `answers`: to whom, and to which poll; `more`: whether others will.
     * @param {{answers: [string, number], more: boolean}} message
     */
    heard({ answers: [to, upTo], more }) {
      if (to === asker) {
        polls.hear(upTo);
        commands = commands.filter((one) => one.number > upTo);
      }
      if (polls.isWaiting) return;
      if (commands.length + pressed.length > 0) polls.later(BREATH);
      else if (more) polls.later(Math.max(BREATH, PERIOD - polls.age));
      else polls.stop();
    },
    stop: polls.stop,
  };
}

/**
 * The polls of the server, each with what is known and what was pressed. While there is more to come
 * the next one follows, so that a page that is slow, hidden or gone is not sent more than it draws.
 *
 * @typedef {"play"|"pause"|"reset"|"pace"|"turn"|"look"|"zoom"|"hide"|"branch"|"open"|"leave"} Order
 * @typedef {{letters: string, knobs: Partial<import("./header.js").LiveKnobs>}} Turn  of which runs,
 *   and what their knobs are to be
 * @typedef {{name: Order, value: number|string|[number, number]|Turn|null}} Pressed  value: how many
 *   updates, which one or which ones, which run or runs, or what is turned
 * @typedef {import("../drawing/commands.js").Numbered<Pressed>} Command
 * @typedef {{asker: string, number: number, known: Record<string, number>, commands: Command[]}} Poll
 */

import { createCommands } from "../drawing/commands.js";

const PERIOD = 175; // milliseconds from one poll to the next, where answers come sooner

/**
 * @param {() => Record<string, number>} known
 * @param {(poll: Poll) => void} send
 * @param {import("../drawing/polls.js").Held} isHeld
 */
export function polling(known, send, isHeld) {
  /** @type {ReturnType<typeof createCommands<Pressed, {known: Record<string, number>}>>} */
  const commands = createCommands(() => ({ known: known() }), send, isHeld);
  return {
    /** @param {Order} name @param {Pressed["value"]} [value] */
    press: (name, value = null) => commands.press({ name, value }),
    /**
     * A message has come. `answers`: to whom, and to which poll; `more`: whether others will.
     * @param {{answers: [string, number], more: boolean}} message
     */
    heard: ({ answers, more }) => commands.heard(answers, more ? PERIOD : null),
    stop: commands.stop,
  };
}

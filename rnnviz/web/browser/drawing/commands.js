/**
 * Polls that carry what was pressed. Each press goes with the next poll and with those after it until
 * one is answered, so nothing is lost; by its number the server knows what it has done already.
 */

import { BREATH, createPolls } from "./polls.js";

/**
 * @template C  something pressed
 * @typedef {C & {number: number}} Numbered  number: of the poll it was first asked with
 */

/**
 * @template {object} C
 * @template {object} A
 * @param {() => A} about  what a poll says besides
 * @param {(poll: A & {asker: string, number: number, commands: Numbered<C>[]}) => void} send
 * @param {import("./polls.js").Held} [isHeld]
 */
export function createCommands(about, send, isHeld) {
  const asker = Math.random().toString(36).slice(2);
  /** @type {C[]} */
  let pressed = []; // since the last poll
  /** @type {Numbered<C>[]} */
  let commands = []; // without an answer yet
  const polls = createPolls((number) => {
    commands = [...commands, ...pressed.map((one) => ({ number, ...one }))];
    pressed = [];
    send({ ...about(), asker, number, commands });
  }, isHeld);
  return {
    /** Have the server do something, as soon as it has answered what it was asked before. @param {C} one */
    press(one) {
      pressed.push(one);
      if (!polls.isWaiting) polls.later(0);
    },
    /**
     * A message has come: to whom it is an answer, and to which poll. Whether it was an answer to us.
     * @param {[string, number]} answers
     * @param {number|null} period  milliseconds from one poll to the next, where answers come
     *   sooner; null: there is no more to ask for
     */
    heard([to, upTo], period) {
      if (to === asker) {
        polls.hear(upTo);
        commands = commands.filter((one) => one.number > upTo);
      }
      if (!polls.isWaiting) {
        if (commands.length + pressed.length > 0) polls.later(BREATH);
        else if (period !== null) polls.later(Math.max(BREATH, period - polls.age));
        else polls.stop();
      }
      return to === asker;
    },
    ask: polls.ask,
    stop: polls.stop,
  };
}

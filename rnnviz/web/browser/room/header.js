/**
 * What the bar of a room is sent (rnnviz/web/rooms/payload.py). No code.
 *
 * @typedef {Object} RoomHeader
 * @property {import("../maths/header.js").Catalogue|null} [texts]  comes first
 * @property {string} word
 * @property {[string, number]} answers  whose poll, and which
 * @property {boolean} isFull  there is no place in it
 * @property {Room|null} room  null: there is none of this word, or no place in it
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 *
 * @typedef {Object} Room
 * @property {boolean} isTeacher
 * @property {number} present  students who are there
 * @property {AskedNow|null} asked
 * @property {boolean} isLed  everybody goes where the teacher goes
 * @property {boolean} brings  who comes now is brought to its place
 * @property {number} move  rises with each place
 * @property {string|null} place  where everybody was brought last; null: known already
 * @property {boolean|null} isHere  the page shows what is asked; null: not known yet
 * @property {Asked[]|null} offered  the teacher's page could ask; null: not known yet
 * @property {import("../drawing/code.js").Code|null} code  of the link into it
 *
 * @typedef {import("../drawing/asking.js").Asked} Asked
 *
 * @typedef {Object} AskedNow
 * @property {string} key
 * @property {string} text
 * @property {string[]} options
 * @property {number[]} answers  none before it is revealed
 * @property {string} outcome
 * @property {number} turn
 * @property {boolean} isRevealed
 * @property {number} votes  how many there are
 * @property {number[]|null} counts  by option; null: not for this one's eyes yet
 * @property {number|null} mine  the place of what this one has chosen
 */

export {};

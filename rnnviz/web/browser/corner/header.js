/**
 * What the corner is sent (rnnviz/web/corner/corner_payload.py). No code.
 *
 * @typedef {Object} CornerHeader
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {{leave_out: LeaveOut, glossary: Glossary, presenter: Presenter, share: Share, room:
 *   RoomDoor}} tools  by name: what each is sent
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 *
 * @typedef {{entries: Entry[]|null}} Glossary  null: not asked for, or had already
 *
 * @typedef {Object} Entry
 * @property {string} key  what a link calls it
 * @property {string[]} keys  what a link may call it, too
 * @property {string} name @property {string[]} aliases
 * @property {Meaning[]} meanings
 *
 * @typedef {Object} Meaning
 * @property {string} purpose  one line on what it is for
 * @property {string[]} symbols  "f_t"
 * @property {string} paper  where it is from; "": nowhere in particular
 * @property {Place[]} places  where it is shown
 *
 * @typedef {{page: string, query: string, name: string}} Place  page: as an address has it
 *
 * @typedef {{isOn: boolean}} Presenter
 * @typedef {{hide: string, isLocked: boolean}} LeaveOut  hide: names, with commas between
 *
 * @typedef {Object} Share
 * @property {number} longest  letters of a link that still gets a code
 * @property {string|null} link  which the code is of; null: of none yet
 * @property {{path: string, size: number}|null} code  as an SVG's path, one unit a dot
 *
 * @typedef {Object} RoomDoor
 * @property {string|null} word  of the room that the visitor is in
 * @property {boolean} isRefused  there was no place for another room
 */
/**
 * @template D  what it is sent
 * @typedef {{take: (data: D) => void, destroy: () => void}} Tool
 */

export {};

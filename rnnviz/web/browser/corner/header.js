/**
 * What the corner is sent (rnnviz/web/corner_payload.py). No code.
 *
 * @typedef {Object} CornerHeader
 * @property {import("../maths/header.js").Catalogue|null} texts
 * @property {{leave_out: LeaveOut, presenter: Presenter, share: Share}} tools  by name: what each is sent
 * @property {import("../maths/header.js").ArraySpec[]} arrays
 *
 * @typedef {{isOn: boolean}} Presenter
 * @typedef {{hide: string, isLocked: boolean}} LeaveOut  hide: names, with commas between
 *
 * @typedef {Object} Share
 * @property {number} longest  letters of a link that still gets a code
 * @property {string|null} link  which the code is of; null: of none yet
 * @property {{path: string, size: number}|null} code  as an SVG's path, one unit a dot
 */
/**
 * @template D  what it is sent
 * @typedef {{take: (data: D) => void, destroy: () => void}} Tool
 */

export {};
